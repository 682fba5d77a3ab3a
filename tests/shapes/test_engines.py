"""Every engine that is offered against pySHACL: the very same findings in every example of every shape."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH

from privagraph.errors import MissingDependencyError
from privagraph.queries.store import GraphStore
from privagraph.shapes import engines
from privagraph.shapes.engines import DEFAULT_ENGINE, ENGINES
from privagraph.shapes.graphs import policy_graphs, with_terms
from privagraph.shapes.own import own_profile
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import PolicyResult
from privagraph.shapes.rules import profile, profiles
from privagraph.shapes.validation import check_policy

CASES = Path(__file__).parent / "cases"
EXAMPLES = sorted(path for path in CASES.glob("*/*/*.ttl") if not path.name.endswith(".expected.ttl"))
OTHERS = sorted(ENGINES.keys() - {DEFAULT_ENGINE})
DAY = date(2026, 6, 1)


def case_name(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


def found(path: Path, engine: str) -> PolicyResult:
    chosen = (profile(path.parent.parent.name),)
    quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    return check_policy("https://example.org/policy", quads, chosen, on=DAY, engine=engine)


def test_pyshacl_is_the_reference() -> None:
    assert DEFAULT_ENGINE == "pyshacl"
    assert OTHERS
    assert len(EXAMPLES) >= 400


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=case_name)
def test_every_example_gives_the_same(path: Path, engine: str) -> None:
    """The first examples of a shape against pySHACL itself; the others against what is written down of it.

    ``test_profiles.py`` holds that pySHACL finds in every example what is written down, and nothing else.
    """
    if path.stem in ("pass", "fail"):
        assert said(found(path, engine)) == said(found(path, DEFAULT_ENGINE))
        return
    chosen, recorded = profile(path.parent.parent.name), path.with_suffix(".expected.ttl")
    ((iri, quads),) = policy_graphs(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    report = ENGINES[engine](PreparedPolicy(iri, with_terms(quads)), (chosen,))
    expected = rdflib.Graph()
    if recorded.exists():
        expected.parse(recorded, format="turtle")
    assert results(report) == results(expected)


def results(report: rdflib.Graph) -> list[tuple[str, str]]:
    """Focus and shape of each result of a report."""
    return sorted(
        (str(report.value(each, SH.focusNode)), str(report.value(each, SH.sourceShape)))
        for each in report.subjects(RDF.type, SH.ValidationResult)
    )


def said(result: PolicyResult) -> list[tuple[object, ...]]:
    """The findings; literals by their value, for a report that rdflib reads has them in their canonical form."""
    return [
        (
            each.rule.name,
            each.message,
            each.focus,
            each.path,
            _value(each.value),
            each.component,
            each.evidence,
        )
        for each in result.findings
    ]


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> object:
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#double"):
        return float(term.value)
    return term


@pytest.mark.parametrize("engine", OTHERS)
def test_whole_policies_give_the_same(sample_store: GraphStore, engine: str) -> None:
    for policy, quads in policy_graphs(sample_store):
        reference = check_policy(policy, quads, profiles(), on=DAY)
        assert check_policy(policy, quads, profiles(), on=DAY, engine=engine) == reference
        assert reference.findings


@pytest.mark.parametrize("engine", OTHERS)
def test_shapes_of_ones_own_are_told_by_their_names_on_every_engine(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .\n"
    )
    quads = [ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:q"), ox.Literal("x"))]
    result = check_policy("urn:a", quads, (own_profile(file),), on=DAY, engine=engine)
    assert [each.rule.name for each in result.findings] == ["own.ttl:s"]


def test_an_engine_that_is_not_installed_is_an_error_that_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shifty", None)
    engines._shifty_validator.cache_clear()
    with pytest.raises(MissingDependencyError, match=r"pip install 'privagraph\[fast\]'"):
        check_policy("urn:a", [], (profile("gdpr"),), on=DAY, engine="shifty")
