"""The Python face: map, open, ask, check, hand on."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import privagraph.graph
from privagraph import GraphError, InputError, KnowledgeGraph
from privagraph.errors import UnknownTermError
from privagraph.loaders.document import Document
from privagraph.loaders.facts import MappedPolicy
from privagraph.ontology.namespaces import VOCABULARY_GRAPH
from privagraph.queries.store import GraphStore

ROOT = Path(__file__).parents[2]
POLICY = """Privacy Policy of Acme

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""

Quads = tuple[ox.Quad, ...]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    place = tmp_path / "acme.txt"
    place.write_text(POLICY)
    return place


@pytest.fixture
def graph(sample_store: GraphStore, tmp_path: Path) -> KnowledgeGraph:
    """Both sample policies, from a file."""
    sample_store.save(tmp_path / "graph.trig")
    return KnowledgeGraph.open(tmp_path / "graph.trig")


class ByHand:
    """An extractor that gives a policy made by hand for whatever it is shown."""

    name = "by-hand/1"

    def __init__(self, mapped: MappedPolicy) -> None:
        self.mapped = mapped

    def extract(self, document: Document) -> MappedPolicy:
        return self.mapped


@pytest.mark.parametrize("output", [None, "graph", "graph.trig", "graph.jsonld"])
def test_a_policy_is_mapped_and_opened(output: str | None, policy: Path, tmp_path: Path) -> None:
    place = tmp_path / output if output else None
    with KnowledgeGraph.map(policy, output=place) as graph:
        (found,) = graph.policies
        assert found.sources == ("acme.txt",)
        assert graph.report is not None
        assert [entry.source for entry in graph.report.mapped] == ["acme.txt"]
        assert graph.location == (str(place) if place else "memory")
    assert place is None or place.exists()


def test_every_output_holds_the_same_graph(policy: Path, tmp_path: Path) -> None:
    def quads(output: Path | None) -> list[ox.Quad]:
        with KnowledgeGraph.map(policy, output=output) as graph:
            return list(graph.store.quads())

    expected = quads(None)
    assert len(expected) > 50
    for name in ("graph", "graph.trig", "graph.nq", "graph.ttl", "graph.jsonld"):
        assert quads(tmp_path / name) == expected


def test_the_format_can_be_said_where_the_name_does_not_tell_it(policy: Path, tmp_path: Path) -> None:
    with KnowledgeGraph.map(policy, output=tmp_path / "acme.com", output_format="nq") as graph:
        assert len(graph.policies) == 1
    assert (tmp_path / "acme.com").is_file()


def test_several_sources_and_what_is_left_out(policy: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with KnowledgeGraph.map([policy, tmp_path / "empty.txt"]) as graph:
        assert graph.report is not None
        assert [entry.code for entry in graph.report.left_out] == ["empty"]
        assert len(graph.policies) == 1


def test_when_nothing_can_be_mapped_the_reason_is_raised(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(
        InputError, match=r"empty.txt: the file has no content .*\(and 1 more could not be mapped\); "
    ):
        KnowledgeGraph.map([tmp_path / "empty.txt", tmp_path / "missing.txt"], output=tmp_path / "graph")
    with pytest.raises(InputError, match="nothing to map"):
        KnowledgeGraph.map([])
    assert not (tmp_path / "graph").exists()


def test_another_extractor_takes_the_place_of_the_first(policy: Path, sample_policy: MappedPolicy) -> None:
    with KnowledgeGraph.map(policy, extractor=ByHand(sample_policy)) as graph:
        assert [found.controller for found in graph.policies] == ["Lantern Books Ltd"]


def test_a_store_that_is_mapped_into_again_keeps_its_policies(
    policy: Path, tmp_path: Path, sample_policy: MappedPolicy
) -> None:
    KnowledgeGraph.map(policy, output=tmp_path / "graph").close()
    with KnowledgeGraph.map(policy, output=tmp_path / "graph", extractor=ByHand(sample_policy)) as graph:
        assert [found.sources for found in graph.policies] == [("acme.txt",), ("lantern.html",)]


def test_policies_are_summed_up(graph: KnowledgeGraph) -> None:
    shop, school = graph.policies
    assert (shop.title, shop.effective) == ("Privacy at Lantern Books 📚", date(2024, 3, 1))
    assert school.controller is None


def test_named_questions_and_sparql_are_answered(graph: KnowledgeGraph) -> None:
    assert "quote" in graph.query("mentions").columns
    answer = graph.query("SELECT ?label WHERE { ?p a pg:DeniedPractice ; rdfs:label ?label } ORDER BY ?label")
    assert [tuple(row.values()) for row in answer] == [
        ("Not share: Google Analytics",),
        ("Not sell: e-mail address",),
    ][::-1]


def test_a_question_can_be_about_one_policy(graph: KnowledgeGraph) -> None:
    shop, school = graph.policies
    both = len(graph.query("mentions"))
    assert (
        len(graph.query("mentions", policy=shop.iri)) + len(graph.query("mentions", policy=school.iri))
        == both
    )


def test_it_is_checked(graph: KnowledgeGraph) -> None:
    report = graph.validate(["structure"])
    assert report.conforms, [finding.message for finding in report.findings]
    assert not graph.validate(["gdpr"]).conforms


def test_its_story_is_written(graph: KnowledgeGraph, tmp_path: Path) -> None:
    report = graph.write_report(tmp_path / "report.md", profiles=[], title="Two samples")
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# Two samples\n")
    assert len(report.policies) == len(graph.policies)


def test_it_becomes_an_rdflib_dataset(graph: KnowledgeGraph, sample_quads: Quads) -> None:
    dataset = graph.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(set(dataset.quads())) == len(sample_quads)
    names = {str(named.identifier) for named in graph.to_rdflib(vocabulary=True).graphs()}
    assert VOCABULARY_GRAPH in names


def test_it_becomes_a_networkx_graph(graph: KnowledgeGraph) -> None:
    whole, part = graph.to_networkx(), graph.to_networkx(policy=graph.policies[0].iri)
    assert whole.number_of_nodes() > part.number_of_nodes() > 20
    assert whole.number_of_edges() > part.number_of_edges() > 20


def test_it_is_exported(graph: KnowledgeGraph, tmp_path: Path) -> None:
    written = graph.export("graphml", tmp_path / "graph.graphml", policy=graph.policies[0].iri)
    assert written.nodes > 20
    assert "<graphml" in (tmp_path / "graph.graphml").read_text()
    with pytest.raises(GraphError, match="holds no policy"):
        graph.to_rdflib(policy="https://x.example/")


def test_a_part_of_it_is_exported_by_name(graph: KnowledgeGraph, tmp_path: Path) -> None:
    denied = graph.export("neo4j", tmp_path / "denied", polarity="denied")
    assert denied.practices == denied.denied > 0
    assert [file.name for file in denied.files] == ["nodes.csv", "relationships.csv"]
    title = graph.policies[0].title
    flows = graph.export("d3", tmp_path / "flows.json", view="flows", data="personal data", policy=title)
    assert (flows.policies, flows.denied) == (1, 0)
    with pytest.raises(UnknownTermError, match="no purpose term 'selling moons'"):
        graph.export("d3", tmp_path / "none.json", purpose="selling moons")
    assert not (tmp_path / "none.json").exists()


def test_a_closed_graph_cannot_be_asked(graph: KnowledgeGraph) -> None:
    graph.close()
    with pytest.raises(GraphError, match="closed"):
        _ = graph.policies


def test_it_says_where_it_is(graph: KnowledgeGraph) -> None:
    assert repr(graph) == f"<KnowledgeGraph {graph.location}>"


def test_the_examples_of_the_documentation_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(privagraph.graph)
    assert result.attempted >= 3
    assert result.failed == 0
