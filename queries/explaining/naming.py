"""How nodes and terms are called when they are told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.explaining.values import Fact

__all__ = ["MANY", "broader", "defined", "few", "local", "more", "named"]

MANY = 12
"""How many practices or mentions are told of a policy, an organisation or a concept."""


def few(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The first facts, and how many there are besides."""
    return (*facts[:MANY], more(len(facts))) if len(facts) > MANY else tuple(facts)


def more(count: int) -> Fact:
    """How many there are besides the first."""
    return Fact("and", f"{count - MANY:,} more")


def broader(concepts: Iterable[str]) -> Iterator[Fact]:
    """For each concept the way up, each step broader than the one before."""
    for concept in concepts:
        ways = sorted(_ways(concept), key=lambda way: (len(way), way))
        if ways and ways[0]:
            yield Fact(f"{named(concept)} is a kind of", " > ".join(map(named, ways[0])), concept)


def _ways(concept: str) -> list[tuple[str, ...]]:
    """The ways from a concept to the tops of its hierarchies, without itself."""
    words = vocabulary()
    if concept not in words:
        return []
    return [(iri, *way) for iri in words.term(concept).broader for way in _ways(iri) or [()]]


def defined(iri: str) -> str:
    """The definition of a concept; empty where it has none."""
    return vocabulary().term(iri).definition if iri in vocabulary() else ""


def named(iri: str) -> str:
    """A concept as its label and CURIE."""
    short = compact(iri)
    return f"{vocabulary().label(iri)} ({short})" if iri in vocabulary() else short


def local(iri: str) -> str:
    """A property's name as words."""
    name = compact(iri).partition(":")[2] or iri
    return (
        "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip().removeprefix("has ")
    )
