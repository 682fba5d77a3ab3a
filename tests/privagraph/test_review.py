"""Review from Python."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph import GraphError, InputError, KnowledgeGraph
from privagraph.ontology.namespaces import expand
from privagraph.queries.formats import write_quads
from privagraph.review import apply_review, review_table

POLICY = Path(__file__).parents[2] / "examples" / "pinata-habits.md"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    place = tmp_path / "graph.trig"
    KnowledgeGraph.map(POLICY, output=place).close()
    return place


def filled(graph: Path, place: Path, **cells: str) -> Path:
    """A table whose first row is filled in."""
    text = review_table(graph, everything=True).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    rows[0].update(cells)
    with place.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)
    return place


def test_a_table_counts_what_it_holds(graph: Path) -> None:
    table = review_table(graph, below=1, limit=2)
    assert (table.rows, table.decided) == (2, 0)
    assert table.findings > 50
    practices = review_table(graph, what="practices", everything=True)
    assert practices.rows == practices.findings < table.findings


def test_ungrounded_mentions_are_asked_for_however_sure(
    sample_quads: tuple[ox.Quad, ...], tmp_path: Path
) -> None:
    write_quads(sample_quads, tmp_path / "sample.nq")
    text = review_table(tmp_path / "sample.nq", below=0, ungrounded=True).content.decode("utf-8-sig")
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(text))]
    assert quotes == ["café club number", "records"]


def test_decisions_in_another_graph_are_applied_in_memory(graph: Path, tmp_path: Path) -> None:
    made = apply_review(
        graph, filled(graph, tmp_path / "t.tsv", verdict="wrong"), by="Ada", on=date(2026, 1, 2)
    )
    assert (made.decisions, made.problems) == (1, ())
    with KnowledgeGraph.map(POLICY) as plain, KnowledgeGraph.map(POLICY, reviews=graph) as reviewed:
        assert len(reviewed.query("mentions")) == len(plain.query("mentions")) - 1
        (row,) = reviewed.query("reviews")
        assert row["date"] == date(2026, 1, 2)


def test_decisions_are_applied_by_several_processes_as_by_one(graph: Path, tmp_path: Path) -> None:
    apply_review(graph, filled(graph, tmp_path / "t.tsv", verdict="wrong"), by="Ada", on=date(2026, 1, 2))
    written = []
    for jobs in (1, 2):
        place = tmp_path / f"{jobs}.nq"
        sources = [POLICY, POLICY.with_name("woerterwald.html")]
        with KnowledgeGraph.map(sources, reviews=graph, output=place, jobs=jobs) as mapped:
            assert len(mapped.query("reviews")) == 1
        written.append(place.read_bytes())
    assert written[0] == written[1]


def test_who_decided_what_is_decided_by_is_said_of_it(graph: Path, tmp_path: Path) -> None:
    table = filled(graph, tmp_path / "t.tsv", verdict="right")
    apply_review(graph, table, by="https://orcid.org/0000-0002-1825-0097")
    with KnowledgeGraph.open(graph) as opened:
        (row,) = opened.query(
            "SELECT ?who ?sure ?on { ?m a pg:Mention ; pg:confidence ?sure ; prov:wasAttributedTo ?who ;"
            " prov:wasDerivedFrom/dct:created ?on }"
        )
    assert (row["who"], row["sure"]) == ("https://orcid.org/0000-0002-1825-0097", 1)
    assert row["on"] == date.today()


def test_a_confidence_that_is_none_is_an_error() -> None:
    with pytest.raises(InputError, match="from 0 to 1"):
        KnowledgeGraph.map(POLICY, min_confidence=2)


def test_one_policy_under_two_bases_cannot_be_told_apart(graph: Path, tmp_path: Path) -> None:
    table = filled(graph, tmp_path / "t.tsv", verdict="wrong")
    KnowledgeGraph.map(POLICY, output=tmp_path / "two").close()
    KnowledgeGraph.map(POLICY, output=tmp_path / "two", base="https://other.example/").close()
    with pytest.raises(GraphError, match="one policy under two bases"):
        apply_review(tmp_path / "two", table, by="Ada")


def test_a_graph_that_is_not_ours_is_an_error(tmp_path: Path) -> None:
    policy = ox.NamedNode("https://example.org/policy/1")
    kind = ox.NamedNode(expand("pg:PrivacyPolicy"))
    write_quads([ox.Quad(policy, ox.NamedNode(expand("rdf:type")), kind, policy)], tmp_path / "odd.nq")
    with pytest.raises(GraphError, match="not as `privagraph map` writes it"):
        review_table(tmp_path / "odd.nq")
