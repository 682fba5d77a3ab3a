"""What a picture of a graph is made of: nodes in their places, edges with their words, frames, and what colours mean.

A scene knows nothing of how it is drawn. SVG, PNG, the page of HTML and the explorer draw the same one.

As JSON (:meth:`Scene.as_json`), lengths are in pixels, places are of centres, y grows downwards::

    {"title": "...", "view": "practices", "directed": true, "layout": "columns", "width": 1200, "height": 800,
     "notes": ["..."],
     "groups": [{"name": "data", "title": "Personal data", "fill": "#e3f4e8", "line": "#2f855a", "count": 12}],
     "policies": {"https://.../policy/1": "Privacy notice (acme.html)"},
     "frames": [{"title": "Personal data", "group": "data", "x": 0, "y": 0, "width": 200, "height": 400}],
     "nodes": [{"id": "https://...", "label": "Email Address", "lines": ["Email Address"], "kind": "concept",
                "group": "data", "x": 100, "y": 20, "width": 120, "height": 32, "polarity": "", "modality": "",
                "facts": [["Kind", "Concept"]], "evidence": []}],
     "edges": [{"id": "e1", "source": "https://...", "target": "https://...", "label": "personal data",
                "property": "dpv:hasPersonalData", "group": "data", "polarity": "affirmed", "modality": "asserted",
                "weight": 1, "implied": false, "by": [], "facts": [], "evidence":
                [{"policy": "https://.../policy/1", "start": 10, "end": 20, "quote": "your e-mail"}]}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Edge", "Evidence", "Facts", "Frame", "Group", "Node", "Scene"]

_NAMED = 6
"""How many policies a subtitle names."""

Facts = tuple[tuple[str, str], ...]
"""What a side panel says of a node or an edge: names and values, in order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a policy.

    Attributes:
        policy: IRI of the policy.
        start: Where they begin in its text, in characters.
        end: Where they end.
        quote: The words.
    """

    policy: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node.

    Attributes:
        id: Its IRI.
        label: Its name.
        lines: The label as it stands in the node's box.
        kind: What it is: policy, practice, agent, concept, phrase and so on.
        group: One of :data:`~privagraph.queries.drawing.looks.LOOKS`.
        x: Where its middle is.
        y: Where its middle is.
        width: How wide its box is.
        height: How high its box is.
        polarity: ``affirmed`` or ``denied``; empty where it is neither.
        modality: ``asserted``, ``possible`` or ``required`` of a practice; else empty.
        facts: What else is known of it.
        evidence: The words behind it.
    """

    id: str
    label: str
    lines: tuple[str, ...]
    kind: str
    group: str
    x: float
    y: float
    width: float
    height: float
    polarity: str = ""
    modality: str = ""
    facts: Facts = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge.

    Attributes:
        id: Its name in the scene.
        source: IRI of the node that it leaves.
        target: IRI of the node that it leads to.
        label: What it says, in a few words.
        property: The property that it stands for, as a CURIE; empty where it stands for none.
        group: The group whose colour it has.
        polarity: ``affirmed`` or ``denied``; empty where it is neither.
        modality: ``possible`` where all that it rests on may be done; ``required`` where it must; else ``asserted``.
        weight: How much it rests on.
        implied: Whether a frame or another edge shows it already, so that it is not drawn.
        by: The points that it runs through between the two nodes, where it passes others by.
        facts: What else is known of it.
        evidence: The words behind it.
    """

    id: str
    source: str
    target: str
    label: str
    property: str
    group: str
    polarity: str
    modality: str
    weight: float
    implied: bool = False
    by: tuple[tuple[float, float], ...] = ()
    facts: Facts = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around nodes that belong together.

    Attributes:
        title: What it says at its top; empty where a node says it.
        group: The group whose colour it has.
        x: Its left side.
        y: Its top.
        width: How wide it is.
        height: How high it is.
    """

    title: str
    group: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the legend.

    Attributes:
        name: One of :data:`~privagraph.queries.drawing.looks.LOOKS`.
        title: What it is called.
        fill: Colour inside, on a light ground.
        line: Colour of borders and edges, on a light ground.
        count: How many nodes have it.
    """

    name: str
    title: str
    fill: str
    line: str
    count: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of a graph, before it is drawn.

    Attributes:
        title: What is seen.
        view: The view that it is of; empty where it is of none.
        directed: Whether edges have arrows.
        layout: ``columns`` where edges run from left to right, ``springs`` where what is joined is near.
        width: How wide it is.
        height: How high it is.
        nodes: The nodes, sorted by IRI.
        edges: The edges.
        groups: The groups of its nodes, in the order of the legend.
        frames: Boxes around nodes.
        policies: The titles of the policies that evidence is from, by IRI.
        notes: What a person should know of it, such as what was left out. Sentences.
    """

    title: str
    view: str
    directed: bool
    layout: str
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...] = ()
    frames: tuple[Frame, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def subtitle(self) -> str:
        """Which policies it is of: the titles of a few, and how many more."""
        names = list(self.policies.values())
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more

    def as_json(self) -> dict[str, Any]:
        """The scene as JSON has it; Any, because its values are of several types."""
        return asdict(self)
