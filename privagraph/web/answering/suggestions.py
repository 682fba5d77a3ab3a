"""What can stand in a field, while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.vocabulary import Branch, Term, TermKind, vocabulary

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore
    from privagraph.web.policies import PolicyIndex

__all__ = [
    "MOST",
    "Suggestion",
    "as_json",
    "concepts",
    "files",
    "matching",
    "organisations",
    "policies",
    "terms",
]

MOST = 20
"""How many suggestions there are at most."""
_ORGANISATIONS = """SELECT ?agent (MIN(?name) AS ?label) WHERE {
  GRAPH ?policy { ?agent a dpv:Organisation ; rdfs:label ?name }
} GROUP BY ?agent ORDER BY ?label ?agent"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can stand in a field.

    Attributes:
        value: What stands in the field then.
        label: What it is called.
        note: What else tells it from others.
    """

    value: str
    label: str
    note: str = ""


def as_json(found: Iterable[Suggestion]) -> list[dict[str, str]]:
    """Suggestions for a script."""
    return [asdict(each) for each in found]


def concepts(text: str, branch: Branch | None) -> list[Suggestion]:
    """Concepts whose label or name holds a text, those of a hierarchy first.

    Args:
        text: What was typed.
        branch: The hierarchy; None for any.
    """
    known = vocabulary()
    classes = [term for term in _held(text) if term.kind is TermKind.CLASS]
    classes.sort(key=lambda term: branch is not None and not known.is_a(term.iri, branch))
    return [Suggestion(term.curie, term.label, _above(term)) for term in classes[:MOST]]


def terms(text: str) -> list[Suggestion]:
    """Terms of the vocabulary, properties and values too, by a part of their label or name, or the start of a CURIE.

    Args:
        text: What was typed, such as ``email`` or ``pd:``.
    """
    known = vocabulary()
    prefix, colon, local = text.partition(":")
    if not colon:
        found = list(_held(text))
    else:
        wanted = local.casefold()
        of_prefix = [term for term in known if term.curie.startswith(f"{prefix}:")]
        ranked = [(rank, term.curie, term) for term in of_prefix if (rank := _rank(term, wanted)) is not None]
        found = [term for *_, term in sorted(ranked, key=lambda each: each[:2])]
    return [Suggestion(term.curie, term.label, term.kind.value) for term in found[:MOST]]


def policies(text: str, index: PolicyIndex) -> list[Suggestion]:
    """Policies whose company, title or file holds a text.

    Args:
        text: What was typed.
        index: The policies.
    """
    wanted = text.casefold()
    found = [
        card
        for card in index
        if any(wanted in each.casefold() for each in (card.name, card.title, *card.sources))
    ]
    found.sort(key=lambda card: not card.name.casefold().startswith(wanted))
    return [
        Suggestion(card.key, card.name, card.sources[0] if card.sources else card.title)
        for card in found[:MOST]
    ]


def files(text: str, index: PolicyIndex) -> list[Suggestion]:
    """Names of mapped files that hold a text."""
    names = (source for card in index for source in card.sources)
    return [Suggestion(name, "") for name in names if text.casefold() in name.casefold()][:MOST]


def organisations(store: GraphStore) -> tuple[Suggestion, ...]:
    """All organisations of a graph, in the order of their names.

    Args:
        store: The graph.
    """
    said = store.query(_ORGANISATIONS)
    assert isinstance(said, ox.QuerySolutions)  # it is a SELECT
    return tuple(
        Suggestion(agent.value, label.value) for agent, label in said if isinstance(agent, ox.NamedNode)
    )


def matching(text: str, among: Iterable[Suggestion]) -> list[Suggestion]:
    """Those whose label holds a text, those that begin with it first."""
    wanted = text.casefold()
    found = [each for each in among if wanted in each.label.casefold()]
    found.sort(key=lambda each: not each.label.casefold().startswith(wanted))
    return found[:MOST]


def _held(text: str) -> tuple[Term, ...]:
    """The terms that a search finds, also where people join words by hyphens that the vocabulary does not."""
    ways = dict.fromkeys((text, text.replace("-", ""), text.replace("-", " ")))
    return tuple(dict.fromkeys(term for way in ways for term in vocabulary().search(way)))


def _above(term: Term) -> str:
    """The concept above one, which tells it from others of the same label."""
    return next((vocabulary().label(iri) for iri in term.broader), "")


def _rank(term: Term, wanted: str) -> int | None:
    local, label = term.curie.partition(":")[2].casefold(), term.label.casefold()
    if local.startswith(wanted):
        return 0
    if wanted in local or wanted in label:
        return 1
    return None
