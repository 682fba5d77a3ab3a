from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.ontology.evidence import shortened, span_iri, span_quads
from privagraph.ontology.namespaces import expand

POLICY = "https://example.org/policy/1"


def test_a_span_says_its_place_and_its_words() -> None:
    text = "Müller 🪅 keeps your e-mail address."
    quads = list(span_quads(POLICY, text, 7, 14))
    said = {
        quad.predicate.value: quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)
    }
    assert said[expand("oa:exact")] == "🪅 keeps" == text[7:14]
    assert (said[expand("oa:start")], said[expand("oa:end")]) == ("7", "14")
    assert said[expand("oa:prefix")] + said[expand("oa:exact")] + said[expand("oa:suffix")] == text
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(POLICY)}
    assert {str(quad.subject) for quad in quads} == {
        f"<{span_iri(POLICY, 7, 14)}{part}>" for part in ("", "/position", "/quote")
    }


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 9)])
def test_a_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not in the text of 8 characters"):
        list(span_quads(POLICY, "8 marks.", start, end))


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("a  b\n c", 80, "a b c"),
        ("your name and e-mail address", 20, "your name and…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("", 5, ""),
    ],
)
def test_labels_are_one_short_line(text: str, length: int, expected: str) -> None:
    assert shortened(text, length) == expected
    assert len(shortened(text, length)) <= length
