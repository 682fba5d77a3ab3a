"""What is said of one node, as data."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from privagraph.queries.formats import sorted_quads
from privagraph.web.linked.view import found_among
from privagraph.web.sparql.answering import LimitedStream, written_triples
from privagraph.web.sparql.formats import GRAPHS

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["resource_data"]

_LEADING = 1_000
"""How many statements that lead to a node are told with it."""
_OF_GRAPHS = ("trig", "nquads")


def resource_data(store: GraphStore, iri: str, format_name: str, *, limit: int) -> bytes | None:
    """The statements about a node, and the first that lead to it.

    Args:
        store: The graph.
        iri: Its IRI.
        format_name: The name of the format to write; TriG and N-Quads say which graph each statement is in.
        limit: How many bytes it may be.

    Returns:
        The statements; None where nothing has that IRI.

    Raises:
        QueryLimitError: They are too many.
    """
    if found_among(store, [iri]) is None:
        return None
    leading = islice(store.matching(target=iri), _LEADING)
    quads = sorted_quads(set(chain(store.matching(subject=iri), leading)))
    stream = LimitedStream(limit)
    format_ = next(each for each in GRAPHS if each.name == format_name)
    if format_.name in _OF_GRAPHS:
        written_triples(iter(quads), stream, format_)
    else:
        written_triples((quad.triple for quad in quads), stream, format_)
    return stream.getvalue()
