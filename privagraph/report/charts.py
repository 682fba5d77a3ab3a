"""Pictures as plain values: shapes with their places, each of which leads to words, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.report.values import Ref

__all__ = ["Chart", "ChartRow", "Link", "Node", "curve", "shortened"]


@dataclass(frozen=True, slots=True)
class Node:
    """A bar or a dot with its label.

    Attributes:
        x: Its left edge.
        y: Its upper edge.
        width: How wide it is.
        height: How high it is.
        label: What stands beside it.
        full: The label where it is not cut, and how many statements there are.
        label_x: Where the label begins, or ends.
        anchor: ``start`` or ``end``, as SVG has it.
        colour: Number of its colour; 0 for grey.
        target: The anchor of the row that leads to its words.
    """

    x: float
    y: float
    width: float
    height: float
    label: str
    full: str
    label_x: float
    anchor: str
    colour: int
    target: str

    @property
    def label_y(self) -> float:
        """Where the label stands: beside the middle of the shape."""
        return round(self.y + self.height / 2 + 4.5, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """A band or a line between two nodes: its path, its width, its colour, what it says, where it leads."""

    path: str
    width: float
    colour: int
    full: str
    target: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of the table that says the same as a picture."""

    id: str
    cells: tuple[str, ...]
    number: int
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture.

    Attributes:
        id: What its anchors begin with.
        title: What it shows, in a sentence, for whoever does not see it.
        width: In its own units.
        height: In its own units.
        heads: Titles of the columns: text, x, and ``start``, ``middle`` or ``end``.
        nodes: Its bars and dots.
        links: Its bands and lines.
        columns: Titles of the table's columns.
        rows: The table's rows.
        notes: What was left out, and how to read it.
    """

    id: str
    title: str
    width: int
    height: int
    heads: tuple[tuple[str, float, str], ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    notes: tuple[str, ...]


def curve(x0: float, y0: float, x1: float, y1: float) -> str:
    """The path from one point to another that leaves and enters it level."""
    middle = (x0 + x1) / 2
    return f"M{x0:g},{y0:.1f}C{middle:g},{y0:.1f} {middle:g},{y1:.1f} {x1:g},{y1:.1f}"


def shortened(label: str, longest: int) -> str:
    """A label that fits into so many characters."""
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"
