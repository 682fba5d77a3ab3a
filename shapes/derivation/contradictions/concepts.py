"""The one question that all comparisons ask of the vocabulary."""

from __future__ import annotations

from functools import cache

from privagraph.ontology.vocabulary import vocabulary

__all__ = ["is_a"]


@cache
def is_a(name: str, ancestor: str) -> bool:
    """Whether a concept is another or lies below it; never for an IRI that the vocabulary lacks."""
    words = vocabulary()
    return name in words and words.is_a(name, ancestor)
