"""Versions of a policy that stand in one graph, compared by their names."""

from __future__ import annotations

from privagraph.errors import GraphError
from privagraph.ontology.reading import read_policy
from privagraph.queries.choice import policy_named
from privagraph.queries.differences.changes import PolicyDiff
from privagraph.queries.differences.comparison import diff_policies
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries
from privagraph.queries.versions import links_of

__all__ = ["diff_named", "version_pair"]


def version_pair(store: GraphStore, policy: str) -> tuple[str, str]:
    """A version of a policy and the one before it.

    Args:
        store: The graph.
        policy: IRI of the newer version.

    Returns:
        The IRIs of the older and the newer version.

    Raises:
        GraphError: The graph holds no version before it.
    """
    before = links_of(store).get(policy)
    if before is None:
        names = {
            each.iri: each.sources[0] if each.sources else each.title for each in policy_summaries(store)
        }
        raise GraphError(
            store.location,
            f"holds no earlier version of {names.get(policy, policy)}",
            "name the two policies to compare",
        )
    return before, policy


def diff_named(store: GraphStore, old: str, new: str | None = None) -> PolicyDiff:
    """What differs between two policies of a graph.

    Args:
        store: The graph.
        old: The old version, by any of its names; alone, the new one, which is compared with the one before it.
        new: The new version.

    Raises:
        GraphError: The graph holds no such policy, or no version before it.
    """
    policy = policy_named(store, old)
    pair = version_pair(store, policy) if new is None else (policy, policy_named(store, new))
    return diff_policies(*(read_policy(each, store.unsorted_quads(each)) for each in pair))
