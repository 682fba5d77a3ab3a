"""Which categories of data are named together: in one practice, and in one policy.

Two categories have an edge when a practice is about both; in the other view, when the practices of a policy name both.
Its ``weight`` is the number of practices, or of policies; ``lift`` and ``pmi`` say whether that is more than chance
would have it. With ``n`` practices (or policies) that name data, ``a`` the one, ``b`` the other and ``w`` both:

* ``lift`` = ``w · n / (a · b)``; 1 is chance, 2 is twice as often. S. Brin, R. Motwani, J. Ullman, S. Tsur: Dynamic
  itemset counting and implication rules for market basket data, SIGMOD 1997, where it is called interest;
* ``pmi`` = log2 of that, pointwise mutual information. K. W. Church, P. Hanks: Word association norms, mutual
  information, and lexicography, Computational Linguistics 16(1), 1990.

Both make much of pairs that are rare; look at the weight besides. ``narrower`` says that one category is narrower than
the other ("contact details such as your e-mail address"), so that they are together by their meaning.

The network has no direction: an edge leads from the IRI that is first in the alphabet to the other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.queries.networks.filters import Filters, is_or_is_under
from privagraph.queries.networks.reading import read
from privagraph.queries.networks.row import PracticeRow
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["EVIDENCE", "together_in_policies", "together_in_practices"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Record: TypeAlias = dict[str, Any]
_Basket: TypeAlias = dict[str, list[_Record]]
"""Categories of data with the passages that name them."""

EVIDENCE = 50
"""The most passages that an edge carries whose weight counts policies; the weight counts all."""


def together_in_practices(store: GraphStore, filters: Filters) -> _Network:
    """Which data are named together in a practice.

    Args:
        store: The graph.
        filters: Which practices; those that are done where the polarity is not said. With data asked for, the edges
            that have them, or what is narrower, at an end.

    Raises:
        GraphError: There is no such policy.
    """
    return _together(store, filters, _by_practice, ("practice", "practices"))


def together_in_policies(store: GraphStore, filters: Filters) -> _Network:
    """Which data are named together in a policy, by whichever of its practices.

    Args:
        store: The graph.
        filters: As in :func:`together_in_practices`.

    Returns:
        The network; an edge carries the first passages of each policy, up to :data:`EVIDENCE` in all.

    Raises:
        GraphError: There is no such policy.
    """
    return _together(store, filters, _by_policy, ("policy", "policies"))


def _together(
    store: GraphStore,
    filters: Filters,
    parted: Callable[[Iterable[PracticeRow]], list[_Basket]],
    unit: tuple[str, str],
) -> _Network:
    import networkx

    reading = read(store, replace(filters, data=None), otherwise="affirmed")
    network: _Network = networkx.MultiDiGraph(symmetric=True)
    edges: dict[tuple[str, str, str], _Record] = {}
    named: dict[str, dict[str, int]] = defaultdict(dict)
    for polarity, mark in (("affirmed", ""), ("denied", " denied")):
        baskets = parted(row for row in reading.rows if row.data and row.polarity == polarity)
        counts = Counter(each for basket in baskets for each in basket)
        for category, count in counts.items():
            named[category][f"in_{unit[1]}{mark.replace(' ', '_')}"] = count
        for (one, other), found in _pairs(baskets, filters.data).items():
            lift = len(found) * len(baskets) / (counts[one] * counts[other])
            evidence = _evidence(found, one, other, most=EVIDENCE if unit[0] == "policy" else None)
            edges[one, other, f"together{mark}"] = {
                "label": f"in {len(found)} {unit[len(found) > 1]}{mark}",
                "property": "",
                "polarity": polarity,
                "lift": round(lift, 4),
                "pmi": round(math.log2(lift), 4),
                "narrower": is_or_is_under(one, other) or is_or_is_under(other, one),
                "weight": len(found),
                "policies": sorted({record["policy"] for basket in found for record in basket[one]}),
                "evidence": evidence,
                "quotes": list(dict.fromkeys(each["quote"] for each in evidence)),
            }
    ends = {end for edge in edges for end in edge[:2]}
    for category in sorted(ends if filters.data else named):
        network.add_node(category, **reading.node(category), **named[category])
    for edge in sorted(edges):
        network.add_edge(*edge, **edges[edge])
    return network


def _by_practice(rows: Iterable[PracticeRow]) -> list[_Basket]:
    return [{category: [row.evidence] for category in row.data} for row in rows]


def _by_policy(rows: Iterable[PracticeRow]) -> list[_Basket]:
    policies = defaultdict[str, _Basket](dict)
    for row in rows:
        for category in row.data:
            policies[row.policy].setdefault(category, []).append(row.evidence)
    return list(policies.values())


def _pairs(baskets: Iterable[_Basket], wanted: str | None) -> dict[tuple[str, str], list[_Basket]]:
    """The baskets that hold both of two categories, for each two of which one is wanted."""
    found = defaultdict[tuple[str, str], list[_Basket]](list)
    fits: dict[str, bool] = {}
    for basket in baskets:
        for category in basket.keys() - fits.keys():
            fits[category] = wanted is None or is_or_is_under(category, wanted)
        for one, other in combinations(sorted(basket), 2):
            if fits[one] or fits[other]:
                found[one, other].append(basket)
    return found


def _evidence(baskets: Iterable[_Basket], one: str, other: str, *, most: int | None) -> list[_Record]:
    """The first passage of each basket that names either, those that name both once."""
    records: dict[str, _Record] = {}
    for basket in baskets:
        if most is not None and len(records) >= most:
            break
        for category in (one, other):
            first = basket[category][0]
            records.setdefault(first["practice"], first)
    return list(records.values())
