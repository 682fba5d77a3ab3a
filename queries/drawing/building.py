"""Scenes from networks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from privagraph.ontology.namespaces import compact
from privagraph.queries.drawing.choosing import chosen, strongest
from privagraph.queries.drawing.content import edge_facts, evidence_of, modality_of, node_facts
from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.implied import implied
from privagraph.queries.drawing.looks import LOOKS
from privagraph.queries.drawing.model import Edge, Frame, Group, Node, Scene
from privagraph.queries.drawing.placing import columns, flow, springs
from privagraph.queries.drawing.text import lines_of, width_of

if TYPE_CHECKING:
    import networkx

__all__ = ["MOST", "Layout", "scene"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
Layout: TypeAlias = Literal["columns", "flow", "springs"]

MOST = 500
"""The most nodes of a picture, unless told otherwise."""
_LAYOUTS: dict[str, Layout] = {"practices": "columns", "flows": "flow", "flows-by-data": "flow"}
_TITLES = {
    "full": "Everything in the graph",
    "practices": "What is done with which data, and why",
    "flows": "Who gives data to whom",
    "flows-by-data": "Who gives which data to whom",
    "sharing": "Who shares with whom",
    "data": "Data that are named together in a practice",
    "data-in-policies": "Data that are named together in a policy",
    "similarity": "Policies that are alike",
}
FONT = 12.0
"""Size of the letters in a box."""
_LINE = 15.0
_PADDING = (13.0, 8.0)
_WIDEST = {"practice": 214.0, "policy": 200.0}
_WIDEST_OTHER = 150.0


def scene(
    network: _Network,
    *,
    view: str = "",
    title: str | None = None,
    layout: Layout | None = None,
    most: int = MOST,
) -> Scene:
    """A picture of a network.

    Args:
        network: One of :data:`~privagraph.queries.networks.VIEWS`, or a part of one.
        view: Which of them; decides on title and layout.
        title: What stands above the picture; made from the view when None.
        layout: ``columns``: practices in the middle, data on the left, purposes and recipients on the right; ``flow``:
            from those who give to those who get; ``springs``: what is joined is near. By the view when None, and
            ``springs`` where there is no view.
        most: How many nodes it may show; of more, the first policies or the most joined nodes stay, and ``notes``
            says so.

    Returns:
        The scene; the same network gives the same scene.
    """
    notes: list[str] = []
    network, note = chosen(network, most)
    notes += note
    symmetric = bool(network.graph.get("symmetric"))
    if symmetric:
        network, note = strongest(network)
        notes += note
    way = layout or _LAYOUTS.get(view, "springs")
    groups = grouped(network)
    hidden = implied(network, groups) if way == "columns" else set()
    if way == "columns":
        network = _without_undrawn(network, hidden)
    nodes = {node: _node(node, data, groups[node], network) for node, data in network.nodes(data=True)}
    edges = _edges(network, groups, hidden)
    drawn = [edge for edge in edges if not edge.implied]
    frames: tuple[Frame, ...] = ()
    if way == "columns":
        home = {
            end: source
            for source, end in network.edges()
            if network.nodes[source]["kind"] == "policy" and network.nodes[end]["kind"] == "practice"
        }
        nodes, frames = columns(nodes, drawn, home)
    elif way == "flow":
        nodes = flow(nodes, drawn)
    else:
        nodes = springs(nodes, drawn)
    nodes, frames, width, height = _at_origin(nodes, frames)
    return Scene(
        title=title or _TITLES.get(view, "Graph"),
        view=view,
        directed=not symmetric,
        layout="springs" if way == "springs" else "columns",
        width=width,
        height=height,
        nodes=tuple(nodes[name] for name in sorted(nodes)),
        edges=tuple(edges),
        groups=_groups(nodes),
        frames=frames,
        policies=_policies(network, nodes, edges),
        notes=tuple(notes),
    )


def _without_undrawn(network: _Network, hidden: set[tuple[str, str, str]]) -> _Network:
    """Without the nodes to which no drawn edge leads; policies and practices stay."""
    ends = {end for *edge, key in network.edges(keys=True) if (*edge, key) not in hidden for end in edge}
    stay = {
        node for node, kind in network.nodes(data="kind") if node in ends or kind in ("policy", "practice")
    }
    return network.subgraph(sorted(stay)).copy()


def _node(node: str, data: dict[str, Any], group: str, network: _Network) -> Node:
    kind = str(data["kind"])
    label, modality = str(data["label"]), str(data.get("modality") or "")
    shown = f"{label} ({_MAY[modality]})" if modality in _MAY else label
    lines = lines_of(shown, _WIDEST.get(kind, _WIDEST_OTHER), FONT)
    width = max(width_of(line, FONT) for line in lines)
    return Node(
        id=node,
        label=label,
        lines=lines,
        kind=kind,
        group=group,
        x=0.0,
        y=0.0,
        width=round(max(width, 30) + 2 * _PADDING[0], 1),
        height=len(lines) * _LINE + 2 * _PADDING[1],
        polarity=str(data.get("polarity") or ""),
        modality=modality,
        facts=node_facts(node, data),
        evidence=evidence_of(data),
    )


_MAY = {"possible": "may", "required": "must"}


def _edges(network: _Network, groups: dict[str, str], hidden: set[tuple[str, str, str]]) -> list[Edge]:
    found: list[Edge] = []
    for number, (source, target, key, data) in enumerate(network.edges(keys=True, data=True), start=1):
        source_modality = network.nodes[source].get("modality")
        found.append(
            Edge(
                id=f"e{number}",
                source=source,
                target=target,
                label=str(data["label"]),
                property=compact(data["property"]) if data.get("property") else "",
                group=groups[target],
                polarity=str(data.get("polarity") or ""),
                modality=str(source_modality or modality_of(data.get("evidence") or ())),
                weight=float(data.get("weight") or 1),
                implied=(source, target, key) in hidden,
                facts=edge_facts(data),
                evidence=evidence_of(data),
            )
        )
    return found


def _groups(nodes: dict[str, Node]) -> tuple[Group, ...]:
    counts = Counter(node.group for node in nodes.values())
    return tuple(
        Group(name, look.title, look.fill, look.line, counts[name])
        for name, look in LOOKS.items()
        if counts[name]
    )


def _policies(network: _Network, nodes: dict[str, Node], edges: list[Edge]) -> dict[str, str]:
    told = {each.policy for item in (*nodes.values(), *edges) for each in item.evidence}
    told |= {node.id for node in nodes.values() if node.kind == "policy"}
    return {
        policy: nodes[policy].label if policy in nodes else policy.rstrip("/").rpartition("/")[2]
        for policy in sorted(told - {""})
    }


def _at_origin(
    nodes: dict[str, Node], frames: tuple[Frame, ...]
) -> tuple[dict[str, Node], tuple[Frame, ...], float, float]:
    """The same picture with its upper left corner at 0, 0, and its size."""
    if not nodes:
        return nodes, frames, 0.0, 0.0
    left = min([node.x - node.width / 2 for node in nodes.values()] + [frame.x for frame in frames])
    top = min([node.y - node.height / 2 for node in nodes.values()] + [frame.y for frame in frames])
    nodes = {
        name: replace(node, x=round(node.x - left, 1), y=round(node.y - top, 1))
        for name, node in nodes.items()
    }
    frames = tuple(
        replace(
            frame,
            x=round(frame.x - left, 1),
            y=round(frame.y - top, 1),
            width=round(frame.width, 1),
            height=round(frame.height, 1),
        )
        for frame in frames
    )
    right = max(
        [node.x + node.width / 2 for node in nodes.values()] + [each.x + each.width for each in frames]
    )
    bottom = max(
        [node.y + node.height / 2 for node in nodes.values()] + [each.y + each.height for each in frames]
    )
    return nodes, frames, round(right, 1), round(bottom, 1)
