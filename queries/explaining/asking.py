"""Questions about one node."""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox

from privagraph.queries.store import GraphStore

__all__ = ["Row", "rows_about"]

Row: TypeAlias = dict[str, ox.NamedNode | ox.Literal]


def rows_about(store: GraphStore, iri: str, columns: str, pattern: str) -> list[Row]:
    """The rows of a pattern in which ``?node`` is one node.

    Args:
        store: The graph.
        iri: The node.
        columns: Names of the variables to select, between blanks.
        pattern: The pattern, without braces around it.
    """
    names = columns.split()
    head = " ".join(f"?{name}" for name in (*names, "node"))
    found = store.query(f"SELECT DISTINCT {head} {{ {pattern} }}", bindings={"node": ox.NamedNode(iri)})
    assert isinstance(found, ox.QuerySolutions)  # a SELECT query has no other answer
    return [{name: row[name] for name in names} for row in found]
