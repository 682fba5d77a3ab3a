"""Which version of a policy a newly mapped one takes the place of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeAlias

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.queries.choice import policy_named
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_dates
from privagraph.queries.versions import chains_of, link, links_of

__all__ = ["Succession", "earlier_version"]

_CONTROLLER = expand("dpv:hasDataController")
_TEXT = expand("pg:text")
_SOURCE_FILE = expand("pg:fileName")
_WORDS = re.compile(r"\w+")
_RUN = 5
"""Words in a row that two texts are compared by."""
_Run: TypeAlias = tuple[str, ...]
_ALIKE, _MUCH_ALIKE = 0.2, 0.5
"""The share of such runs that two versions have in common where nobody, or somebody else, is named as controller."""


class Succession:
    """Writes the policies of one run into a graph, each tied to the version before it.

    Args:
        versions: Whether all of them are versions of one policy, oldest first.
        revision_of: The policy of the graph, by IRI, title or file name, that the first one takes the place of.

    Attributes:
        revisions: The version before each policy that turned out to be a newer one, by IRI.
    """

    __slots__ = ("_last", "_revision_of", "_versions", "revisions")

    def __init__(self, *, versions: bool = False, revision_of: str | None = None) -> None:
        self._versions, self._revision_of = versions, revision_of
        self._last = ""
        self.revisions: dict[str, str] = {}

    def write(
        self, store: GraphStore, policy: str, source: str, nquads: bytes, *, by_name: bool = True
    ) -> bool:
        """Make a text the graph of a policy, see :meth:`GraphStore.write_policy`.

        Args:
            store: The graph.
            policy: The policy's IRI.
            source: The name of the file or address that it was read from.
            nquads: All quads of its graph, as :meth:`GraphStore.add_policy` takes them.
            by_name: Whether a policy of the graph that was read from a file of the same name may be the version before
                it, where nothing else was said.

        Returns:
            Whether anything changed.

        Raises:
            GraphError: The graph holds no policy of the name that was given, or cannot be written.
        """
        told = self._versions or self._revision_of is not None
        if not told and not (by_name and store.named_by_source(source)) and store.add_policy(policy, nquads):
            return True  # as nearly all are: nothing to be compared with, so that its quads need not be looked at
        found = [*ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True)]
        earlier = self._earlier(store, policy, found, by_name)
        changed = store.write_policy(policy, found)
        if earlier is not None and earlier != policy and link(store, policy, earlier):
            changed = True
            self.revisions[policy] = earlier
        self._last = policy
        return changed

    def _earlier(
        self, store: GraphStore, policy: str, quads: Collection[ox.Quad], by_name: bool
    ) -> str | None:
        if self._last and self._versions:
            return self._last
        if not self._last and self._revision_of is not None:
            return policy_named(store, self._revision_of)
        return earlier_version(store, policy, quads) if by_name else None


def earlier_version(store: GraphStore, policy: str, quads: Collection[ox.Quad]) -> str | None:
    """The policy of a store that a newly mapped one takes the place of.

    It was read from a file or address of the same name, and is of the same controller or, where a text names none or
    another one, has much of the same text. So two companies whose files are both called ``privacy.html`` stay apart.

    Args:
        store: The graph.
        policy: IRI of the new policy.
        quads: All quads of its graph.

    Returns:
        IRI of the last version before it; None where there is none, or where it is the last one already.
    """
    names = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == _SOURCE_FILE and isinstance(quad.object, ox.Literal)
    }
    others = {each for name in sorted(names) for each in store.named_by_source(name)} - {policy}
    if not others:
        return None
    links = links_of(store)
    heads = {chain[-1] for chain in chains_of(links, others).values()}
    if policy in heads:
        return None
    new = _Publisher.of(policy, quads)
    fitting = [head for head in sorted(heads) if new.has_published(store, head)]
    dates = policy_dates(store)
    return max(fitting, key=lambda each: (dates.get(each) or date.min, each), default=None)


@dataclass(frozen=True, slots=True)
class _Publisher:
    """Who published a new policy.

    Attributes:
        controllers: The controllers of the policy as a whole.
        runs: The runs of words in its text.
    """

    controllers: frozenset[str]
    runs: frozenset[_Run]

    @classmethod
    def of(cls, policy: str, quads: Iterable[ox.Quad]) -> Self:
        """What the quads of its graph say."""
        said: dict[str, set[str]] = {_CONTROLLER: set(), _TEXT: set()}
        for subject, predicate, value, _ in quads:
            if predicate.value in said and isinstance(subject, ox.NamedNode) and subject.value == policy:
                said[predicate.value].add(getattr(value, "value", ""))
        return cls(frozenset(said[_CONTROLLER]), _runs(said[_TEXT]))

    def has_published(self, store: GraphStore, policy: str) -> bool:
        """Whether a policy of a store is another version of the new one, not that of another company."""
        controllers = _said(store, policy, "dpv:hasDataController")
        if controllers & self.controllers:
            return True
        wanted = _MUCH_ALIKE if controllers and self.controllers else _ALIKE
        return _likeness(_runs(_said(store, policy, "pg:text")), self.runs) >= wanted


def _said(store: GraphStore, policy: str, step: str) -> set[str]:
    """What a policy of a store says of itself with a property; its graph need not be read for that."""
    text = f"SELECT ?policy ?value {{ GRAPH ?policy {{ ?policy {step} ?value }} }}"
    rows = store.query(text, bindings={"policy": policy})
    assert isinstance(rows, ox.QuerySolutions)  # a SELECT query has no other answer
    return {row["value"].value for row in rows}


def _likeness(one: frozenset[_Run], other: frozenset[_Run]) -> float:
    """The Jaccard index of the runs of words in two texts; each has one at least."""
    return len(one & other) / len(one | other)


def _runs(texts: Iterable[str]) -> frozenset[_Run]:
    words = _WORDS.findall("\n".join(texts).casefold())
    return frozenset(tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))
