"""Which version of a policy a newly mapped one takes the place of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TypeAlias

from privagraph.ontology.namespaces import expand
from privagraph.ontology.nquads import parsed
from privagraph.queries.choice import policy_named
from privagraph.queries.lineage import Lineage, link_line
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_date

__all__ = ["Succession"]

_CONTROLLER = expand("dpv:hasDataController")
_TEXT = expand("pg:text")
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

    __slots__ = ("_last", "_lineage", "_revision_of", "_versions", "revisions")

    def __init__(self, *, versions: bool = False, revision_of: str | None = None) -> None:
        self._versions, self._revision_of = versions, revision_of
        self._last = ""
        self._lineage: Lineage | None = None
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
        if self._lineage is None or self._lineage.store is not store:
            self._lineage = Lineage(
                store
            )  # a store on disk has taken over from one in memory, with all its links
        lineage = self._lineage
        earlier = self._earlier(lineage, policy, source, nquads, by_name)
        self._last = policy
        if earlier is None:
            return store.add_policy(policy, nquads) or store.write_policy(policy, parsed(nquads))
        # What is said to come after the policy already, though that is not there, would make a circle of its link.
        alone = not store.revisions_of(policy)
        if alone and store.add_policy(policy, nquads + link_line(policy, earlier)):
            lineage.note(policy, earlier)
        else:
            changed = store.add_policy(policy, nquads) or store.write_policy(policy, parsed(nquads))
            if not lineage.link(policy, earlier):
                return changed
        self.revisions[policy] = earlier
        return True

    def _earlier(
        self, lineage: Lineage, policy: str, source: str, nquads: bytes, by_name: bool
    ) -> str | None:
        """The version that a policy is to come after; None where there is none, or where it is that one's equal."""
        if self._last and self._versions:
            return _last_before(lineage, policy, self._last)
        if not self._last and self._revision_of is not None:
            return _last_before(lineage, policy, policy_named(lineage.store, self._revision_of))
        return self._of_the_same_name(lineage, policy, source, nquads) if by_name else None

    def _of_the_same_name(self, lineage: Lineage, policy: str, source: str, nquads: bytes) -> str | None:
        """The policy of a store that a newly mapped one takes the place of, without having been told.

        It was read from a file or address of the same name, and is of the same controller or, where a text names none
        or another one, has much of the same text. So two companies whose files are both called ``privacy.html`` stay
        apart. And so do two files that held one text, and that this run has found to differ now.
        """
        store = lineage.store
        others = store.named_by_source(source) - {policy}
        if not others:
            return None  # as for nearly all of a new corpus, whose quads then need not be looked at here
        heads = {lineage.newest(each) for each in others}
        if policy in heads:
            return None
        new = _Publisher(policy, nquads)
        fitting = [head for head in sorted(heads - self.revisions.keys()) if new.has_published(store, head)]
        return max(fitting, key=lambda each: (policy_date(store, each) or date.min, each), default=None)


def _last_before(lineage: Lineage, policy: str, earlier: str) -> str | None:
    """The last version after one that a policy is to follow, so that each has but one after it."""
    newest = earlier if lineage.before(policy) == earlier else lineage.newest(earlier)
    return None if newest == policy else newest


class _Publisher:
    """Who published a new policy, by its graph.

    Attributes:
        controllers: The controllers of the policy as a whole.
    """

    def __init__(self, policy: str, nquads: bytes) -> None:
        own = f"<{policy}> ".encode()
        said = b"".join(line for line in nquads.splitlines(keepends=True) if line.startswith(own))
        self._said = [(quad.predicate.value, getattr(quad.object, "value", "")) for quad in parsed(said)]
        self.controllers = {value for step, value in self._said if step == _CONTROLLER}

    @cached_property
    def runs(self) -> frozenset[_Run]:
        """The runs of words in its text."""
        return _runs(value for step, value in self._said if step == _TEXT)

    def has_published(self, store: GraphStore, policy: str) -> bool:
        """Whether a policy of a store is another version of the new one, not that of another company."""
        controllers = {*store.said(policy, _CONTROLLER)}
        if controllers & self.controllers:
            return True
        wanted = _MUCH_ALIKE if controllers and self.controllers else _ALIKE
        return _likeness(_runs(store.said(policy, _TEXT)), self.runs) >= wanted


def _likeness(one: frozenset[_Run], other: frozenset[_Run]) -> float:
    """The Jaccard index of the runs of words in two texts; each has one at least."""
    return len(one & other) / len(one | other)


def _runs(texts: Iterable[str]) -> frozenset[_Run]:
    words = _WORDS.findall("\n".join(texts).casefold())
    return frozenset(tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))
