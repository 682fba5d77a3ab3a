"""Which policies a command compares: files and addresses, graphs that hold one policy, or policies of one graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from privagraph.ontology.reading import PolicyView
    from privagraph.queries.store import GraphStore

__all__ = ["Chosen", "chosen_policies", "read_chosen"]

Chosen = list[tuple["GraphStore", str]]
"""Policies by their IRIs, each with the graph that holds it."""


@contextmanager
def chosen_policies(names: Sequence[str], graph: str | None) -> Iterator[Chosen]:
    """The policies that somebody named on the command line; their graphs are open for as long as it lasts.

    Args:
        names: With a graph, names of policies of it, or none for all of them. Without, policy files, addresses, and
            graphs that hold one policy.
        graph: The graph's folder or file; None where there is none.

    Raises:
        GraphError: The graph cannot be read, or holds no such policy; or a graph among the names holds several.
        InputError: A file is no policy.
    """
    from privagraph.queries.comparison.gathering import policies_to_compare
    from privagraph.queries.store import GraphStore

    with ExitStack() as open_:
        if graph is not None:
            store = open_.enter_context(GraphStore.open(graph))
            yield [(store, policy) for policy in policies_to_compare(store, names)]
            return
        stores = [open_.enter_context(_mapped(name)) for name in names]
        yield [(store, _only(store, name)) for store, name in zip(stores, names, strict=True)]


def read_chosen(chosen: Chosen) -> list[PolicyView]:
    """The policies as plain values."""
    from privagraph.ontology.reading import read_policy

    return [read_policy(policy, store.unsorted_quads(policy)) for store, policy in chosen]


@contextmanager
def _mapped(name: str) -> Iterator[GraphStore]:
    """The graph of one of the names: opened where it is one, else made in memory."""
    from privagraph.queries.formats import format_of
    from privagraph.queries.store import GraphStore, is_store

    path = Path(name)
    if is_store(path) or (path.is_file() and format_of(path) is not None):
        with GraphStore.open(path) as store:
            yield store
        return
    from privagraph.graph import KnowledgeGraph

    if path.is_dir():
        raise click.UsageError(f"{name} is a folder; name the policy file in it.")
    with KnowledgeGraph.map(name) as made:
        yield made.store


def _only(store: GraphStore, name: str) -> str:
    """The one policy of a graph."""
    from privagraph.errors import GraphError

    policies = store.policies()
    if len(policies) != 1:
        many = f"holds {len(policies)} policies" if policies else "holds no policy"
        raise GraphError(name, many, "name the policies, and this graph with --graph")
    return policies[0]
