"""Edges of scenes: one for each edge of a network, or for several that nobody could tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.ontology.namespaces import compact
from privagraph.queries.drawing.content import edge_facts, evidence_of, modality_of
from privagraph.queries.drawing.model import Edge, Evidence

if TYPE_CHECKING:
    import networkx

__all__ = ["edges_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Key: TypeAlias = tuple[str, str, str]

_SIDE_BY_SIDE = 4
"""So many edges from one node to another can be told apart."""
_NAMED = 2
"""How many of several edges a label names."""


def edges_of(
    network: _Network, groups: Mapping[str, str], hidden: Collection[_Key]
) -> tuple[list[Edge], tuple[str, ...]]:
    """The edges, and what is to be said of them.

    Args:
        network: A network.
        groups: The group of each node.
        hidden: The edges, by their ends and keys, that something else shows.
    """
    alike: dict[tuple[str, ...], list[_Key]] = defaultdict(list)
    for source, target, key, data in network.edges(keys=True, data=True):
        alike[source, target, str(data.get("property") or ""), str(data.get("polarity") or "")].append(
            (source, target, key)
        )
    found: list[Edge] = []
    joined = 0
    for together in alike.values():
        if len(together) > _SIDE_BY_SIDE and not set(together) & set(hidden):
            joined += len(together)
            found.append(_joined(f"e{len(found) + 1}", network, groups, together))
            continue
        for each in together:
            found.append(_edge(f"e{len(found) + 1}", network, groups, each, implied=each in hidden))
    note = f"{joined:,} edges that run side by side are drawn together, as {_bundles(alike, hidden):,}."
    return found, (note,) if joined else ()


def _bundles(alike: Mapping[tuple[str, ...], Sequence[_Key]], hidden: Collection[_Key]) -> int:
    return sum(len(each) > _SIDE_BY_SIDE and not set(each) & set(hidden) for each in alike.values())


def _edge(name: str, network: _Network, groups: Mapping[str, str], edge: _Key, *, implied: bool) -> Edge:
    source, target, key = edge
    data: dict[str, Any] = network.edges[source, target, key]
    stated = network.nodes[source].get("modality")
    return Edge(
        id=name,
        source=source,
        target=target,
        label=str(data["label"]),
        property=compact(data["property"]) if data.get("property") else "",
        group=groups[target],
        polarity=str(data.get("polarity") or ""),
        modality=str(stated or modality_of(data.get("evidence") or ())),
        weight=float(data.get("weight") or 1),
        implied=implied,
        facts=edge_facts(data),
        evidence=evidence_of(data),
    )


def _joined(name: str, network: _Network, groups: Mapping[str, str], together: Sequence[_Key]) -> Edge:
    """One edge for several; what each of them says becomes a fact."""
    edges = [_edge("", network, groups, each, implied=False) for each in together]
    labels = list(dict.fromkeys(edge.label for edge in edges))
    more = f" +{len(labels) - _NAMED}" if len(labels) > _NAMED else ""
    modalities = {edge.modality for edge in edges}
    said = [
        (edge.label, ", ".join(value for name, value in edge.facts if name == "Purposes")) for edge in edges
    ]
    first = edges[0]
    return Edge(
        id=name,
        source=first.source,
        target=first.target,
        label=", ".join(labels[:_NAMED]) + more,
        property=first.property,
        group=first.group,
        polarity=first.polarity,
        modality=modalities.pop() if len(modalities) == 1 else "asserted",
        weight=max(edge.weight for edge in edges),
        facts=(("Property", first.property), ("Edges", str(len(edges))), *_by_name(said)),
        evidence=_distinct(each for edge in edges for each in edge.evidence),
    )


def _by_name(said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is carried, each with all that it is for."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in said:
        found[name] += [value] if value else []
    return [
        (name, "for " + "; ".join(dict.fromkeys(values)) if values else "–") for name, values in found.items()
    ]


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Words, each once, in the order of the text."""
    return tuple(sorted(set(evidence), key=lambda each: (each.policy, each.start, each.end)))
