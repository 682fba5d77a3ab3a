"""Stretches of a policy's text as nodes of its graph, after the Web Annotation model.

Whoever writes a span, the loaders for a mention or a validation for an observation, writes the same statements about
it: it is one node, named by its offsets. https://www.w3.org/TR/annotation-model/#selectors
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.ontology.namespaces import expand

__all__ = ["shortened", "span_iri", "span_quads"]

_CONTEXT = 32
"""Code points of text that a quote selector keeps before and after the quote."""


def span_iri(policy: str, start: int, end: int) -> str:
    """The IRI of a stretch of a policy's text."""
    return f"{policy}/span/{start}-{end}"


def span_quads(policy: str, text: str, start: int, end: int) -> Iterator[Quad]:
    """The statements about a stretch of a policy's text: its source, its place, its words.

    Args:
        policy: The policy's IRI, which names its graph as well.
        text: The policy's text.
        start: Offset of the first character, in code points.
        end: Offset after the last character.

    Raises:
        ValueError: There is no such stretch.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{policy}: span {start}-{end} is not in the text of {len(text)} characters")
    graph, quote = NamedNode(policy), text[start:end]
    iri = span_iri(policy, start, end)
    span, position, quotation = map(NamedNode, (iri, f"{iri}/position", f"{iri}/quote"))

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, _term(predicate), value, graph)

    label = Literal(shortened(quote))
    yield say(span, "rdf:type", _term("oa:SpecificResource"))
    yield say(span, "rdfs:label", label)
    yield say(span, "oa:hasSource", graph)
    yield say(span, "oa:hasSelector", position)
    yield say(span, "oa:hasSelector", quotation)
    yield say(position, "rdf:type", _term("oa:TextPositionSelector"))
    yield say(position, "rdfs:label", Literal(f"characters {start} to {end}"))
    yield say(position, "oa:start", _natural(start))
    yield say(position, "oa:end", _natural(end))
    yield say(quotation, "rdf:type", _term("oa:TextQuoteSelector"))
    yield say(quotation, "rdfs:label", label)
    yield say(quotation, "oa:exact", Literal(quote))
    yield say(quotation, "oa:prefix", Literal(text[max(0, start - _CONTEXT) : start]))
    yield say(quotation, "oa:suffix", Literal(text[end : end + _CONTEXT]))


def shortened(text: str, length: int = 80) -> str:
    r"""One line of at most ``length`` characters, cut at a word where it is too long.

    Example:
        >>> shortened("your name,\n  e-mail address", 16)
        'your name…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"


def _natural(number: int) -> Literal:
    """An offset; Web Annotation types it ``xsd:nonNegativeInteger``, of which a store keeps ``xsd:integer``."""
    return Literal(str(number), datatype=_term("xsd:integer"))


@cache
def _term(curie: str) -> NamedNode:
    """A term of a vocabulary; there are few, so they are kept."""
    return NamedNode(expand(curie))
