"""Statements as lines of N-Quads: many of them are written, then read at once.

Terms are made, checked and escaped by Oxigraph; what is done here is to put them side by side. Where a graph of
thousands of statements is made, that takes half the time of an object for each statement. The format:
https://www.w3.org/TR/n-quads/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from privagraph.ontology.namespaces import expand

__all__ = ["node", "parsed", "quads_of", "term", "text_of"]


@lru_cache(maxsize=4096)
def node(iri: str) -> str:
    """An IRI as a term of N-Quads.

    Args:
        iri: The IRI.

    Raises:
        ValueError: It is none.

    Example:
        >>> node("https://example.org/policy")
        '<https://example.org/policy>'
    """
    return str(NamedNode(iri))


@cache
def term(curie: str) -> str:
    """A term of a vocabulary, by its CURIE; there are few, so they are kept.

    Example:
        >>> term("rdf:type")
        '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return node(expand(curie))


def quads_of(lines: Iterable[str]) -> Iterator[Quad]:
    """The statements of some lines, in their order.

    Args:
        lines: Statements made of terms that were checked when they were written; an IRI is not checked again. Each ends
            with a line end.
    """
    return parsed(text_of(lines))


def parsed(nquads: bytes) -> Iterator[Quad]:
    """The statements of a text that was written here, in their order; they were checked then, and are not again.

    Args:
        nquads: The text.
    """
    return parse(nquads, format=RdfFormat.N_QUADS, lenient=True)


def text_of(lines: Iterable[str]) -> bytes:
    """Some lines as the bytes of a file."""
    return "".join(lines).encode("utf-8")
