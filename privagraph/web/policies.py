"""The policies of the graph that is served, and the short keys under which they have their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from privagraph.ontology.roles import GROUNDED_ROLES

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["PolicyCard", "PolicyIndex", "policy_index"]

# For the engine: each sub-select is a table to join, which takes a fifth of the time of looking up one by one.
_UNGROUNDED = f"""
SELECT ?policy (COUNT(?mention) AS ?mentions) WHERE {{
  GRAPH ?policy {{ ?mention pg:role ?role }}
  FILTER(?role IN ({", ".join(f"pg:{role}" for role in sorted(GROUNDED_ROLES))}))
  {{ SELECT ?policy ?mention WHERE {{ GRAPH ?policy {{ ?policy pg:hasMention ?mention }} }} }}
  OPTIONAL {{ SELECT ?policy ?mention ?concept WHERE {{ GRAPH ?policy {{ ?mention pg:concept ?concept }} }} }}
  OPTIONAL {{ SELECT ?policy ?mention ?agent WHERE {{ GRAPH ?policy {{ ?mention pg:agent ?agent }} }} }}
  FILTER(!BOUND(?concept) && !BOUND(?agent))
}} GROUP BY ?policy
"""
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """One policy, in a few words.

    Attributes:
        key: What its address ends with: the end of its IRI.
        iri: Its IRI.
        title: Its title.
        controller: Whose it is; empty where it does not say.
        sources: The files that it was read from.
        language: Tag of its language; empty where it is not known.
        effective: The day from which it holds, as YYYY-MM-DD; empty where it does not say.
        updated: The day of its last change; empty where it does not say.
        mentions: How many mentions were found.
        grounded: How many of them have a concept.
        practices: How many practices it states.
        denials: How many it denies.
        ungrounded: How many mentions should have a concept, and none fits.
        newer: IRI of the version that replaced it; empty where there is none.
    """

    key: str
    iri: str
    title: str
    controller: str
    sources: tuple[str, ...]
    language: str
    effective: str
    updated: str
    mentions: int
    grounded: int
    practices: int
    denials: int
    ungrounded: int = 0
    newer: str = ""

    @property
    def name(self) -> str:
        """What to call it in a list: whose it is, else its title."""
        return self.controller or self.title or self.key

    def holds(self, words: str) -> bool:
        """Whether its name, title, files or IRI hold each of some words, or parts of words."""
        said = " ".join((self.controller, self.title, *self.sources, self.iri, self.key)).casefold()
        return all(word in said for word in words.casefold().split())


@dataclass(frozen=True)
class PolicyIndex:
    """All policies, sorted by the names of their files.

    Attributes:
        cards: The policies.
    """

    cards: tuple[PolicyCard, ...] = ()

    def __iter__(self) -> Iterator[PolicyCard]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    @cached_property
    def by_key(self) -> Mapping[str, PolicyCard]:
        """The policies by their keys."""
        return {card.key: card for card in self.cards}

    @cached_property
    def by_iri(self) -> Mapping[str, PolicyCard]:
        """The policies by their IRIs."""
        return {card.iri: card for card in self.cards}


def policy_index(store: GraphStore) -> PolicyIndex:
    """The policies of a graph, replaced versions included.

    Args:
        store: The graph.
    """
    from privagraph.queries.answers import answer_to
    from privagraph.queries.versions import links_of

    rows: dict[str, list[Mapping[str, object]]] = {}
    for row in answer_to(store, "policies", all_versions=True):
        rows.setdefault(str(row["policy"]), []).append(row)
    found = sorted(
        (tuple(sorted({str(row["source"]) for row in each})), iri, each[0]) for iri, each in rows.items()
    )
    keys = _keys([iri for _, iri, _ in found])
    newer = {old: new for new, old in links_of(store).items()}
    ungrounded = _ungrounded(store)
    return PolicyIndex(
        tuple(
            replace(
                _card(keys[iri], iri, sources, row),
                ungrounded=ungrounded.get(iri, 0),
                newer=newer.get(iri, ""),
            )
            for sources, iri, row in found
        )
    )


def _ungrounded(store: GraphStore) -> dict[str, int]:
    """How many mentions of each policy should have a concept and have none, as the query ``ungrounded`` counts them."""
    from privagraph.queries.answers import answer_to

    return {str(row["policy"]): int(str(row["mentions"])) for row in answer_to(store, _UNGROUNDED)}


def _keys(iris: list[str]) -> dict[str, str]:
    """The end of each IRI as it can stand in an address and in the name of a file; longer where several end alike."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        end = _ODD.sub("-", iri.rstrip("/").replace("#", "/").rpartition("/")[2]).strip(".-") or "policy"
        key, number = end, 1
        while key in taken:
            number += 1
            key = f"{end}-{number}"
        taken.add(key)
        keys[iri] = key
    return keys


def _card(key: str, iri: str, sources: tuple[str, ...], row: Mapping[str, object]) -> PolicyCard:
    def words(column: str) -> str:
        return "" if row[column] is None else str(row[column])

    def count(column: str) -> int:
        return int(words(column) or 0)

    return PolicyCard(
        key=key,
        iri=iri,
        title=words("title"),
        controller=words("controller"),
        sources=sources,
        language=words("language"),
        effective=words("effective"),
        updated=words("updated"),
        mentions=count("mentions"),
        grounded=count("grounded"),
        practices=count("practices"),
        denials=count("denials"),
    )
