"""Which version of a policy a newly mapped one takes the place of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

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
        self, store: GraphStore, policy: str, quads: Iterable[ox.Quad], *, by_name: bool = True
    ) -> bool:
        """Make quads the graph of a policy, see :meth:`GraphStore.write_policy`.

        Args:
            store: The graph.
            policy: The policy's IRI.
            quads: All quads of its graph.
            by_name: Whether a policy of the graph that was read from a file of the same name may be the version before
                it, where nothing else was said.

        Returns:
            Whether anything changed.

        Raises:
            GraphError: The graph holds no policy of the name that was given, or cannot be written.
        """
        found = list(quads)
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
    fitting = [head for head in sorted(heads) if _is_of_the_same(store.unsorted_quads(head), quads)]
    dates = policy_dates(store)
    return max(fitting, key=lambda each: (dates.get(each) or date.min, each), default=None)


def _is_of_the_same(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> bool:
    """Whether two graphs are those of two versions of one policy, not of two companies."""
    (controllers, text), (other_controllers, other_text) = _publisher(old), _publisher(new)
    if controllers & other_controllers:
        return True
    wanted = _MUCH_ALIKE if controllers and other_controllers else _ALIKE
    return _likeness(text, other_text) >= wanted


def _publisher(quads: Iterable[ox.Quad]) -> tuple[set[str], str]:
    """Who is the controller of the policy as a whole, and its text."""
    controllers: set[str] = set()
    text = ""
    for subject, predicate, value, graph in quads:
        if subject != graph:
            continue
        if predicate.value == _CONTROLLER and isinstance(value, ox.NamedNode):
            controllers.add(value.value)
        elif predicate.value == _TEXT and isinstance(value, ox.Literal):
            text = value.value
    return controllers, text


def _likeness(one: str, other: str) -> float:
    """The Jaccard index of the runs of words in two texts."""
    runs = [_runs(one), _runs(other)]
    union = runs[0] | runs[1]
    return len(runs[0] & runs[1]) / len(union) if union else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORDS.findall(text.casefold())
    return {tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1))}
