"""A named query with values as a text: it reads well, and has the answer that bound values have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.answers import run
from privagraph.queries.catalogue import Query, catalogue, load
from privagraph.queries.running import bound_values
from privagraph.queries.spelling import with_values, without_header
from privagraph.queries.store import GraphStore

BASE = Path(__file__).parent / "cases" / "base.trig"
POLICY = "https://example.org/id/policy/1111111111111111"
VALUES = {
    "policy": POLICY,
    "other": "https://example.org/id/policy/2222222222222222",
    "item": "A13-1-a",
    "role": "retention",
    "name": "Acme",
    "source": "lindenberg.html",
    "below": "90",
    "before": "2030-01-01",
    "concept": "pd:Contact",
    "data": "pd:EmailAddress",
    "category": "pd:Contact",
    "processing": "dpv:Share",
    "purpose": "dpv:Marketing",
    "right": "eu-gdpr:A17",
    "legal_basis": "eu-gdpr:A6-1-a",
    "measure": "dpv:Encryption",
    "recipient": "dpv:ThirdParty",
    "place": "loc:US",
    "practice": f"{POLICY}/practice/1",
}
AGENT = "https://example.org/id/agent/acme"


@pytest.fixture(scope="module")
def store() -> Iterator[GraphStore]:
    with GraphStore.open(BASE) as opened:
        yield opened


@pytest.mark.parametrize("query", [each for each in catalogue() if each.params], ids=lambda query: query.id)
def test_the_text_has_the_answer_of_bound_values(store: GraphStore, query: Query) -> None:
    values = {
        param.name: POLICY if param.type == "policy" else VALUES.get(param.name, AGENT)
        for param in query.params
    }
    if query.param("other") and query.id != "data-together":
        values["other"] = VALUES["other"]
    if query.id == "data-together":
        values["other"] = "dpv:Location"
    for given in (values, {name: values[name] for name in values if name in _needed(query)}):
        bound = bound_values(store, query, given)
        assert run(store, with_values(query.text, bound)).rows == run(store, query, given).rows


def _needed(query: Query) -> set[str]:
    required = {param.name for param in query.params if param.required}
    return required or {query.params[0].name}


def test_values_stand_where_their_variables_are_selected() -> None:
    text = (
        "PREFIX pd: <https://w3id.org/dpv/pd#>\nSELECT ?a ?n\n"
        "WHERE {\n  ?a ?b ?c\n  { SELECT (1 AS ?n) { ?a ?x ?y } }\n}"
    )
    made = with_values(text, {"a": ox.NamedNode(expand("pd:EmailAddress")), "n": ox.Literal("it's")})
    assert made == (
        "PREFIX pd: <https://w3id.org/dpv/pd#>\nSELECT ?a ?n\nWHERE {\n  VALUES ?a { pd:EmailAddress }\n"
        '  VALUES ?n { "it\'s" }\n  ?a ?b ?c\n  { SELECT (1 AS ?n) { VALUES ?n { "it\'s" } ?a ?x ?y } }\n}'
    )


@pytest.mark.parametrize(
    ("iri", "spelt"),
    [
        ("https://example.org/a", "<https://example.org/a>"),
        (expand("dpv:Share") + ".b", f"<{expand('dpv:Share')}.b>"),  # it would need an escape
        (expand("dpv:Share"), "dpv:Share"),
    ],
)
def test_an_iri_is_short_where_it_can_be(iri: str, spelt: str) -> None:
    text = "PREFIX dpv: <https://w3id.org/dpv#> SELECT ?a { ?a ?b ?c }"
    assert f"VALUES ?a {{ {spelt} }}" in with_values(text, {"a": ox.NamedNode(iri)})


def test_prefixes_that_values_need_are_declared() -> None:
    made = with_values("SELECT ?a { ?a ?b ?c }", {"a": ox.NamedNode(expand("pd:EmailAddress"))})
    assert (
        made == "PREFIX pd: <https://w3id.org/dpv/pd#>\nSELECT ?a { VALUES ?a { pd:EmailAddress } ?a ?b ?c }"
    )


def test_text_that_would_break_out_stays_text(store: GraphStore) -> None:
    evil = '" } ?s ?p ?o } #\n'
    made = with_values("SELECT ?a WHERE { BIND(1 AS ?b) }", {"a": ox.Literal(evil)})
    assert run(store, made).rows == ((evil,),)


def test_the_header_is_left_out() -> None:
    text = without_header(load("practices").text)
    assert text.startswith("PREFIX")
    assert "#+" not in text
