"""The network as a Mermaid flowchart, for Markdown pages and wikis.

Nodes have the colours of the Graphviz picture; what a policy denies is red and dashed; the practices of a policy stand
in a frame. Under each node and edge a comment holds what a flowchart has no place for: the node's IRI and types, the
edge's property, polarity, policies and all its words. Offsets, confidence and other attributes are in no flowchart.

Mermaid draws 500 edges and 50,000 characters and no more, unless the page that shows it says otherwise (``maxEdges``
and ``maxTextSize``, which a chart cannot set itself). A single file is written whole, with a note when it is larger.
In a folder, a chart that is too large becomes several, each within the limits, and each edge is in one of them.

Syntax: https://mermaid.js.org/syntax/flowchart.html; limits: https://mermaid.js.org/config/schema-docs/config.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privagraph.ontology.namespaces import compact
from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.looks import DENIED, LOOKS
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

if TYPE_CHECKING:
    import networkx

__all__ = ["MAX_CHARACTERS", "MAX_EDGES", "write"]

MAX_EDGES = 500
"""The most edges that Mermaid draws unless told otherwise."""

MAX_CHARACTERS = 50_000
"""The most characters that Mermaid reads unless told otherwise."""

_FRAME = 4_000
"""Characters that the head and the styles of a chart may take."""
_LONGEST = 120
"""Characters of a label that are drawn."""
_SHAPES = {
    "policy": ("[[", "]]"),
    "practice": ("(", ")"),
    "denied": ("(", ")"),
    "data": ("([", "])"),
    "purpose": ("{{", "}}"),
    "basis": ("[/", "/]"),
    "retention": ("[(", ")]"),
    "place": ("[\\", "/]"),
    "right": (">", "]"),
}
_RISKY = re.compile(r"""["#&<>;:`%\\{}|*~]|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]""")
"""What Mermaid would read as its own syntax, as Markdown or as HTML inside a quoted text."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge and its ends, as lines of a chart."""

    source: str
    target: str
    lines: tuple[str, str]
    denied: bool

    @property
    def size(self) -> int:
        return sum(map(len, self.lines)) + 20


def write(source: Source, output: Output) -> Written:
    """Write the network as one flowchart, or as several in a folder."""
    network = source.network
    chart = _Chart(network)
    parts = list(chart.parts()) if output.folder else [chart.edges]
    names = [f"graph-{number}.mmd" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [None]
    largest = 0
    for place, (name, edges) in enumerate(zip(names, parts, strict=True)):
        text = "\n".join(chart.lines(edges, lonely=place == 0)) + "\n"
        largest = max(largest, len(text))
        with output.open(name) as stream:
            stream.write(text.encode())
    if output.folder:
        keep = {file.name for file in output.files}
        for file in output.path.glob("graph*.mmd"):
            if file.name not in keep and re.fullmatch(r"graph(-\d+)?\.mmd", file.name):
                file.unlink()  # of an earlier export that had more parts
        return Written.of(network)
    if len(chart.edges) > MAX_EDGES or largest > MAX_CHARACTERS:
        return Written.of(network, _too_large(len(chart.edges), largest))
    return Written.of(network)


def _too_large(edges: int, characters: int) -> str:
    return (
        f"Mermaid draws {MAX_EDGES} edges and {MAX_CHARACTERS:,} characters, and this chart has {edges:,} and "
        f"{characters:,}. Choose a smaller view (--view flows) or fewer practices (--policy, --data), let --output "
        "name a folder, which gets charts within the limits, or raise maxEdges and maxTextSize where it is shown."
    )


class _Chart:
    """A network as lines of flowcharts.

    Attributes:
        edges: All edges, those of one policy together.
    """

    def __init__(self, network: networkx.MultiDiGraph[str]) -> None:
        self._network = network
        self._group = grouped(network)
        self._ids = {node: f"n{number}" for number, node in enumerate(network, start=1)}
        self._frames: dict[str, str] = {
            target: source
            for source, target in network.edges()
            if self._group[source] == "policy" and self._group[target] in ("practice", "denied")
        }
        arrows = ("---", "-.-") if network.graph.get("symmetric") else ("-->", "-.->")
        edges = sorted(network.edges(data=True), key=lambda edge: edge[2]["policies"][:1])
        self.edges = tuple(self._edge(*edge, arrows) for edge in edges)

    def parts(self) -> Iterator[Sequence[_Edge]]:
        """The edges in portions that are within Mermaid's limits."""
        part: list[_Edge] = []
        nodes: set[str] = set()
        size = _FRAME + sum(self._size(node) for node in self._lonely())
        for edge in self.edges:
            new = {edge.source, edge.target} - nodes
            more = edge.size + sum(map(self._size, new))
            if part and (len(part) == MAX_EDGES or size + more > MAX_CHARACTERS):
                yield part
                part, nodes, size = [], set(), _FRAME
                new = {edge.source, edge.target}
                more = edge.size + sum(map(self._size, new))
            part.append(edge)
            nodes |= new
            size += more
        yield part

    def lines(self, edges: Sequence[_Edge], *, lonely: bool) -> Iterator[str]:
        """The lines of one chart.

        Args:
            edges: Its edges.
            lonely: Whether the nodes that no edge has are in it too.
        """
        used = {end for edge in edges for end in (edge.source, edge.target)}
        nodes = [
            node for node in self._network if node in used or (lonely and not self._network.degree(node))
        ]
        yield "flowchart LR"
        for policy in sorted({self._frames[node] for node in nodes if node in self._frames}):
            title = _text(self._network.nodes[policy]["label"])
            yield f'  subgraph s{self._ids[policy]}["{title}"]'
            yield from (
                line for node in nodes if self._frames.get(node) == policy for line in self._node(node)
            )
            yield "  end"
        yield from (line for node in nodes if node not in self._frames for line in self._node(node))
        yield from (line for edge in edges for line in edge.lines)
        denied = [str(number) for number, edge in enumerate(edges) if edge.denied]
        if denied:
            yield f"  linkStyle {','.join(denied)} stroke:{DENIED.line},color:{DENIED.line}"
        for group, look in LOOKS.items():
            members = [self._ids[node] for node in nodes if self._group[node] == group]
            if members:
                dashed = ",stroke-dasharray:5 4" if group == "denied" else ""
                yield f"  classDef {group} fill:{look.fill},stroke:{look.line},color:#1f2937{dashed}"
                yield f"  class {','.join(members)} {group}"

    def _lonely(self) -> list[str]:
        return [node for node in self._network if not self._network.degree(node)]

    def _size(self, node: str) -> int:
        return sum(map(len, self._node(node))) + 20 + (_LONGEST if node in self._frames else 0)

    def _node(self, node: str) -> tuple[str, str]:
        data = self._network.nodes[node]
        begin, end = _SHAPES.get(self._group[node], ("[", "]"))
        said = {"iri": node, "types": data["types"]} if data["types"] else {"iri": node}
        if len(data["label"]) > _LONGEST:
            said["label"] = data["label"]
        return f'  {self._ids[node]}{begin}"{_text(data["label"])}"{end}', _comment(self._ids[node], said)

    def _edge(self, source: str, target: str, data: dict[str, Any], arrows: tuple[str, str]) -> _Edge:
        denied = data["polarity"] == "denied"
        start, end = self._ids[source], self._ids[target]
        said = {
            "property": compact(data["property"]),
            "polarity": data["polarity"],
            "policies": [policy.rpartition("/")[2] for policy in data["policies"]],
            "quotes": data["quotes"],
        }
        line = f'  {start} {arrows[denied]}|"{_text(data["label"])}"| {end}'
        return _Edge(source, target, (line, _comment(f"{start} {end}", said)), denied)


def _text(text: str) -> str:
    """A text as Mermaid takes it between quotes: on one line, with entities for what it would read as syntax."""
    line = " ".join(_CONTROLS.sub(" ", text).split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    return _RISKY.sub(lambda found: f"#{ord(found[0])};", short) or " "


def _comment(name: str, said: dict[str, Any]) -> str:
    """A line that Mermaid passes over; no ``%%`` and no line end is in it besides the first."""
    return f"  %% {name} {json.dumps(said, ensure_ascii=False).replace('%', chr(92) + 'u0025')}"
