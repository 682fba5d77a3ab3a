"""Statements as lines of N-Quads say what the same statements as objects say."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.namespaces import expand
from privagraph.ontology.nquads import node, quads_of, term

POLICY = "https://example.org/policy/1"


@pytest.mark.parametrize(
    "value",
    [
        ox.Literal('"quoted"\\ and\ttabbed\r\nin two lines \x01\x7f\u2028\u00e9\U0001f36a'),
        ox.Literal("Datenschutz", language="de"),
        ox.Literal("0.9", datatype=ox.NamedNode(expand("xsd:decimal"))),
        ox.NamedNode(POLICY),
    ],
)
def test_a_line_comes_back_as_what_was_said(value: ox.Literal | ox.NamedNode) -> None:
    line = f"{node(POLICY)} {term('rdfs:label')} {value} {node(POLICY)} .\n"
    said = ox.Quad(ox.NamedNode(POLICY), ox.NamedNode(expand("rdfs:label")), value, ox.NamedNode(POLICY))
    assert list(quads_of([line, line])) == [said, said]


def test_what_is_no_iri_and_no_term_is_refused() -> None:
    with pytest.raises(ValueError, match="IRI"):
        node("not an IRI")
    with pytest.raises(UnknownTermError, match="nothing"):
        term("nothing:Here")
