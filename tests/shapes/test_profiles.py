"""Every shape against its examples in ``cases/PROFILE/RULE``.

``pass.ttl`` conforms to the whole profile and has a focus node of the shape; ``fail.ttl`` is ``pass.ttl`` with the one
change that its first line tells, and yields exactly the results of ``fail.expected.ttl``, all of them by this shape;
with the shape deactivated ``fail.ttl`` conforms. Variants are ``pass-WHAT.ttl`` and ``fail-WHAT.ttl``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from privagraph.ontology.namespaces import PREFIXES
from privagraph.ontology.vocabulary import TermKind, vocabulary
from privagraph.shapes.graphs import quiet_literals, with_terms
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.rules import Profile, Rule, profile, profiles
from privagraph.shapes.validation import shapes_graph

CASES = Path(__file__).parent / "cases"
RULES = [rule for each in profiles() for rule in each.rules]
PASSING = sorted(CASES.glob("*/*/pass*.ttl"))
FAILING = sorted(path for path in CASES.glob("*/*/fail*.ttl") if not path.name.endswith(".expected.ttl"))
LARGEST_CHANGE = 9
"""How many statements the one change of a failing example takes away and adds at most (a node with its own)."""

Row = tuple[str, str | None, str | None, str, str, str]


def case_name(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


def profile_of(path: Path) -> Profile:
    return profile(path.parent.parent.name)


def rule_of(path: Path) -> Rule:
    return profile_of(path).rule(path.parent.name)


@functools.cache
def graph_of(path: Path) -> rdflib.Graph:
    """The case as it is validated: every literal as it is written, SPARQL answered by Oxigraph."""
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return PreparedPolicy("urn:case", with_terms(quads)).graph


@functools.cache
def prepared(text: str) -> Query:
    """A query as rdflib has parsed it, which takes it longer than most answers."""
    return prepareQuery(text)


class PlainGraph(rdflib.Graph):
    """A graph of rdflib alone, which answers SPARQL itself."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> rdflib.query.Result:
        text = query_object if isinstance(query_object, Query) else prepared(query_object)
        return super().query(text, *args, **options)


def plain_copy(graph: rdflib.Graph) -> rdflib.Graph:
    """The same statements in a graph of rdflib alone."""
    copy = PlainGraph()
    for triple in graph:
        copy.add(triple)
    return copy


def check(graph: rdflib.Graph, shapes: rdflib.Graph, *, rule: Rule | None = None) -> list[Row]:
    """The results of a whole profile, or of one of its shapes."""
    only = None if rule is None else [rule.iri]
    with quiet_literals():
        conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", use_shapes=only)
    found = rows(report)
    assert conforms is (not found)
    return found


def rows(report: rdflib.Graph) -> list[Row]:
    """The results of a report in a form that can be compared; a blank path by what it says."""

    def said(result: rdflib.term.Node, predicate: URIRef) -> str | None:
        value = report.value(result, predicate)
        if predicate == SH.resultPath and isinstance(value, rdflib.BNode):
            return to_isomorphic(report.cbd(value)).graph_digest()
        return None if value is None else value.n3()

    parts = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.sourceShape)
    found = [
        tuple(said(result, part) for part in (*parts, SH.resultSeverity))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=str)  # type: ignore[arg-type]  # the parts that are always there are


@contextmanager
def without(shapes: rdflib.Graph, triple: tuple[URIRef, URIRef, rdflib.term.Node]) -> Iterator[None]:
    """For a while a constraint is not there."""
    shapes.remove(triple)
    try:
        yield
    finally:
        shapes.add(triple)


def test_there_are_enough_rules_and_cases() -> None:
    floors = {
        "structure": 67,
        "gdpr": 36,
        "ccpa": 33,
        "caloppa": 7,
        "coppa": 20,
        "ferpa": 9,
        "consistency": 12,
        "clarity": 13,
    }
    counts = {each.name: len(each.rules) for each in profiles()}
    assert counts.keys() == floors.keys()
    assert [name for name, floor in floors.items() if counts[name] < floor] == []
    assert len(PASSING) >= 280
    assert len(FAILING) >= 350


def test_each_shape_has_a_folder_and_each_folder_a_shape() -> None:
    folders = {f"{path.parent.name}:{path.name}" for path in CASES.glob("*/*") if path.is_dir()}
    assert folders == {rule.name for rule in RULES}
    for folder in CASES.glob("*/*"):
        assert {"pass.ttl", "fail.ttl", "fail.expected.ttl"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("path", PASSING, ids=case_name)
def test_passing_example(path: Path) -> None:
    shapes = shapes_graph((profile_of(path),))
    assert check(graph_of(path), shapes) == []
    shape = next(each for each in ShapesGraph(shapes).shapes if each.node == URIRef(rule_of(path).iri))
    assert shape.focus_nodes(graph_of(path)), "no focus node: the example says nothing of this shape"


@pytest.mark.parametrize("path", FAILING, ids=case_name)
def test_failing_example(path: Path) -> None:
    shapes = shapes_graph((profile_of(path),))
    shape = URIRef(rule_of(path).iri)
    expected = rows(graph_of(path.with_suffix(".expected.ttl")))
    assert {row[4] for row in expected} == {shape.n3()}
    assert check(graph_of(path), shapes) == expected
    if path.stem == "fail":  # the results of the others are this shape's too, as was just seen
        off = (shape, SH.deactivated, Literal(True))
        shapes.add(off)
        try:
            assert check(graph_of(path), shapes, rule=rule_of(path)) == []
        finally:
            shapes.remove(off)


@pytest.mark.parametrize("path", FAILING, ids=case_name)
def test_failing_example_is_the_passing_one_with_one_change(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# As pass.ttl, but ")
    passing, failing = (
        set(ox.parse(each.read_bytes(), format=ox.RdfFormat.TURTLE))
        for each in (path.with_name("pass.ttl"), path)
    )
    assert 1 <= len(passing ^ failing) <= LARGEST_CHANGE


def asks_sparql(path: Path) -> bool:
    """Whether the shape of an example has a query; without one, both engines do the very same."""
    shapes, waiting, seen = shapes_graph((profile_of(path),)), [URIRef(rule_of(path).iri)], set()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        if (node, SH.sparql, None) in shapes or (node, SH.select, None) in shapes:
            return True
        waiting += [
            each for each in shapes.objects(node) if each not in seen and (each, None, None) in shapes
        ]
    return False


ASKING = [path for path in (*PASSING, *FAILING) if asks_sparql(path)]


@pytest.mark.parametrize("path", ASKING, ids=case_name)
def test_both_engines_find_the_same(path: Path) -> None:
    """SPARQL answered by rdflib, which pySHACL comes with, as by Oxigraph, which is what runs: see the two above."""
    shapes, recorded = shapes_graph((profile_of(path),)), path.with_suffix(".expected.ttl")
    expected = rows(graph_of(recorded)) if recorded.exists() else []
    assert check(plain_copy(graph_of(path)), shapes, rule=rule_of(path)) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_constraint_of_a_shape_is_needed(rule: Rule) -> None:
    """Taking away any one constraint lets through something that an example holds to be wrong."""
    shapes = shapes_graph((profile(rule.profile),))
    shape = URIRef(rule.iri)
    cases = [graph_of(path) for path in FAILING if rule_of(path) == rule]
    before = [check(graph, shapes, rule=rule) for graph in cases]
    constraints = [
        (shape, parameter, value)
        for parameter, value in shapes.predicate_objects(shape)
        if parameter in ALL_CONSTRAINT_PARAMETERS and parameter != SH.qualifiedValueShape
    ]
    assert constraints
    for constraint in constraints:
        with without(shapes, constraint):
            after = [check(graph, shapes, rule=rule) for graph in cases]
        assert after != before, f"no example needs {constraint[1].fragment}"


@pytest.mark.parametrize("each", profiles(), ids=lambda each: each.name)
def test_the_shapes_are_shapes(each: Profile) -> None:
    shapes = shapes_graph((each,))
    conforms, _, text = pyshacl.validate(shapes, shacl_graph=_shacl_shacl(), inference="rdfs")
    assert conforms, text


def _shacl_shacl() -> rdflib.Graph:
    """The shapes for shapes that the SHACL specification defines, as pySHACL carries them."""
    from pyshacl.entrypoints import meta_validate

    meta_validate(rdflib.Graph())  # loads them
    graph = meta_validate.graph_cache
    assert isinstance(graph, rdflib.Graph)
    assert len(graph) > 100
    return graph


@pytest.mark.parametrize("each", profiles(), ids=lambda each: each.name)
def test_every_term_of_a_shapes_file_exists(each: Profile) -> None:
    """Misspelt SHACL makes bad data conform without a word, even under meta-SHACL."""
    known, seen = vocabulary(), 0
    for term in {term for triple in shapes_graph((each,)) for term in triple if isinstance(term, URIRef)}:
        if term.startswith(str(SH)):
            assert term in SH, f"no SHACL term {term}"
        elif term.startswith((PREFIXES["pg"], "https://w3id.org/dpv#", "https://w3id.org/dpv/")):
            assert str(term) in known, f"no term {term} in the vocabulary"
        else:
            continue
        seen += 1
    assert seen >= 10


@pytest.mark.parametrize("each", profiles(), ids=lambda each: each.name)
def test_queries_declare_the_prefixes_that_the_project_has(each: Profile) -> None:
    shapes = shapes_graph((each,))
    declared = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.objects(None, SH.declare)
    }
    assert declared
    assert declared.items() <= PREFIXES.items()
    queries = [str(query) for query in shapes.objects(None, SH.select)]
    assert queries
    for prefix in declared:
        assert any(f"{prefix}:" in query for query in queries), f"{prefix} is declared and not used"


def test_the_roles_are_those_of_the_vocabulary_and_the_extractor() -> None:
    from privagraph.loaders.facts import Role

    shapes = shapes_graph((profile("structure"),))
    listed = shapes.value(URIRef(profile("structure").rule("mention-role").iri), SH["in"])
    assert listed is not None
    roles = {str(role) for role in shapes.items(listed)}
    assert roles == {f"{PREFIXES['pg']}{role}" for role in Role}
    assert all(vocabulary().term(role).kind is TermKind.INDIVIDUAL for role in roles)
