"""Files of a graph: the same bytes for the same graph, whole or not at all, and read back without loss."""

from __future__ import annotations

import json
import os
import random
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.errors import GraphError
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.queries.formats import EXTENSIONS, format_of, read_quads, sorted_quads, write_quads

Quads = tuple[ox.Quad, ...]
WRITTEN = sorted(extension for extension, each in EXTENSIONS.items() if each.written)


def grouped(quads: Quads, seed: int = 0) -> Iterator[ox.Quad]:
    """The quads, graph by graph, in a random order within each."""
    mixed = list(quads)
    random.Random(seed).shuffle(mixed)
    return iter(sorted(mixed, key=lambda quad: quad.graph_name.value))


def one_policy(quads: Quads) -> Quads:
    return tuple(quad for quad in quads if quad.graph_name == quads[0].graph_name)


def test_four_formats_are_written() -> None:
    assert WRITTEN == [".jsonld", ".nq", ".trig", ".ttl"]


@pytest.mark.parametrize("extension", WRITTEN)
def test_the_same_graph_gives_the_same_bytes(extension: str, tmp_path: Path, sample_quads: Quads) -> None:
    for seed in (1, 2):
        write_quads(grouped(sample_quads, seed), tmp_path / f"{seed}{extension}")
    assert (tmp_path / f"1{extension}").read_bytes() == (tmp_path / f"2{extension}").read_bytes()


@pytest.mark.parametrize("extension", WRITTEN)
def test_a_policy_comes_back_as_it_was_written(extension: str, tmp_path: Path, sample_quads: Quads) -> None:
    quads = one_policy(sample_quads)
    path = tmp_path / f"graph{extension}"
    write_quads(grouped(quads), path)
    assert set(read_quads(path)) == set(quads)


@pytest.mark.parametrize("extension", [".trig", ".nq", ".jsonld"])
def test_rdflib_reads_the_same(extension: str, tmp_path: Path, sample_quads: Quads) -> None:
    path = tmp_path / f"graph{extension}"
    write_quads(grouped(sample_quads), path)
    reference, found = rdflib.Dataset(), rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, about its own parsers
        reference.parse(data=ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS), format="nquads")
        found.parse(path, format={".trig": "trig", ".nq": "nquads", ".jsonld": "json-ld"}[extension])
    assert len(set(reference.quads())) == len(sample_quads)
    assert set(found.quads()) == set(reference.quads())


def test_rdflib_reads_turtle(tmp_path: Path, sample_quads: Quads) -> None:
    path = tmp_path / "graph.ttl"
    write_quads(grouped(sample_quads), path)
    assert len(rdflib.Graph().parse(path)) == len({quad.triple for quad in sample_quads})


def test_turtle_and_trig_are_written_for_people(tmp_path: Path, sample_quads: Quads) -> None:
    for extension in (".ttl", ".trig"):
        write_quads(grouped(sample_quads), tmp_path / f"graph{extension}")
        lines = (tmp_path / f"graph{extension}").read_text().splitlines()
        heads = [line for line in lines if line.startswith("@prefix")]
        assert heads == sorted(heads)
        assert len(heads) == len(PREFIXES)
        assert lines[: len(heads)] == heads
        assert any("dpv:hasPersonalData pd:EmailAddress" in line for line in lines)
        assert any(line.strip().startswith("<mention/") for line in lines)
        assert max(len(line) for line in lines if "pg:text" not in line and "pg:hasMention" not in line) < 250


@pytest.mark.parametrize(
    "base", ["https://x.example/p#", "urn:example:p", "https://x.example/a b/".replace(" ", "%20")]
)
@pytest.mark.parametrize("extension", WRITTEN)
def test_any_base_comes_back(base: str, extension: str, tmp_path: Path, sample_policy: MappedPolicy) -> None:
    quads = list(policy_quads(sample_policy, base=base))
    write_quads(quads, tmp_path / f"graph{extension}")
    assert set(read_quads(tmp_path / f"graph{extension}")) == set(quads)


def test_spans_stand_in_the_order_of_the_text() -> None:
    node = ox.NamedNode("https://x.example/p")
    spans = [ox.NamedNode(f"https://x.example/policy/0aff/span/{start}-99") for start in (2, 10, 9, 100)]
    ordered = sorted_quads(ox.Quad(span, node, node) for span in spans)
    starts = [int(quad.subject.value.rsplit("/", 1)[1].split("-")[0]) for quad in ordered]
    assert starts == [2, 9, 10, 100]


def test_the_type_comes_first() -> None:
    node = ox.NamedNode("https://x.example/p")
    kind, early = ox.NamedNode(expand("rdf:type")), ox.NamedNode("http://a.example/")
    assert [
        quad.predicate for quad in sorted_quads([ox.Quad(node, early, node), ox.Quad(node, kind, node)])
    ] == [
        kind,
        early,
    ]


def test_jsonld_has_a_context_and_short_names(tmp_path: Path, sample_quads: Quads) -> None:
    path = tmp_path / "graph.jsonld"
    write_quads(grouped(sample_quads), path)
    whole = json.loads(path.read_text())
    assert whole["@context"]["dpv"] == PREFIXES["dpv"]
    assert len(whole["@graph"]) == 2
    nodes = {node["@id"]: node for graph in whole["@graph"] for node in graph["@graph"]}
    policy = next(node for node in nodes.values() if "pg:PrivacyPolicy" in node["@type"])
    assert policy["pg:effectiveDate"] == {"@type": "xsd:date", "@value": "2024-03-01"}
    assert path.read_text().endswith("}\n")


# Reading what others wrote


@pytest.mark.parametrize(
    ("extension", "rdf"),
    [("nt", ox.RdfFormat.N_TRIPLES), ("rdf", ox.RdfFormat.RDF_XML), ("ttl", ox.RdfFormat.TURTLE)],
)
def test_formats_without_graphs_are_parted_by_policy(
    extension: str, rdf: ox.RdfFormat, tmp_path: Path, sample_quads: Quads
) -> None:
    quads = one_policy(sample_quads)
    path = tmp_path / f"graph.{extension}"
    ox.serialize((quad.triple for quad in quads), str(path), format=rdf)
    assert set(read_quads(path)) == set(quads)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("g.trig", "<https://x> <https://y> ."),
        ("g.ttl", "not turtle"),
        ("g.nq", "<a> <b> <c> ."),
        ("g.jsonld", '{"@id": '),
        ("g.rdf", "<rdf:RDF"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_names_format_and_line(
    name: str, content: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(GraphError, match=r"not .*; repair line \d") as caught:
        list(read_quads(tmp_path / name))
    assert EXTENSIONS[Path(name).suffix].name in caught.value.reason


def test_a_file_of_another_kind_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "graph.docx").write_bytes(b"PK")
    with pytest.raises(GraphError, match=r"not a kind of file that holds a graph; use one of \.trig"):
        list(read_quads(tmp_path / "graph.docx"))


@pytest.mark.parametrize("extension", WRITTEN)
def test_a_name_that_tells_nothing_leaves_it_to_the_content(
    extension: str, tmp_path: Path, sample_quads: Quads
) -> None:
    quads = one_policy(sample_quads)
    write_quads(quads, tmp_path / "graph", known=EXTENSIONS[extension])
    assert set(read_quads(tmp_path / "graph")) == set(quads)


def test_random_bytes_are_no_graph(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(random.Random(7).randbytes(2000))
    with pytest.raises(GraphError):
        list(read_quads(tmp_path / "graph.nq"))


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot be read"):
        list(read_quads(tmp_path / "graph.nq"))


@pytest.mark.parametrize(
    ("name", "found"), [("a.TRIG", "TriG"), ("a.b.ttl", "Turtle"), ("a", None), ("a.txt", None)]
)
def test_the_name_tells_the_format(name: str, found: str | None) -> None:
    known = format_of(name)
    assert (known.name if known else None) == found


def test_formats_that_are_only_read_are_not_written(tmp_path: Path) -> None:
    assert format_of("a.rdf") is not None
    assert format_of("a.rdf", writing=True) is None
    with pytest.raises(GraphError, match=r"let it end in one of \.trig \.nq \.ttl \.jsonld"):
        write_quads([], tmp_path / "a.rdf")


# Writing whole or not at all


def failing(quads: Quads) -> Iterator[ox.Quad]:
    yield from quads[:10]
    raise KeyboardInterrupt


@pytest.mark.parametrize("extension", WRITTEN)
def test_an_interrupted_file_leaves_the_old_one(extension: str, tmp_path: Path, sample_quads: Quads) -> None:
    path = tmp_path / f"graph{extension}"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_quads(failing(sample_quads), path)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(
    tmp_path: Path, sample_quads: Quads
) -> None:
    path = tmp_path / "graph.nq"
    mask = os.umask(0o022)
    try:
        write_quads(sample_quads, path)
        assert path.stat().st_mode & 0o777 == 0o644
        path.chmod(0o600)
        write_quads(sample_quads, path)
        assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(mask)


def test_a_link_keeps_pointing_to_the_file(tmp_path: Path, sample_quads: Quads) -> None:
    (tmp_path / "real.nq").write_text("old")
    (tmp_path / "link.nq").symlink_to("real.nq")
    write_quads(sample_quads, tmp_path / "link.nq")
    assert (tmp_path / "link.nq").is_symlink()
    assert "https" in (tmp_path / "real.nq").read_text()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot be written"):
        write_quads([], tmp_path / "missing" / "graph.nq")
    (tmp_path / "graph.nq").mkdir()
    with pytest.raises(GraphError, match="cannot be written"):
        write_quads([], tmp_path / "graph.nq")


def test_a_device_is_written_directly(sample_quads: Quads) -> None:
    write_quads(sample_quads, Path("/dev/null"), known=EXTENSIONS[".nq"])
    assert not Path("/dev/null").is_file()
