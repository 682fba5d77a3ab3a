"""What of a picture is shown: without the kinds of nodes and edges that the reader hid.

``explorer-filters.js`` hides the same in the browser, where it must not take a moment.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from privagraph.queries.drawing import Edge, Scene
from privagraph.web.exploring.around import kind_title
from privagraph.web.exploring.choice import Hidden

__all__ = ["EdgeKind", "edge_kinds", "shown"]


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge.

    Attributes:
        name: The property as a CURIE; empty where edges stand for none.
        title: The property in words.
        group: The group of most nodes that such edges lead to.
        count: How many edges there are.
    """

    name: str
    title: str
    group: str
    count: int


def edge_kinds(scene: Scene) -> tuple[EdgeKind, ...]:
    """The kinds of edges of a picture, the most frequent first.

    Args:
        scene: The picture.
    """
    groups: dict[str, Counter[str]] = {}
    for edge in scene.edges:
        groups.setdefault(edge.property, Counter())[edge.group] += 1
    kinds = (
        EdgeKind(
            name,
            kind_title(name) if name else "together" if scene.view.startswith("data") else "alike",
            min(counts, key=lambda group: (-counts[group], group)),
            counts.total(),
        )
        for name, counts in groups.items()
    )
    return tuple(sorted(kinds, key=lambda kind: (-kind.count, kind.name)))


def shown(scene: Scene, hidden: Hidden) -> Scene:
    """A picture without what is hidden.

    A node goes with its kind, with its modality, and when edges led to it before and none does any more because their
    kinds are hidden.

    Args:
        scene: The picture.
        hidden: What is hidden.

    Returns:
        The same picture, nothing moved, with the counts of its legend as they are then.
    """
    if hidden == Hidden():
        return scene
    left = [edge for edge in scene.edges if not _hides(hidden, edge)]
    joined = {end for edge in scene.edges for end in (edge.source, edge.target)}
    still = {end for edge in left for end in (edge.source, edge.target)}
    nodes = tuple(
        node
        for node in scene.nodes
        if node.group not in hidden.groups
        and not (node.modality and node.modality in hidden.modalities)
        and (node.id in still or node.id not in joined)
    )
    names = {node.id for node in nodes}
    counts = Counter(node.group for node in nodes)
    groups = (replace(group, count=counts[group.name]) for group in scene.groups if counts[group.name])
    return replace(
        scene,
        nodes=nodes,
        edges=tuple(edge for edge in left if edge.source in names and edge.target in names),
        groups=tuple(groups),
        frames=tuple(frame for frame in scene.frames if frame.group not in hidden.groups),
    )


def _hides(hidden: Hidden, edge: Edge) -> bool:
    return edge.property in hidden.edges or edge.modality in hidden.modalities
