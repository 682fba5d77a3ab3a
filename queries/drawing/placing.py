"""Where the nodes of a scene stand: practices in columns, flows from left to right, all else by springs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from privagraph.queries.drawing.layers import Block, arranged
from privagraph.queries.drawing.looks import COLUMNS
from privagraph.queries.drawing.model import Edge, Frame, Node
from privagraph.queries.drawing.springs import sprung

__all__ = ["columns", "flow", "springs"]

_Nodes: TypeAlias = Mapping[str, Node]

_GAP = 9.0
_BETWEEN = 26.0
_ASIDE = 190.0
"""Room between two columns."""
_HEADING = 34.0
_MARGIN = 12.0
"""Room between a frame and what is in it."""


def columns(
    nodes: _Nodes, edges: Sequence[Edge], home: Mapping[str, str]
) -> tuple[dict[str, Node], tuple[Frame, ...]]:
    """Practices in the middle, in a frame for each policy; data and sources on the left, all else on the right.

    Args:
        nodes: The nodes.
        edges: The edges that are drawn.
        home: The policy of each practice.

    Returns:
        The nodes in their places, and frames around those of a policy and of a group.
    """
    practices = [node for node in nodes.values() if node.kind == "practice"]
    policies = [node for node in nodes.values() if node.kind == "policy"]
    middle: dict[str, list[str]] = {policy.id: [] for policy in policies}
    for node in sorted(practices, key=lambda each: (each.evidence[0].start if each.evidence else 0, each.id)):
        middle.setdefault(home.get(node.id, ""), []).append(node.id)
    reached = {edge.target for edge in edges if nodes[edge.source].kind in ("policy", "practice")}
    sides: list[dict[str, list[str]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
    apart = {node.id for node in (*practices, *policies)}
    for node in nodes.values():
        if node.id not in apart:
            left = COLUMNS[node.group].left
            side = 2 if node.id not in reached and not left else 0 if left else 1
            sides[side][node.group].append(node.id)
    blocks = [
        [Block(name, tuple(side[name]), above=_HEADING, below=_MARGIN) for name in COLUMNS if name in side]
        for side in sides
    ]
    header = {policy.id: policy.height for policy in policies}
    centre = [
        Block(name, tuple(members), above=header.get(name, 0) + 2 * _MARGIN, below=_MARGIN)
        for name, members in middle.items()
    ]
    across = [column for column in (blocks[0], centre, *blocks[1:]) if column]
    placed = _across(nodes, across, edges)
    return _framed(placed, across, header)


def flow(nodes: _Nodes, edges: Sequence[Edge]) -> dict[str, Node]:
    """From those who give, on the left, to those who get, on the right.

    Args:
        nodes: The nodes.
        edges: The edges that are drawn.
    """
    levels = _levels(nodes, edges)
    across = [
        [Block("", tuple(sorted(node for node, level in levels.items() if level == each)))]
        for each in sorted(set(levels.values()))
    ]
    return _across(nodes, across, edges, gap=22.0, aside=270.0)


def springs(nodes: _Nodes, edges: Sequence[Edge]) -> dict[str, Node]:
    """What is joined is near.

    Args:
        nodes: The nodes.
        edges: The edges that are drawn.
    """
    pulls: dict[tuple[str, str], float] = {}
    for edge in edges:
        if edge.source != edge.target:
            ends = min(edge.source, edge.target), max(edge.source, edge.target)
            pulls[ends] = pulls.get(ends, 0) + 1
    sizes = {node.id: (node.width, node.height) for node in nodes.values()}
    found = sprung(sizes, [(*ends, 1.0) for ends in pulls])
    return {name: replace(node, x=found[name][0], y=found[name][1]) for name, node in nodes.items()}


def _levels(nodes: _Nodes, edges: Sequence[Edge]) -> dict[str, int]:
    """How far each node is from those who give alone; nodes that give to each other stand in one column."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted((edge.source, edge.target) for edge in edges if edge.source != edge.target))
    rings = networkx.condensation(graph)
    level: dict[int, int] = {}
    for ring in networkx.lexicographical_topological_sort(rings):
        level[ring] = max((level[before] + 1 for before in rings.predecessors(ring)), default=0)
    for ring in reversed(
        list(networkx.lexicographical_topological_sort(rings))
    ):  # givers beside those who get
        after = [level[each] for each in rings.successors(ring)]
        members = rings.nodes[ring]["members"]
        if after and not any(nodes[node].group in ("subject", "source") for node in members):
            level[ring] = max(level[ring], min(after) - 1)
    return {node: level[ring] for ring, data in rings.nodes(data=True) for node in data["members"]}


def _across(
    nodes: _Nodes,
    across: Sequence[Sequence[Block]],
    edges: Sequence[Edge],
    *,
    gap: float = _GAP,
    aside: float = _ASIDE,
) -> dict[str, Node]:
    """The nodes in their columns, all of a column as wide as its widest."""
    columns_of = {
        node: place for place, column in enumerate(across) for block in column for node in block.members
    }
    links = [
        (edge.source, edge.target)
        for edge in edges
        if edge.source in columns_of
        and edge.target in columns_of
        and columns_of[edge.source] != columns_of[edge.target]
    ]
    middles = arranged(
        across, {node: nodes[node].height for node in columns_of}, links, gap=gap, between=_BETWEEN
    )
    placed = dict(nodes)
    x = 0.0
    for column in across:
        members = [node for block in column for node in block.members]
        width = max((nodes[node].width for node in members), default=0.0)
        width = max([width, *(nodes[block.name].width for block in column if block.name in nodes)])
        for node in members:
            placed[node] = replace(nodes[node], x=x + width / 2, y=middles[node], width=width)
        for block in column:
            if block.name in nodes:  # a policy, which heads its practices
                first = block.members[0] if block.members else None
                top = middles[first] - nodes[first].height / 2 - block.above if first else 0.0
                head = nodes[block.name]
                placed[head.id] = replace(
                    head, x=x + width / 2, y=top + _MARGIN + head.height / 2, width=width
                )
        x += width + aside
    return placed


def _framed(
    placed: dict[str, Node], across: Sequence[Sequence[Block]], header: Mapping[str, float]
) -> tuple[dict[str, Node], tuple[Frame, ...]]:
    frames: list[Frame] = []
    for column in across:
        for block in column:
            members = [placed[node] for node in block.members]
            if block.name in header:
                members.append(placed[block.name])
            if not members or not block.name:
                continue
            left = min(node.x - node.width / 2 for node in members) - _MARGIN
            right = max(node.x + node.width / 2 for node in members) + _MARGIN
            above = _MARGIN if block.name in header else _HEADING - 6
            top = min(node.y - node.height / 2 for node in members) - above
            bottom = max(node.y + node.height / 2 for node in members) + _MARGIN
            policy = block.name in header
            frames.append(
                Frame(
                    title="" if policy else COLUMNS[block.name].title,
                    group="policy" if policy else block.name,
                    x=left,
                    y=top,
                    width=right - left,
                    height=bottom - top,
                )
            )
    return placed, tuple(frames)
