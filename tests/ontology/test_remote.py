from __future__ import annotations

from contextlib import suppress
from typing import Any

import pyoxigraph as ox
import pytest

from privagraph.errors import QueryError
from privagraph.ontology.remote import remote_line
from privagraph.queries.sparql import check_readonly

REACHING = {
    "plainly": "SELECT * { SERVICE <@> {?s ?p ?o} }",
    "in small letters": "SELECT * { service silent <@> {?s ?p ?o} }",
    "joined to SILENT": "SELECT * { SERVICESILENT<@> {?s ?p ?o} }",
    "joined to a name": "PREFIX ex: <@> SELECT * { SERVICEex:x {?s ?p ?o} }",
    "joined to the empty prefix": "PREFIX : <@> SELECT * { SERVICE:x {?s ?p ?o} }",
    "behind a dot": "PREFIX : <@> SELECT * { ?a ?b 1 .SERVICE:x {?s ?p ?o} }",
    "behind a truth value": "SELECT * { ?a ?b trueSERVICE<@>{?s ?p ?o} }",
    "behind a number": "PREFIX : <@> SELECT * { ?a ?b 1SERVICE:x{?s ?p ?o} }",
    "behind a prefix and a dot": "PREFIX ex: <@> SELECT * { ?a ?b ex:.SERVICE<@>{?s ?p ?o} }",
    "behind a prefix that ends in a port": "PREFIX ex: <http://a:> SELECT * { ?a ?b ex:SERVICE <@>{?s ?p ?o} }",
    "behind what looks like an IRI": "SELECT * { ?a ?b ?c FILTER(?c<7)SERVICE#>\n<@>{?s ?p ?o} }",
    "behind what looks like a string": "SELECT * { ?a ?b ?c FILTER(?c<7#>'''\n)SERVICE<@>{?s ?p ?o} } #'''",
    "in the name of a prefix": "PREFIX ex: <@> PREFIX SERVICEex: <http://q/> SELECT * { SERVICEex:x {?s ?p ?o} }",
}


@pytest.mark.parametrize("text", REACHING.values(), ids=REACHING)
def test_every_way_to_reach_another_computer_is_refused(text: str, listening: Any) -> None:
    text = text.replace("@", f"{listening.address}/")
    with pytest.raises(QueryError, match="SERVICE asks another computer"):
        check_readonly(text, where="the query text")
    store = ox.Store()
    for value in (
        ox.Literal(True),
        ox.Literal(1),
        ox.NamedNode(f"{listening.address}/"),
        ox.NamedNode("http://a:"),
    ):
        store.add(ox.Quad(ox.NamedNode("http://a/"), ox.NamedNode("http://b/"), value))
    before = len(listening.asked)
    with suppress(OSError):
        list(store.query(text))  # type: ignore[arg-type]  # rows, as all of them SELECT
    assert len(listening.asked) > before, "the engine does not ask elsewhere, so the case tests nothing"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a a dpv:ServiceProvider, <http://x.example/service/y>; <urn:x-service:z> ?d FILTER(?a<?d) }",
        "SELECT ?service { ?service rdfs:label \"SERVICE\", '''SERVICE <http://x/> {}'''@en } # SERVICE <http://x/>",
        "SELECT * { ?s schema:Service ?o . ?o dpv:Service.provider ?service }",
        "SELECT * { ?s ?p 'caf\\u00e9' }",
    ],
)
def test_the_word_may_stand_where_it_asks_nobody(text: str) -> None:
    assert remote_line(text) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [("SELECT *\n{\n SERVICE<x>{} }", 3), ("SELECT * {\n \\u0053ERVICE <http://x/> {} }", 2)],
)
def test_the_line_is_told(text: str, line: int) -> None:
    assert remote_line(text) == line
