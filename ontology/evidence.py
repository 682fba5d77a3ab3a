"""Stretches of a policy's text as nodes of its graph, after the Web Annotation model.

Whoever writes a span, the loaders for a mention or a validation for an observation, writes the same statements about
it: it is one node, named by its offsets. https://www.w3.org/TR/annotation-model/#selectors
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from privagraph.ontology.nquads import node, quads_of, term

__all__ = ["shortened", "span_iri", "span_lines", "span_quads"]

_CONTEXT = 32
"""Code points of text that a quote selector keeps before and after the quote."""

_IS_A, _LABEL, _INTEGER = term("rdf:type"), term("rdfs:label"), term("xsd:integer")
_RESOURCE, _SOURCE, _SELECTOR = term("oa:SpecificResource"), term("oa:hasSource"), term("oa:hasSelector")
_PLACE, _START, _END = term("oa:TextPositionSelector"), term("oa:start"), term("oa:end")
_QUOTE, _EXACT, _PREFIX, _SUFFIX = (
    term(f"oa:{each}") for each in ("TextQuoteSelector", "exact", "prefix", "suffix")
)


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
    return quads_of([span_lines(policy, text, start, end)])


def span_lines(policy: str, text: str, start: int, end: int) -> str:
    """The statements of :func:`span_quads` as lines of N-Quads; arguments and errors are the same.

    Half of what is said of a policy is said here. An offset is an ``xsd:integer``: Web Annotation types it
    ``xsd:nonNegativeInteger``, which a store does not keep.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{policy}: span {start}-{end} is not in the text of {len(text)} characters")
    quote = text[start:end]
    label, exact = str(Literal(shortened(quote))), str(Literal(quote))
    prefix = str(Literal(text[max(0, start - _CONTEXT) : start]))
    suffix = str(Literal(text[end : end + _CONTEXT]))
    graph, iri = node(policy), span_iri(policy, start, end)
    span, place, words = f"<{iri}>", f"<{iri}/position>", f"<{iri}/quote>"
    return f"""\
{span} {_IS_A} {_RESOURCE} {graph} .
{span} {_LABEL} {label} {graph} .
{span} {_SOURCE} {graph} {graph} .
{span} {_SELECTOR} {place} {graph} .
{span} {_SELECTOR} {words} {graph} .
{place} {_IS_A} {_PLACE} {graph} .
{place} {_LABEL} "characters {start} to {end}" {graph} .
{place} {_START} "{start}"^^{_INTEGER} {graph} .
{place} {_END} "{end}"^^{_INTEGER} {graph} .
{words} {_IS_A} {_QUOTE} {graph} .
{words} {_LABEL} {label} {graph} .
{words} {_EXACT} {exact} {graph} .
{words} {_PREFIX} {prefix} {graph} .
{words} {_SUFFIX} {suffix} {graph} .
"""


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
