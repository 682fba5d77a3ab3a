"""Where the nodes of a scene stand: practices in columns, flows from left to right, all else by springs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
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
_FLOW_GAP, _FLOW_ASIDE = 20.0, 260.0
_PASSING = 4.0
"""Room for an edge that passes a column by."""
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
    by_practice = {
        end for edge in edges for end in (edge.source, edge.target) if nodes[edge.source].kind == "practice"
    }
    by_policy = {edge.target for edge in edges if nodes[edge.source].kind == "policy"} - by_practice
    sides: list[dict[str, list[str]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
    apart = {node.id for node in (*practices, *policies)}
    for node in nodes.values():
        if node.id not in apart:
            left = COLUMNS[node.group].left
            side = 2 if node.id in by_policy and not left else 0 if left else 1
            sides[side][node.group].append(node.id)
    tall = max(_tallness(nodes, middle.values()), _tallness(nodes, sides[1].values()))
    sides[2:] = _halved(nodes, sides[2], tall)
    blocks = [
        [Block(name, tuple(side[name]), above=_HEADING, below=_MARGIN) for name in COLUMNS if name in side]
        for side in sides
    ]
    header = {policy.id: policy.height for policy in policies}
    centre = [
        Block(name, tuple(members), above=header.get(name, 0) + 2 * _MARGIN, below=_MARGIN)
        if members
        else Block("", (name,))
        for name, members in middle.items()
    ]
    across = [column for column in (blocks[0], centre, *blocks[1:]) if column]
    placed = _across(nodes, across, [(edge.source, edge.target) for edge in edges])
    return _framed(placed, across, header)


def flow(
    nodes: _Nodes, edges: Sequence[Edge]
) -> tuple[dict[str, Node], dict[str, tuple[tuple[float, float], ...]]]:
    """From those who give, on the left, to those who get, on the right.

    Args:
        nodes: The nodes.
        edges: The edges that are drawn.

    Returns:
        The nodes in their places, and for each edge that passes columns by, through which points it runs there.
    """
    levels = _levels(nodes, edges)
    across: list[list[Block]] = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for node, level in sorted(levels.items()):
        across[level].append(Block("", (node,)))
    all_nodes = dict(nodes)
    links: list[tuple[str, str]] = []
    passing: dict[tuple[str, str], list[str]] = {}
    for source, target in sorted({(edge.source, edge.target) for edge in edges}):
        first, last = levels[source], levels[target]
        step = 1 if last > first else -1
        stops = (
            [f"{source} {target} {level}" for level in range(first + step, last, step)]
            if first != last
            else []
        )
        for stop, level in zip(stops, range(first + step, last, step), strict=False):
            all_nodes[stop] = replace(nodes[source], id=stop, width=0.0, height=_PASSING)
            across[level].append(Block("", (stop,)))
        passing[source, target] = stops
        way = [source, *stops, target]
        links += pairwise(way) if first != last else []
    placed = _across(all_nodes, across, links, gap=_FLOW_GAP, between=_FLOW_GAP, aside=_FLOW_ASIDE)
    by = {
        edge.id: tuple((placed[stop].x, placed[stop].y) for stop in passing[edge.source, edge.target])
        for edge in edges
        if passing[edge.source, edge.target]
    }
    return {name: placed[name] for name in nodes}, by


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


def _tallness(nodes: _Nodes, blocks: Iterable[Sequence[str]]) -> float:
    """How high a column with these blocks is, about."""
    return sum(sum(nodes[node].height + _GAP for node in block) + _HEADING + _BETWEEN for block in blocks)


def _halved(nodes: _Nodes, side: Mapping[str, list[str]], tall: float) -> list[dict[str, list[str]]]:
    """The groups of a column over as many columns as keep it from being the highest."""
    found: list[dict[str, list[str]]] = [{}]
    for name in COLUMNS:
        if name in side:
            if found[-1] and _tallness(nodes, [*found[-1].values(), side[name]]) > tall:
                found.append({})
            found[-1][name] = side[name]
    return found


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
    links: Iterable[tuple[str, str]],
    *,
    gap: float = _GAP,
    between: float = _BETWEEN,
    aside: float = _ASIDE,
) -> dict[str, Node]:
    """The nodes in their columns, all of a column as wide as its widest."""
    columns_of = {
        node: place for place, column in enumerate(across) for block in column for node in block.members
    }
    middles = arranged(
        across,
        {node: nodes[node].height for node in columns_of},
        [
            (one, other)
            for one, other in links
            if columns_of.get(one, -1) != columns_of.get(other, -1) and {one, other} <= columns_of.keys()
        ],
        gap=gap,
        between=between,
    )
    placed = dict(nodes)
    x = 0.0
    for column in across:
        members = [node for block in column for node in block.members]
        width = max((nodes[node].width for node in members), default=0.0)
        width = max([width, *(nodes[block.name].width for block in column if block.name in nodes)])
        for node in members:
            wide = width if nodes[node].width else 0.0
            placed[node] = replace(nodes[node], x=x + width / 2, y=middles[node], width=wide)
        for block in column:
            if block.name in nodes:  # a policy, which heads its practices
                top = min(middles[node] - nodes[node].height / 2 for node in block.members) - block.above
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
            if not block.name:
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
