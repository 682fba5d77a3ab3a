"""Where the nodes and bands of a Sankey diagram go.

The idea of the layout is d3-sankey's (https://github.com/d3/d3-sankey, BSD-3-Clause; its code is not used): nodes of a
layer stand below each other with heights as their flow, then move in a few rounds towards the weighted middle of what
they are linked to, first from the left, then from the right, each round followed by pushing apart what overlaps.
Links leave and enter a node in the order of the nodes at their other end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Band", "Box", "laid_out"]

_ROUNDS = 8
_COOLING = 0.9


@dataclass(slots=True)
class Box:
    """A node: its layer, its upper edge and its height."""

    name: str
    layer: int
    top: float = 0.0
    height: float = 0.0

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A link: where its middle leaves one node and enters the other, and how wide it is."""

    source: str
    target: str
    start: float
    end: float
    width: float


def laid_out(
    layers: Sequence[Sequence[str]],
    flows: Mapping[tuple[str, str], float],
    *,
    height: float,
    gap: float,
) -> tuple[dict[str, Box], list[Band]]:
    """Place the nodes and links of a diagram.

    Args:
        layers: The nodes of each layer, by names that are unique over all of them, in the order to begin with.
        flows: How much flows from a node to one of the next layer.
        height: How much room there is from top to bottom.
        gap: The room between two nodes of a layer.

    Returns:
        The nodes by their names, and the links in the order of ``flows``.
    """
    volume = {
        name: max(
            sum(value for (source, _), value in flows.items() if source == name),
            sum(value for (_, target), value in flows.items() if target == name),
        )
        for layer in layers
        for name in layer
    }
    totals = [(len(layer), sum(volume[name] for name in layer)) for layer in layers]
    scale = min(((height - gap * (count - 1)) / total for count, total in totals if total), default=0.0)
    boxes: dict[str, Box] = {}
    columns: list[list[Box]] = []
    for number, layer in enumerate(layers):
        column = [Box(name, number, height=volume[name] * scale) for name in layer]
        top = 0.0
        for box in column:
            box.top = top
            top += box.height + gap
        boxes.update((box.name, box) for box in column)
        columns.append(column)
    alpha = 1.0
    for _ in range(_ROUNDS):
        alpha *= _COOLING
        for column in columns[1:]:
            _drawn(column, boxes, flows, alpha, forwards=True)
            _parted(column, height, gap)
        for column in columns[-2::-1]:
            _drawn(column, boxes, flows, alpha, forwards=False)
            _parted(column, height, gap)
    for column in columns:
        _parted(column, height, gap)
    return boxes, _bands(boxes, flows, scale)


def _drawn(
    column: list[Box],
    boxes: Mapping[str, Box],
    flows: Mapping[tuple[str, str], float],
    alpha: float,
    *,
    forwards: bool,
) -> None:
    """Move the nodes of a layer towards what they are linked to on one side."""
    for box in column:
        near = [
            (boxes[source if forwards else target].middle, value)
            for (source, target), value in flows.items()
            if (target if forwards else source) == box.name
        ]
        total = sum(value for _, value in near)
        if total:
            box.top += (sum(middle * value for middle, value in near) / total - box.middle) * alpha


def _parted(column: list[Box], height: float, gap: float) -> None:
    """Push nodes of a layer apart, and back into the room."""
    column.sort(key=lambda box: (box.middle, box.name))
    least = 0.0
    for box in column:
        box.top = max(box.top, least)
        least = box.top + box.height + gap
    most = height
    for box in reversed(column):
        box.top = min(box.top, most - box.height)
        most = box.top - gap


def _bands(boxes: Mapping[str, Box], flows: Mapping[tuple[str, str], float], scale: float) -> list[Band]:
    leaving: dict[tuple[str, str], float] = {}
    entering: dict[tuple[str, str], float] = {}
    for name, box in boxes.items():
        at = box.top
        for pair in sorted((p for p in flows if p[0] == name), key=lambda p: (boxes[p[1]].middle, p[1])):
            leaving[pair] = at + flows[pair] * scale / 2
            at += flows[pair] * scale
        at = box.top
        for pair in sorted((p for p in flows if p[1] == name), key=lambda p: (boxes[p[0]].middle, p[0])):
            entering[pair] = at + flows[pair] * scale / 2
            at += flows[pair] * scale
    return [Band(*pair, leaving[pair], entering[pair], value * scale) for pair, value in flows.items()]
