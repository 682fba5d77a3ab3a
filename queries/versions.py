"""Versions of one policy that live in one graph: which came after which, and which is in force on a day.

A newer version is ``prov:wasRevisionOf`` the one before it (https://www.w3.org/TR/prov-o/#wasRevisionOf), said in the
newer one's graph. Each has one before it and one after it at most, so that the versions of a policy are a chain. The
last of a chain is the current one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.queries.lineage import Lineage
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_dates

__all__ = [
    "Version",
    "chain_of",
    "chains_of",
    "current_of",
    "in_force",
    "link",
    "links_of",
    "policies_to_ask",
]

_LINKS = "SELECT ?policy ?before WHERE { GRAPH ?policy { ?policy prov:wasRevisionOf ?before } }"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a policy.

    Attributes:
        policy: Its IRI.
        since: The day from which it holds: its effective date, else that of its last update; None where it gives none.
    """

    policy: str
    since: date | None


def links_of(store: GraphStore) -> dict[str, str]:
    """The version before each newer one, by the newer one's IRI."""
    found = store.query(_LINKS)
    assert isinstance(found, ox.QuerySolutions)  # a SELECT query has no other answer
    return dict(sorted((row["policy"].value, row["before"].value) for row in found))


def chain_of(links: Mapping[str, str], policy: str) -> tuple[str, ...]:
    """All versions of a policy, oldest first; itself alone where there are no others."""
    return chains_of(links, [policy])[policy]


def chains_of(links: Mapping[str, str], policies: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """All versions of each of some policies, see :func:`chain_of`; quicker than one after the other."""
    after = {old: new for new, old in links.items()}
    return {policy: (*_onward(links, policy)[::-1], policy, *_onward(after, policy)) for policy in policies}


def _onward(steps: Mapping[str, str], policy: str) -> tuple[str, ...]:
    """Where steps lead from a policy; in a circle, which no run of ours makes, once around."""
    passed = {policy: None}
    while (policy := steps.get(policy, policy)) not in passed:
        passed[policy] = None
    return tuple(passed)[1:]


def current_of(links: Mapping[str, str], policies: Iterable[str]) -> tuple[str, ...]:
    """Those policies that no other is a revision of, in their order."""
    superseded = set(links.values())
    return tuple(policy for policy in policies if policy not in superseded)


def in_force(versions: Sequence[Version], day: date) -> str | None:
    """The version that holds on a day.

    Args:
        versions: The versions of one policy, oldest first.
        day: The day.

    Returns:
        The newest that began on that day or before it. Where none of them has such a date: the oldest if it has no date
        at all, else None, since the policy was not in force yet.
    """
    for version in reversed(versions):
        if version.since is not None and version.since <= day:
            return version.policy
    return versions[0].policy if versions and versions[0].since is None else None


def policies_to_ask(
    store: GraphStore, *, on: date | None = None, all_versions: bool = False
) -> frozenset[str] | None:
    """The policies that a question is about, where it does not name one.

    Args:
        store: The graph.
        on: Ask those that are in force on this day.
        all_versions: Ask those too that were replaced; not together with a day.

    Returns:
        IRIs of policies; None where all of the graph are meant, which is quicker to ask.

    Raises:
        GraphError: No policy of the graph is in force on that day.
    """
    links = {} if all_versions else links_of(store)
    if on is None:
        return frozenset(current_of(links, store.policies())) if links else None
    dates = policy_dates(store)
    heads = current_of(links, store.policies())
    chains = (
        [Version(each, dates.get(each)) for each in chain] for chain in chains_of(links, heads).values()
    )
    found = frozenset(policy for chain in chains if (policy := in_force(chain, on)) is not None)
    if not found and heads:
        first = min(filter(None, dates.values()), default=None)
        hint = f"the earliest begins on {first}" if first else "none of them has a date"
        raise GraphError(store.location, f"holds no policy that is in force on {on}", hint)
    return found


def link(store: GraphStore, policy: str, earlier: str) -> bool:
    """Make a policy of a store the version after another one of it, see :meth:`Lineage.link`.

    Returns:
        Whether that changed anything.

    Raises:
        GraphError: The graph is not open for writing, or one of the two is not in it.
    """
    known = store.policies()
    for each in (policy, earlier):
        if each not in known:
            raise GraphError(
                store.location, f"holds no policy {each}", "`privagraph query policies` lists them"
            )
    if policy == earlier:
        raise GraphError(store.location, f"{policy} cannot be a revision of itself", "name the older version")
    return Lineage(store).link(policy, earlier)
