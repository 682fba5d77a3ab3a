"""The names by which nodes are found: policies, organisations, concepts, and the words of practices.

They are read once for a graph and searched in memory, since a thousand policies have some thirty thousand practices.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyoxigraph as ox

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.store import GraphStore

__all__ = ["Found", "Kind", "Name", "Names", "node_names", "practice_names", "search"]

Kind = Literal["policy", "organisation", "concept", "practice"]
_KINDS: tuple[Kind, ...] = ("policy", "organisation", "concept", "practice")
_LABEL, _QUOTE = expand("rdfs:label"), expand("oa:exact")
_OTHER_NAMES = (expand("foaf:name"), expand("skos:altLabel"))
_TYPE, _ORGANISATION = expand("rdf:type"), expand("dpv:Organisation")
_PRACTICES = (expand("pg:AffirmedPractice"), expand("pg:DeniedPractice"))
_EVIDENCE, _SELECTOR = expand("pg:evidence"), expand("oa:hasSelector")
_LEADING = (expand("pg:agent"), expand("pg:concept"))


@dataclass(frozen=True, slots=True)
class Name:
    """A node that can be found.

    Attributes:
        iri: The node.
        label: What it is called.
        kind: What it is.
        more: What tells it from others of that name: other names, the words of a practice.
        policies: In how many policies it is.
        policy: IRI of the policy, of a practice.
    """

    iri: str
    label: str
    kind: Kind
    more: str = ""
    policies: int = 1
    policy: str = ""


@dataclass(frozen=True)
class Names:
    """Nodes that can be found, those in the most policies first.

    Attributes:
        every: The nodes.
    """

    every: tuple[Name, ...] = ()

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The label of each, and all that is searched in, in small letters."""
        return tuple((name.label.casefold(), f"{name.label}\n{name.more}".casefold()) for name in self.every)

    def of_kind(self, kind: Kind) -> Iterator[Name]:
        """Those of one kind."""
        return (name for name in self.every if name.kind == kind)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds of one kind.

    Attributes:
        kind: The kind.
        names: The best of them.
        total: How many there are in all.
    """

    kind: Kind
    names: tuple[Name, ...]
    total: int


def node_names(store: GraphStore) -> Names:
    """The organisations and concepts of a graph; its policies are in the index of policies.

    Args:
        store: The graph.
    """
    known = vocabulary()
    homes: dict[str, set[str]] = defaultdict(set)
    for predicate in _LEADING:
        for quad in store.matching(predicate=predicate):
            homes[_value(quad.object)].add(_value(quad.graph_name))
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, set[str]] = defaultdict(set)
    for quad in store.matching(predicate=_TYPE, target=_ORGANISATION):
        organisation = _value(quad.subject)
        if organisation not in labels:
            labels[organisation].update(_literals(store, organisation, _LABEL))
            others[organisation].update(*(_literals(store, organisation, each) for each in _OTHER_NAMES))
        homes[organisation].add(_value(quad.graph_name))
    found = [
        Name(
            iri=iri,
            label=min(counts, key=lambda label: (-counts[label], label), default=iri.rpartition("/")[2]),
            kind="organisation",
            more=" · ".join(sorted(others[iri] - counts.keys())),
            policies=len(homes[iri]),
        )
        for iri, counts in labels.items()
    ]
    found += [
        Name(
            iri=iri,
            label=known.label(iri),
            kind="concept",
            more=known.term(iri).curie,
            policies=len(policies),
        )
        for iri, policies in homes.items()
        if iri in known
    ]
    return Names(tuple(sorted(found, key=lambda name: (-name.policies, name.label.casefold(), name.iri))))


def practice_names(store: GraphStore) -> Names:
    """The practices of a graph with the words that state them.

    Args:
        store: The graph.
    """
    found = [
        Name(
            iri=practice,
            label=min(_literals(store, practice, _LABEL), default=""),
            kind="practice",
            more=_quote(store, practice),
            policy=_value(quad.graph_name),
        )
        for type_ in _PRACTICES
        for quad in store.matching(predicate=_TYPE, target=type_)
        if (practice := _value(quad.subject)) and _value(quad.graph_name) != VOCABULARY_GRAPH
    ]
    return Names(tuple(sorted(found, key=lambda name: (name.policy, name.label, name.iri))))


def search(text: str, names: Sequence[Names], *, most: int = 8) -> tuple[Found, ...]:
    """The nodes whose names, or words, hold all words of a text.

    Args:
        text: What was typed; the words may be parts of words.
        names: Where to look.
        most: How many of each kind to hand out: first those that are named so, then those whose names begin so,
            then those that are in the most policies.
    """
    wanted = text.casefold().split()
    if not wanted:
        return ()
    whole = " ".join(wanted)
    ranked: dict[Kind, list[tuple[tuple[int, int], Name]]] = {kind: [] for kind in _KINDS}
    for each in names:
        for name, (label, texts) in zip(each.every, each.texts, strict=True):
            if all(word in texts for word in wanted):
                ranked[name.kind].append(((_rank(label, whole, wanted), -name.policies), name))
    return tuple(
        Found(
            kind,
            tuple(name for _, name in heapq.nsmallest(most, found, key=lambda each: each[0])),
            len(found),
        )
        for kind, found in ranked.items()
        if found
    )


def _rank(label: str, whole: str, words: Iterable[str]) -> int:
    if label == whole:
        return 0
    if label.startswith(whole):
        return 1
    if f" {whole}" in label:
        return 2
    return 3 if all(word in label for word in words) else 4


def _quote(store: GraphStore, practice: str) -> str:
    """The words that state a practice."""
    words = [
        literal
        for span in store.matching(subject=practice, predicate=_EVIDENCE)
        for selector in store.matching(subject=_value(span.object), predicate=_SELECTOR)
        for literal in _literals(store, _value(selector.object), _QUOTE)
    ]
    return " ".join(sorted(words)[0].split()) if words else ""


def _literals(store: GraphStore, subject: str, predicate: str) -> list[str]:
    return [
        str(quad.object.value)
        for quad in store.matching(subject=subject, predicate=predicate)
        if isinstance(quad.object, ox.Literal)
    ]


def _value(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else ""
