"""A policy as its page shows it: read once from the graph, then looked at in many ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.ontology.roles import is_open

if TYPE_CHECKING:
    import pyoxigraph as ox

    from privagraph.queries.store import GraphStore

__all__ = ["Observed", "Reading", "reading"]

_MENTION, _PRACTICE = "/mention/", "/practice/"
_OBSERVATION = expand("pg:Observation")
_ASKED = frozenset(
    map(
        expand,
        (
            "pg:namesRegulation",
            "dpv:hasDataProtectionOfficer",
            "pg:hasObservation",
            "pg:otherEvidence",
            "pg:observes",
            "prov:wasAttributedTo",
            "rdfs:comment",
        ),
    )
)
"""What is asked of a graph besides what is read of every policy."""
_KEPT = _ASKED | {expand("dpv:hasDataController"), expand("pg:evidence")}


@dataclass(frozen=True, slots=True)
class Observed:
    """What the graph says besides of passages, such as that two of them contradict each other.

    Attributes:
        iri: The observation.
        kind: IRI of its class.
        note: What a reader should know.
        evidence: Its words.
        others: The words that they stand against.
        about: IRIs of the mentions and practices that it is about.
    """

    iri: str
    kind: str
    note: str
    evidence: tuple[Span, ...]
    others: tuple[Span, ...]
    about: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What the graph says of one policy.

    Attributes:
        view: Its text, mentions and practices; only labels of organisations, practices and observations are kept.
        laws: IRIs of the laws that it names.
        officers: Names of its data protection officers.
        controllers: IRIs of its controllers.
        observed: What was observed of it.
        decided: Who decided in a review on a mention or practice, by its IRI.
        older: IRI of the version that it replaced; empty where there is none.
        newer: IRI of the version that replaced it; empty where there is none.
    """

    view: PolicyView
    laws: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    controllers: tuple[str, ...] = ()
    observed: tuple[Observed, ...] = ()
    decided: Mapping[str, str] | None = None
    older: str = ""
    newer: str = ""

    @cached_property
    def mentions(self) -> Mapping[str, MentionView]:
        """The mentions by their IRIs, in the order of the text."""
        return {each.iri: each for each in self.view.mentions}

    @cached_property
    def practices(self) -> Mapping[str, PracticeView]:
        """The practices and denials by their IRIs, in the order of the text."""
        return {each.iri: each for each in self.view.practices}

    @cached_property
    def roles(self) -> tuple[tuple[str, int], ...]:
        """The roles that occur, each with the number of its mentions, in the order of the alphabet."""
        return tuple(sorted(Counter(each.role for each in self.view.mentions).items()))

    @cached_property
    def open_mentions(self) -> int:
        """How many mentions should have a concept and have none."""
        return sum(map(is_open, self.view.mentions))

    def mention(self, name: str) -> MentionView | None:
        """A mention by its IRI or the end of it; None where there is none of that name."""
        return self.mentions.get(self._iri(_MENTION, name))

    def practice(self, name: str) -> PracticeView | None:
        """A practice or denial by its IRI or the end of it; None where there is none of that name."""
        return self.practices.get(self._iri(_PRACTICE, name))

    def short(self, iri: str) -> str:
        """The end of a mention's or practice's IRI, by which :meth:`mention` and :meth:`practice` find it.

        Args:
            iri: The IRI; it comes back whole where it is not named as those of this program are.
        """
        return iri.removeprefix(self.view.iri + _MENTION).removeprefix(self.view.iri + _PRACTICE)

    def _iri(self, part: str, name: str) -> str:
        return name if "://" in name else self.view.iri + part + name


def reading(store: GraphStore, policy: str) -> Reading:
    """Read a policy for its page.

    Args:
        store: The graph.
        policy: The policy's IRI.
    """
    from privagraph.ontology.reading import PROPERTIES, read_policy
    from privagraph.queries.versions import links_of

    quads = list(store.unsorted_quads(policy, properties=PROPERTIES | _ASKED))
    view = read_policy(policy, quads)
    said = _Said(quads)
    observed = tuple(
        sorted(
            (said.observation(each, _kind(store, each)) for each in said.all(policy, "pg:hasObservation")),
            key=lambda each: (each.evidence, each.iri),
        )
    )
    found = [*(each.iri for each in view.mentions), *(each.iri for each in view.practices)]
    officers = said.all(policy, "dpv:hasDataProtectionOfficer")
    controllers = said.all(policy, "dpv:hasDataController")
    decided = {each: people for each in found if (people := said.all(each, "prov:wasAttributedTo"))}
    named = {
        *controllers,
        *officers,
        *(each.agent for each in view.mentions if each.agent),
        *(one.agent for each in view.practices for one in each.arguments if one.agent),
        *(each.controller for each in view.practices if each.controller),
        *(person for people in decided.values() for person in people),
    }
    view = replace(view, labels=_labels(store, policy, named))
    links = links_of(store)
    return Reading(
        view=view,
        laws=said.all(policy, "pg:namesRegulation"),
        officers=tuple(sorted(map(view.label_of, officers))),
        controllers=controllers,
        observed=observed,
        decided={iri: ", ".join(map(view.label_of, people)) for iri, people in decided.items()},
        older=links.get(policy, ""),
        newer=min((new for new, old in links.items() if old == policy), default=""),
    )


def _kind(store: GraphStore, observation: str) -> str:
    """IRI of the class of an observation below the one that all are of."""
    types = {
        str(getattr(quad.object, "value", ""))
        for quad in store.matching(subject=observation, predicate=expand("rdf:type"))
    }
    return min(types - {_OBSERVATION}, default="")


def _labels(store: GraphStore, policy: str, nodes: Iterable[str]) -> dict[str, str]:
    """The labels that a policy's graph has for some nodes, the first in the alphabet of several."""
    found: dict[str, str] = {}
    for node in sorted(nodes):
        labels = (
            str(getattr(quad.object, "value", ""))
            for quad in store.matching(subject=node, predicate=expand("rdfs:label"))
            if getattr(quad.graph_name, "value", "") == policy
        )
        label = min(labels, default="")
        if label:
            found[node] = label
    return found


class _Said:
    """What the quads of a graph say of nodes, as far as :class:`Reading` asks."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self._said: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, value, _ in quads:
            if predicate.value in _KEPT:
                key = (getattr(subject, "value", ""), predicate.value)
                self._said.setdefault(key, []).append(getattr(value, "value", ""))

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(self._said.get((subject, expand(predicate)), ())))

    def observation(self, iri: str, kind: str) -> Observed:
        return Observed(
            iri=iri,
            kind=kind,
            note=" ".join(self.all(iri, "rdfs:comment")),
            evidence=self._spans(iri, "pg:evidence"),
            others=self._spans(iri, "pg:otherEvidence"),
            about=self.all(iri, "pg:observes"),
        )

    def _spans(self, iri: str, predicate: str) -> tuple[Span, ...]:
        """The spans that a property leads to, by their names."""
        found = []
        for span in self.all(iri, predicate):
            start, _, end = span.rpartition("/")[2].partition("-")
            if start.isdecimal() and end.isdecimal():
                found.append(Span(int(start), int(end)))
        return tuple(sorted(found))
