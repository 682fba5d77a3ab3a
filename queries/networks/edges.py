"""Edges that add up practices: who they join, how many rest on each, and in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from privagraph.queries.networks.reading import Reading

if TYPE_CHECKING:
    import networkx

__all__ = ["Gathered", "by_count", "told"]

_TOLD = 3
"""The most categories of data that a label names."""


class Gathered:
    """Edges while they are gathered.

    An edge is told by its two ends and its key; adding the same thing to an edge twice counts once.
    """

    def __init__(self) -> None:
        self._fixed: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._records: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        self._counted: dict[tuple[str, str, str], dict[str, Counter[str]]] = defaultdict(
            lambda: defaultdict(Counter)
        )

    def add(
        self,
        ends: tuple[str, str],
        key: str,
        record: dict[str, Any],
        *,
        fixed: Mapping[str, Any],
        counted: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Let an edge rest on one practice, or mention, more.

        Args:
            ends: Source and target.
            key: What tells the edge from others between these ends.
            record: The evidence of the practice or mention.
            fixed: Attributes that all practices of the edge have alike: ``property``, ``polarity``, and ``label``
                where it is not what the edge carries.
            counted: IRIs that become attributes of the edge, the most frequent first, with their labels beside.
        """
        edge = (*ends, key)
        name = _name(record)
        if name in self._records[edge]:
            return
        self._fixed.setdefault(edge, dict(fixed))
        self._records[edge][name] = record
        for attribute, values in (counted or {}).items():
            self._counted[edge][attribute].update(values)

    def network(self, reading: Reading, **about: Any) -> networkx.MultiDiGraph[str]:
        """The edges with their nodes, in sorted order.

        Args:
            reading: What knows the nodes.
            **about: Attributes of the network.
        """
        import networkx

        made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(**about)
        for node in sorted({end for edge in self._records for end in edge[:2]}):
            made.add_node(node, **reading.node(node))
        for edge in sorted(self._records):
            records = sorted(
                self._records[edge].values(),
                key=lambda each: (each["policy"], each["start"], _name(each)),
            )
            attributes = dict(self._fixed[edge])
            for name, counts in self._counted[edge].items():
                attributes[name] = by_count(counts)
                attributes[f"{name}_labels"] = [reading.label(each) for each in attributes[name]]
            attributes.setdefault(
                "label", told(attributes.get("data_labels", ()), polarity=attributes["polarity"])
            )
            made.add_edge(
                *edge,
                **attributes,
                weight=len(records),
                policies=sorted({each["policy"] for each in records}),
                evidence=records,
                quotes=list(dict.fromkeys(each["quote"] for each in records)),
            )
        return made


def _name(record: Mapping[str, Any]) -> str:
    """What tells a record from others."""
    return str(record.get("practice") or record["mention"])


def by_count(counts: Mapping[str, int]) -> list[str]:
    """The keys, the most frequent first, those that are as frequent in the order of the alphabet."""
    return sorted(counts, key=lambda each: (-counts[each], each))


def told(labels: Sequence[str], *, polarity: str) -> str:
    """What an edge carries, in a few words.

    Example:
        >>> told(["Name", "Email Address", "Location", "Age"], polarity="affirmed")
        'Name, Email Address, Location +1'
        >>> told([], polarity="denied")
        'not: data'
    """
    more = f" +{len(labels) - _TOLD}" if len(labels) > _TOLD else ""
    return ("not: " if polarity == "denied" else "") + (", ".join(labels[:_TOLD]) or "data") + more
