"""A view without practices as a Graphviz diagram: who gives what to whom, which things go together.

Nodes have the colours and shapes of the picture of practices, and there is a legend. An edge shows its label and is the
wider the more it rests on; what a policy denies is red and dashed. A view without direction has neither arrows nor
labels at its edges, and what is often together is near. Every attribute of the network stands at its node or edge under
its own name, and the tooltips of SVG show the words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.looks import DENIED, LOOKS
from privagraph.queries.export.flat import flattened
from privagraph.queries.export.graphviz import attributes, legend, quoted, tooltip, wrapped

if TYPE_CHECKING:
    import networkx

__all__ = ["Diagram"]

_DEFAULTS = (
    '  graph [rankdir=LR, ranksep=1.4, nodesep=0.3, pad=0.4, bgcolor="white", charset="UTF-8"]',
    '  node [fontname="Helvetica,Arial,sans-serif", fontsize=12, style="filled", margin="0.16,0.08", penwidth=1.2]',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, fontcolor="#4b5563", color="#9aa5b1", arrowsize=0.8]',
)


class Diagram:
    """One diagram while it is made.

    Args:
        network: A view without practices.
    """

    def __init__(self, network: networkx.MultiDiGraph[str]) -> None:
        self._network = network
        self._flat = flattened(network)
        self._group = grouped(network)
        self._symmetric = bool(network.graph.get("symmetric"))

    def lines(self) -> Iterator[str]:
        """The lines of the DOT file."""
        used = set(self._group.values())
        denied = any(data["polarity"] == "denied" for *_, data in self._network.edges(data=True))
        phrases = any(data["kind"] == "phrase" for _, data in self._network.nodes(data=True))
        yield "digraph privagraph {"
        yield from _DEFAULTS
        if self._symmetric:
            yield "  graph [layout=neato, overlap=prism, overlap_scaling=6, splines=true]\n  edge [dir=none]"
        yield legend([look for name, look in LOOKS.items() if name in used], denied=denied, phrases=phrases)
        for node, data in self._flat.nodes(data=True):
            yield self._node(node, data)
        for source, target, data in self._flat.edges(data=True):
            yield self._edge(source, target, data)
        yield "}"

    def _node(self, node: str, flat: dict[str, Any]) -> str:
        data, look = self._network.nodes[node], LOOKS[self._group[node]]
        drawn = {
            "label": wrapped(data["label"], 26),
            "tooltip": tooltip(data),
            "shape": look.shape,
            "fillcolor": look.fill,
            "color": look.line,
        }
        known = {
            "full_label": data["label"],
            **{name: value for name, value in flat.items() if name != "label"},
        }
        return f"  {quoted(node)} [{attributes(drawn, known)}]"

    def _edge(self, source: str, target: str, flat: dict[str, Any]) -> str:
        data = self._network.edges[source, target, flat["relation"]]
        drawn = {
            "label": "" if self._symmetric else wrapped(data["label"], 30),
            "tooltip": "\n".join([data["label"], *(f"“{quote}”" for quote in data["quotes"])]),
            "penwidth": f"{1 + math.log2(max(1, data['weight'])):.2f}",
        }
        if data["polarity"] == "denied":
            drawn |= {"style": "dashed", "color": DENIED.line, "fontcolor": DENIED.line}
        known = {"source": source, "target": target, "full_label": data["label"]}
        known |= {name: value for name, value in flat.items() if name != "label"}
        return f"  {quoted(source)} -> {quoted(target)} [{attributes(drawn, known)}]"
