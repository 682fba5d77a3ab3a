"""Terms as Python values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.values import Iri, Value, value_of


def literal(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(expand(f"xsd:{kind}")))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (ox.NamedNode("http://example.org/a"), Iri("http://example.org/a")),
        (ox.Literal("text"), "text"),
        (ox.Literal("Text", language="en"), "Text"),
        (literal("12", "integer"), 12),
        (literal("12", "nonNegativeInteger"), 12),
        (literal("0.90", "decimal"), Decimal("0.90")),
        (literal("1.5e3", "double"), 1500.0),
        (literal("true", "boolean"), True),
        (literal("0", "boolean"), False),
        (literal("2024-02-29", "date"), date(2024, 2, 29)),
        (literal("2024-02-29T12:00:00+00:00", "dateTime"), datetime(2024, 2, 29, 12, tzinfo=UTC)),
        (literal("P6M", "duration"), "P6M"),
        (literal("soon", "date"), "soon"),
        (literal("many", "integer"), "many"),
        (literal("?", "decimal"), "?"),
    ],
)
def test_a_term_has_the_value_of_its_type(term: object, value: Value) -> None:
    assert value_of(term) == value
    assert type(value_of(term)) is type(value)


def test_an_iri_is_told_from_text() -> None:
    assert isinstance(value_of(ox.NamedNode("http://a/")), Iri)
    assert not isinstance(value_of(ox.Literal("http://a/")), Iri)
    assert value_of(ox.NamedNode("http://a/")) == "http://a/"
    assert isinstance(value_of(ox.BlankNode("b")), Iri)
