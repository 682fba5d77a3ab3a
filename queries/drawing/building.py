"""Makes a scene of a network: what is chosen of it, in its place and with its look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from privagraph.queries.drawing.choosing import chosen, strongest
from privagraph.queries.drawing.content import evidence_of, node_facts
from privagraph.queries.drawing.edges import edges_of
from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.implied import ORIGIN, controllers, implied
from privagraph.queries.drawing.looks import LOOKS
from privagraph.queries.drawing.model import Edge, Frame, Group, Node, Scene
from privagraph.queries.drawing.options import MOST
from privagraph.queries.drawing.placing import columns, flow, springs
from privagraph.queries.drawing.text import lines_of, width_of

if TYPE_CHECKING:
    import networkx

__all__ = ["Layout", "scene"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
Layout: TypeAlias = Literal["columns", "flow", "springs"]

_LAYOUTS: Mapping[str, Layout] = {
    "full": "columns",
    "practices": "columns",
    "flows": "flow",
    "flows-by-data": "flow",
}
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
_BOLD = 1.07
"""How much wider bold letters are."""
_LINE = 15.0
_PADDING = (13.0, 8.0)
_WIDEST = {"practice": 214.0, "policy": 200.0}
_WIDER, _MANY = 310.0, 24
"""How wide practices are, and from how many on, so that a column of them is not higher than it must be."""
_WIDEST_OTHER = 150.0


def scene(
    network: _Network,
    *,
    view: str = "",
    title: str | None = None,
    layout: Layout | None = None,
    most: int = MOST,
    titles: Mapping[str, str] | None = None,
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
        titles: What the policies are called, by IRI; needed for policies that are no nodes themselves.

    Returns:
        The scene; the same network gives the same scene.
    """
    notes: list[str] = []
    way = layout or _LAYOUTS.get(view, "springs")
    groups = grouped(network)
    hidden: set[tuple[str, str, str]] = set()
    responsible: dict[str, str] = {}
    if way == "columns":
        hidden = implied(network, groups)
        responsible = {
            policy: str(network.nodes[agent]["label"]) for policy, agent in controllers(network).items()
        }
        network, note = _without_undrawn(network, hidden)
        notes += note
    network, note = chosen(network, most)
    notes += note
    symmetric = bool(network.graph.get("symmetric"))
    if symmetric:
        network, note = strongest(network)
        notes += note
    practices = sum(data["kind"] == "practice" for _, data in network.nodes(data=True))
    widest = _WIDEST | ({"practice": _WIDER} if way == "columns" and practices > _MANY else {})
    nodes = {
        node: _node(node, data, groups[node], widest, responsible.get(node))
        for node, data in network.nodes(data=True)
    }
    edges, note = edges_of(network, groups, hidden)
    notes += note
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
        nodes, by = flow(nodes, drawn)
        edges = [replace(edge, by=by.get(edge.id, ())) for edge in edges]
    else:
        nodes = springs(nodes, drawn)
    nodes, edges, frames, width, height = _at_origin(nodes, edges, frames)
    if not nodes:
        notes.append("There is nothing to draw.")
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
        policies=_policies(titles or {}, nodes, edges),
        notes=tuple(notes),
    )


def _without_undrawn(
    network: _Network, hidden: set[tuple[str, str, str]]
) -> tuple[_Network, tuple[str, ...]]:
    """Without the nodes to which no drawn edge leads; policies and practices stay."""
    ends = {end for *edge, key in network.edges(keys=True) if (*edge, key) not in hidden for end in edge}
    stay = {
        node
        for node, data in network.nodes(data=True)
        if node in ends or data["kind"] in ("policy", "practice")
    }
    origin = sum(data["kind"] in ORIGIN for node, data in network.nodes(data=True) if node not in stay)
    note = f"Not drawn: {origin} nodes that say where the graph came from." if origin else ""
    return network.subgraph(sorted(stay)).copy(), (note,) if note else ()


def _node(
    node: str, data: dict[str, Any], group: str, widest: Mapping[str, float], controller: str | None
) -> Node:
    kind = str(data["kind"])
    label, modality = str(data["label"]), str(data.get("modality") or "")
    shown = f"{label} ({_MAY[modality]})" if modality in _MAY else label
    size = FONT * _BOLD if kind == "policy" else FONT
    lines = lines_of(shown, widest.get(kind, _WIDEST_OTHER), size)
    if controller:
        lines += lines_of(f"Controller: {controller}", widest["policy"], size, most=2)
    width = max(width_of(line, size) for line in lines)
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


def _groups(nodes: Mapping[str, Node]) -> tuple[Group, ...]:
    counts = Counter(node.group for node in nodes.values())
    return tuple(
        Group(name, look.title, look.fill, look.line, counts[name])
        for name, look in LOOKS.items()
        if counts[name]
    )


def _policies(titles: Mapping[str, str], nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, str]:
    """What the policies are called that words are from."""
    items: list[Node | Edge] = [*nodes.values(), *edges]
    told = {each.policy for item in items for each in item.evidence}
    told |= {node.id for node in nodes.values() if node.kind == "policy"}
    return {
        policy: titles.get(policy) or (nodes[policy].label if policy in nodes else _last(policy))
        for policy in sorted(told - {""})
    }


def _last(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2]


def _at_origin(
    nodes: Mapping[str, Node], edges: Sequence[Edge], frames: Sequence[Frame]
) -> tuple[dict[str, Node], list[Edge], tuple[Frame, ...], float, float]:
    """The same picture with its upper left corner at 0, 0, and its size."""
    if not nodes:
        return {}, [], (), 0.0, 0.0
    left = min([*(node.x - node.width / 2 for node in nodes.values()), *(frame.x for frame in frames)])
    top = min([*(node.y - node.height / 2 for node in nodes.values()), *(frame.y for frame in frames)])
    placed = {
        name: replace(node, x=round(node.x - left, 1), y=round(node.y - top, 1))
        for name, node in nodes.items()
    }
    led = [
        replace(edge, by=tuple((round(x - left, 1), round(y - top, 1)) for x, y in edge.by)) for edge in edges
    ]
    framed = tuple(
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
        [*(node.x + node.width / 2 for node in placed.values()), *(each.x + each.width for each in framed)]
    )
    bottom = max(
        [*(node.y + node.height / 2 for node in placed.values()), *(each.y + each.height for each in framed)]
    )
    return placed, led, framed, round(right, 1), round(bottom, 1)
