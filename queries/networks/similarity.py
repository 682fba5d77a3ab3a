"""Which policies are alike in what they do.

A policy is taken as the set of what its practices do with what: an operation with a category of data, with a purpose,
with a recipient (``dpv:Collect`` with ``pd:EmailAddress``). The ``weight`` of an edge is the Jaccard index of two such
sets, the number of what both do by the number of what either does (P. Jaccard: The distribution of the flora in the
alpine zone, New Phytologist 11(2), 1912). ``cosine`` is the number of what both do by the square root of the product of
what each does, which is kinder to a short policy beside a long one.

Each policy keeps the edges to the few that are most like it, so that a thousand policies stay a network that can be
looked at. ``shared`` names what they share, what few policies do first, and ``evidence`` is where each of the two says
so. The network has no direction: an edge leads from the IRI that is first in the alphabet to the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import read
from privagraph.queries.networks.row import PracticeRow
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["AT_LEAST", "NEAREST", "similarity"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Deed: TypeAlias = tuple[str, str, str]
"""Polarity, operation, and what it is done with."""

AT_LEAST = 0.1
"""Policies that are less alike have no edge."""
NEAREST = 5
"""With how many others a policy is joined, unless they choose it too."""
_SHOWN = 5
"""For how many of the deeds that two policies share the words are given."""
_ROWS = 512
"""How many policies are compared with all others at a time."""


def similarity(
    store: GraphStore, filters: Filters, *, at_least: float = AT_LEAST, nearest: int = NEAREST
) -> _Network:
    """Which policies are alike.

    Args:
        store: The graph.
        filters: Which practices count; those that are done where the polarity is not said.
        at_least: The least Jaccard index of an edge.
        nearest: To how many of those most like it each policy keeps an edge.

    Returns:
        The network; a policy that is like no other is a node without edges.

    Raises:
        GraphError: There is no such policy.
    """
    import networkx

    reading = read(store, filters, otherwise="affirmed")
    deeds: dict[str, dict[_Deed, dict[str, Any]]] = {policy: {} for policy in sorted(reading.policies)}
    for row in reading.rows:
        for deed in _deeds(row):
            deeds[row.policy].setdefault(deed, row.evidence)
    common = Counter(deed for found in deeds.values() for deed in found)
    network: _Network = networkx.MultiDiGraph(symmetric=True)
    for policy in deeds:
        network.add_node(policy, **reading.node(policy), deeds=len(deeds[policy]))
    for (one, other), shared in sorted(_nearest(deeds, at_least, nearest).items()):
        sizes = len(deeds[one]), len(deeds[other])
        both = sorted(deeds[one].keys() & deeds[other].keys(), key=lambda deed: (common[deed], deed))
        evidence = {
            record["practice"]: record
            for deed in both[:_SHOWN]
            for record in (deeds[one][deed], deeds[other][deed])
        }
        network.add_edge(
            one,
            other,
            "similar",
            label=f"share {shared} of {sum(sizes) - shared}",
            property="",
            polarity="denied" if filters.polarity == "denied" else "affirmed",
            weight=round(shared / (sum(sizes) - shared), 4),
            cosine=round(shared / (sizes[0] * sizes[1]) ** 0.5, 4),
            shared=[_told(deed, reading.label) for deed in both[:_SHOWN]],
            policies=[one, other],
            evidence=list(evidence.values()),
            quotes=list(dict.fromkeys(each["quote"] for each in evidence.values())),
        )
    return network


def _deeds(row: PracticeRow) -> list[_Deed]:
    about = (*row.data, *row.purposes, *row.recipients)
    return [(row.polarity, row.processing, value) for value in about]


def _told(deed: _Deed, label: Callable[[str], str]) -> str:
    polarity, processing, value = deed
    return f"{'Not ' if polarity == 'denied' else ''}{label(processing)}: {label(value)}"


def _nearest(
    deeds: Mapping[str, Mapping[_Deed, object]], at_least: float, nearest: int
) -> dict[tuple[str, str], int]:
    """How many deeds two policies share, for each two of which one is among the nearest of the other."""
    import numpy

    columns = {
        deed: place for place, deed in enumerate(sorted({deed for found in deeds.values() for deed in found}))
    }
    policies = sorted(deeds)
    does = numpy.zeros((len(policies), len(columns)), dtype=numpy.float32)
    for place, policy in enumerate(policies):
        does[place, [columns[deed] for deed in deeds[policy]]] = 1
    sizes = does.sum(axis=1)
    found: dict[tuple[str, str], int] = {}
    for first in range(0, len(policies), _ROWS):
        shared = does[first : first + _ROWS] @ does.T
        either = sizes[first : first + _ROWS, None] + sizes[None, :] - shared
        alike = shared / numpy.maximum(either, 1)
        for row in range(len(alike)):
            place = first + row
            alike[row, place] = -1  # not with itself
            for other in numpy.argsort(-alike[row], kind="stable")[:nearest]:
                if alike[row, other] >= at_least and shared[row, other]:
                    ends = sorted((policies[place], policies[int(other)]))
                    found[ends[0], ends[1]] = int(shared[row, other])
    return found
