"""Shapes of one's own, read as a profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.errors import GraphError, ProfileError
from privagraph.shapes.own import named_shape, own_profile
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import Profile, Severity
from privagraph.shapes.validation import check_policy, validate

HEAD = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://example.org/shapes#> .
"""
DATA = "<urn:a> a <urn:Thing> ; <urn:name> 'one', 'two' ; <urn:part> <urn:b> . <urn:b> <urn:name> 'three' ."

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(shapes: str) -> Path:
        path = tmp_path / "own.ttl"
        path.write_text(HEAD + shapes, "utf-8")
        return path

    return written


def checked(of: Profile, data: str = DATA) -> PolicyResult:
    quads = ox.parse(data, format=ox.RdfFormat.TURTLE)
    return check_policy("urn:a", quads, (of,), on=date(2026, 6, 1))


def found(write: Write, shapes: str) -> list[tuple[str, str]]:
    return [
        (each.rule.name, each.component.rpartition("#")[2])
        for each in checked(own_profile(write(shapes))).findings
    ]


FULL = """
:name a sh:NodeShape ; sh:targetClass <urn:Thing> ; rdfs:label "Ein Name"@de, "One name"@en ;
  rdfs:comment "Two are too many." ; sh:message "There are several." ; sh:severity sh:Warning ;
  dct:source <https://example.org/law/2>, <https://example.org/law/1> ;
  sh:property [ sh:path <urn:name> ; sh:maxCount 1 ] .
"""


def test_what_a_shape_says_of_itself_is_taken(write: Write) -> None:
    profile = own_profile(write(FULL))
    assert (profile.name, profile.title, profile.since) == ("own.ttl", "Shapes of your own", "")
    assert profile.derivations == ()
    (rule,) = profile.rules
    assert rule.iri == "https://example.org/shapes#name"
    assert (rule.name, rule.profile, rule.severity) == ("own.ttl:name", "own.ttl", Severity.WARNING)
    assert (rule.title, rule.reason) == ("One name", "Two are too many.")
    assert rule.message == "There are several."
    assert rule.sources == ("https://example.org/law/1", "https://example.org/law/2")
    assert (rule.page, rule.is_item) == ("", False)


def test_a_shape_that_says_nothing_of_itself_is_told_by_its_name(write: Write) -> None:
    (rule,) = own_profile(
        write(":bare sh:targetNode <urn:a> ; sh:property [ sh:path <urn:x> ; sh:minCount 1 ] .")
    ).rules
    assert (rule.name, rule.title, rule.reason, rule.message) == ("own.ttl:bare", "bare", "", "")
    assert rule.severity is Severity.ERROR


def test_the_names_of_shacl_serve_where_those_of_rdfs_are_not_given(write: Write) -> None:
    (rule,) = own_profile(
        write(":p a sh:PropertyShape ; sh:path <urn:x> ; sh:name 'A name' ; sh:description 'A reason' .")
    ).rules
    assert (rule.title, rule.reason) == ("A name", "A reason")


MAX = "MaxCountConstraintComponent"


@pytest.mark.parametrize(
    ("shapes", "names"),
    [
        (FULL, [("own.ttl:name", MAX)]),
        (
            ":n a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property :p . :p sh:path <urn:name> ; sh:maxCount 1 .",
            [("own.ttl:p", MAX)],
        ),
        (
            "[] a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property [ sh:path <urn:name> ; sh:maxCount 1 ] .",
            [("own.ttl:unnamed-1", MAX)],
        ),
        (
            ":deep sh:targetNode <urn:a> ; sh:property [ sh:path <urn:part> ; "
            "sh:node [ sh:property [ sh:path <urn:name> ; sh:minCount 2 ] ] ] .",
            [("own.ttl:deep", "NodeConstraintComponent")],
        ),
        (
            ":other sh:targetNode <urn:a> ; sh:node :kind . :kind sh:property [ sh:path <urn:kind> ; sh:minCount 1 ] .",
            [("own.ttl:other", "NodeConstraintComponent")],
        ),
        (
            ":either sh:targetNode <urn:a> ; sh:or ( [ sh:class <urn:C> ] [ sh:nodeKind sh:Literal ] ) .",
            [("own.ttl:either", "OrConstraintComponent")],
        ),
        (
            ":query sh:targetNode <urn:a> ; "
            "sh:sparql [ sh:select 'SELECT $this ?value { $this <urn:name> ?value }' ] .",
            [("own.ttl:query", "SPARQLConstraintComponent")] * 2,
        ),
        (
            ":subjects sh:targetSubjectsOf <urn:part> ; sh:closed true ; sh:ignoredProperties ( <urn:name> ) ; "
            "sh:property [ sh:path <urn:part> ; sh:class <urn:Part> ] .",
            [("own.ttl:subjects", "ClassConstraintComponent")],
        ),
        (
            ":well sh:targetNode <urn:a> ; sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:deactivated true ] .",
            [],
        ),
    ],
    ids=["property", "named-property", "unnamed", "nested", "node", "or", "sparql", "class", "deactivated"],
)
def test_findings_are_told_by_the_shape_they_belong_to(
    write: Write, shapes: str, names: list[tuple[str, str]]
) -> None:
    """Each once: what pySHACL gives as a detail of a result is no finding of its own."""
    told = found(write, shapes)
    assert [each for each in told if each[1] != "ClosedConstraintComponent"] == names


def test_a_finding_without_a_message_of_its_own_has_one(write: Write) -> None:
    profile = own_profile(
        write(":p sh:targetNode <urn:a> ; sh:property [ sh:path <urn:x> ; sh:minCount 1 ] .")
    )
    (finding,) = checked(profile).findings
    assert "Less than 1 values" in finding.message
    assert finding.path == "urn:x"


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        (".nt", "nt"),
        (".rdf", "xml"),
        (".owl", "xml"),
        (".jsonld", "json-ld"),
        (".ttl", "turtle"),
        (".SHACL", "turtle"),
    ],
)
def test_every_form_that_is_read_gives_the_same(write: Write, tmp_path: Path, ending: str, form: str) -> None:
    graph = rdflib.Graph().parse(data=HEAD + FULL)
    path = tmp_path / f"shapes{ending}"
    path.write_bytes(graph.serialize(format=form, encoding="utf-8"))
    rules = own_profile(path).rules
    assert [(each.title, each.severity, each.sources) for each in rules] == [
        (each.title, each.severity, each.sources) for each in own_profile(write(FULL)).rules
    ]
    assert [each.rule.iri for each in checked(own_profile(path)).findings] == [rules[0].iri]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "marked.ttl"
    path.write_text(HEAD + FULL, "utf-8-sig")
    assert len(own_profile(path).rules) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<urn:a> <urn:b> .", r"a\.ttl: not Turtle: .*; correct the file"),
        ("a.ttl", b"\xff\xfe\x00\x01\x02", r"a\.ttl: not Turtle: .*UTF-8"),
        ("a.nt", b"<a> <b> <c> .", r"a\.nt: not N-Triples: "),
        ("a.rdf", b"<html><p>hello</html>", r"a\.rdf: not RDF/XML: "),
        (
            "a.jsonld",
            b'{"@context": "https://example.org/context"}',
            r"a\.jsonld: not JSON-LD: .*remote context",
        ),
        ("a.jsonld", b"{", r"a\.jsonld: not JSON-LD: "),
        ("a.ttl", b"", r"a\.ttl: holds no SHACL shape; give it a node with sh:targetClass"),
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .", r"a\.ttl: holds no SHACL shape"),
        ("a.pdf", b"%PDF", r"a\.pdf: shapes are read from \.ttl, .*; save the file as one of them"),
        ("shapes", b"", r"shapes: shapes are read from"),
        ("gone.ttl", None, r"gone\.ttl: cannot be read \(No such file or directory\); name a SHACL file"),
    ],
)
def test_a_file_that_holds_no_shapes_says_why(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProfileError, match=message):
        own_profile(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder.ttl"
    folder.mkdir()
    with pytest.raises(ProfileError, match=r"folder\.ttl: cannot be read \(Is a directory\)"):
        own_profile(folder)


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ("sh:property [ sh:minCount 1 ]", "not a well-formed SHACL PropertyShape"),
        (
            "sh:property [ sh:path <urn:x> ; sh:minCount 'many' ]",
            "must be a literal with datatype xsd:integer",
        ),
        ("sh:sparql [ sh:select 'SELECT $this WHERE {' ]", "expected one of"),
        ("sh:sparql [ sh:select 'SELECT $this WHERE { $this no:prefix ?x }' ]", "Prefix not found"),
        ("sh:sparql [ sh:message 'No query.' ]", "must have at least one sh:select"),
        ("sh:or ()", "RDF list with 1 or more members"),
        ("sh:property [ sh:path <urn:name> ; sh:pattern '[' ]", "unterminated character set"),
    ],
)
def test_shapes_that_cannot_be_run_are_an_error_that_says_so(
    write: Write, capfd: pytest.CaptureFixture[str], shapes: str, reason: str
) -> None:
    """On one line, and told once: pySHACL would log the same again."""
    profile = own_profile(write(f":p sh:targetNode <urn:a> ; {shapes} ."))
    with pytest.raises(ProfileError, match=reason) as caught:
        checked(profile)
    message = str(caught.value)
    assert message.startswith("the shapes of own.ttl cannot be run on urn:a: ")
    assert message.endswith("; correct the shapes")
    assert "\n" not in message
    assert len(message) < 400
    assert capfd.readouterr() == ("", "")


def test_the_named_shape_of_a_shape_is_the_nearest_above() -> None:
    graph = rdflib.Graph().parse(
        data=f"{HEAD} :top sh:property _:a . _:a sh:node _:b . _:b sh:node _:a . _:lone sh:path <urn:p> ."
    )
    top = rdflib.URIRef("https://example.org/shapes#top")
    (inner,) = (
        each
        for each in graph.objects(None, rdflib.SH.node)
        if (each, rdflib.SH.node, None) in graph and (top, rdflib.SH.property, each) not in graph
    )
    assert named_shape(graph, inner) == top
    assert named_shape(graph, top) == top
    (lone,) = graph.subjects(rdflib.SH.path, None)
    assert named_shape(graph, lone) == lone


def test_a_graph_without_policies_is_checked_as_a_whole(write: Write) -> None:
    report = validate(ox.parse(DATA, format=ox.RdfFormat.TURTLE), profiles=[own_profile(write(FULL))])
    (result,) = report.policies
    assert [each.rule.name for each in result.findings] == ["own.ttl:name"]


def test_a_graph_that_holds_nothing_is_no_clean_report(write: Write) -> None:
    with pytest.raises(GraphError, match="holds no policy to check"):
        validate([], profiles=[own_profile(write(FULL))])
