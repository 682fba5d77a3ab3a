"""Which two versions of a policy are compared where only the policy is named."""

from __future__ import annotations

from privagraph.errors import GraphError
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import links_of

__all__ = ["version_pair"]


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
        raise GraphError(
            store.location, f"holds no earlier version of {policy}", "name the two policies to compare"
        )
    return before, policy
