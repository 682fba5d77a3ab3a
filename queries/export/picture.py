"""The network as a picture: Graphviz DOT.

The picture is read from left to right: data and where they come from, the practices of each policy in a frame, and what
they are for, who receives them, on which basis. Colours and shapes say what a node is, and a legend says so too; what a
policy denies is red and dashed. Words that no concept fits have a dotted border.

The file holds more than is drawn: every attribute of the network stands at its node or edge under its own name, which
Graphviz carries along, and the tooltips of SVG show the words. Three things bend the network for the picture's sake:

* an edge to a node on the left is written from left to right and drawn backwards (``dir=back``); the attributes
  ``source`` and ``target`` tell its true ends;
* edges that the frame, a label or a better edge shows already are invisible;
* there is one node more, the legend.

DOT: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from privagraph.queries.drawing.groups import grouped
from privagraph.queries.drawing.looks import COLUMNS, DENIED, POLICY, PRACTICE, Look
from privagraph.queries.export.flat import flattened
from privagraph.queries.export.graphviz import attributes, label, legend, quoted, tooltip, wrapped

if TYPE_CHECKING:
    import networkx

__all__ = ["Picture"]

_DEFAULTS = (
    "  graph [rankdir=LR, newrank=true, ranksep=1.6, nodesep=0.14, pad=0.4, fontsize=15, outputorder=edgesfirst]",
    '  graph [fontname="Helvetica,Arial,sans-serif", bgcolor="white", charset="UTF-8"]',
    '  node [fontname="Helvetica,Arial,sans-serif", fontsize=11, style="filled", margin="0.12,0.05", penwidth=1.2]',
    '  edge [color="#9aa5b1", arrowsize=0.6, penwidth=1.0]',
)
_UNDRAWN_KINDS = frozenset({"activity", "software", "source"})
_UNDRAWN = frozenset({"dpv:hasProcess", "pg:deniesPractice", "dpv:hasProcessing", "pg:processing"})
_ONLY_WHERE_NEW = frozenset({"data", "source", "subject", "purpose", "recipient", "basis"})
"""Groups that a policy's own edges need not show again once a practice does."""


class Picture:
    """One picture while it is made.

    Args:
        network: A view with practices.
    """

    def __init__(self, network: networkx.MultiDiGraph[str]) -> None:
        self._network = network
        self._flat = flattened(network)
        self._kinds: dict[str, str] = {node: data["kind"] for node, data in network.nodes(data=True)}
        apart = self._of_kind("policy", "practice", *_UNDRAWN_KINDS)
        self._group = {node: group for node, group in grouped(network).items() if node not in apart}
        """The group of every node that is neither policy nor practice nor provenance."""
        self._shown = self._visible_edges()
        ends = {end for number in self._shown for end in self._ends[number]}
        self._policies = sorted(self._of_kind("policy"))
        self._drawn = ends | set(self._policies) | self._of_kind("practice")

    def lines(self) -> Iterator[str]:
        """The lines of the DOT file."""
        yield "digraph privagraph {"
        yield from _DEFAULTS
        used = {self._group[node] for node in self._drawn if node in self._group}
        looks = [PRACTICE, DENIED, *(look for name, look in COLUMNS.items() if name in used)]
        yield legend(looks, denied=self._denied(), phrases=bool(self._of_kind("phrase") & self._drawn))
        for number, policy in enumerate(self._policies):
            yield from self._frame(number, policy)
        for name, look in COLUMNS.items():
            yield from self._column(name, look)
        yield from (self._node(node) for node in sorted(set(self._network) - self._placed()))
        yield from self._ranks()
        yield from self._edges()
        yield "}"

    def _ranks(self) -> Iterator[str]:
        """Three columns: what is left, the practices, what is right; what hangs on the latter follows by itself."""
        reached = {
            self._ends[number][1] for number in self._shown if self._ends[number][0] not in self._group
        }
        sides: dict[bool, list[str]] = {True: [], False: []}
        for node, group in sorted(self._group.items()):
            if node in reached:
                sides[COLUMNS[group].left].append(node)
        middle = [node for policy in self._policies for node in self._inside(policy)]
        columns = [column for column in (sides[True], middle, sides[False]) if column]
        for column in columns:
            yield f"  {{ rank=same; {'; '.join(map(quoted, column))} }}"
        if len(columns) > 1:
            yield f"  {' -> '.join(quoted(column[0]) for column in columns)} [style=invis, weight=10]"

    # What is where

    def _denied(self) -> bool:
        return any(data.get("polarity") == "denied" for *_, data in self._network.edges(data=True))

    def _of_kind(self, *kinds: str) -> set[str]:
        return {node for node, kind in self._kinds.items() if kind in kinds}

    def _visible_edges(self) -> set[str]:
        """The edges that the picture shows, by their keys in the flat network."""
        self._ends: dict[str, tuple[str, str]] = {}
        kinds = self._kinds
        by_practice = {target for source, target in self._network.edges() if kinds[source] == "practice"}
        controllers = {
            t for s, t, k in self._network.edges(keys=True) if kinds[s] == "policy" and k == _CONTROLLER
        }
        shown: set[str] = set()
        for source, target, number, data in self._flat.edges(keys=True, data=True):
            key = data["relation"]
            self._ends[number] = (source, target)
            if key in _UNDRAWN or {kinds[source], kinds[target]} & _UNDRAWN_KINDS:
                continue
            if kinds[source] == "practice" and key == _CONTROLLER and target in controllers:
                continue
            group = self._group.get(target, "other")
            if (
                kinds[source] == "policy"
                and group in _ONLY_WHERE_NEW
                and target in by_practice
                and key != _CONTROLLER
            ):
                continue
            shown.add(number)
        return shown

    def _placed(self) -> set[str]:
        """The nodes that stand in a frame or a column."""
        inside = {node for policy in self._policies for node in self._inside(policy)}
        return inside | {node for node in self._group if node in self._drawn}

    def _inside(self, policy: str) -> list[str]:
        """A policy and its practices."""
        practices = self._of_kind("practice")
        return [policy, *sorted(node for node in self._network.successors(policy) if node in practices)]

    # The lines

    def _frame(self, number: int, policy: str) -> Iterator[str]:
        title = wrapped(self._network.nodes[policy]["label"], 60)
        yield f"  subgraph cluster_policy_{number} {{"
        yield f"    graph [label={label(title)}, labeljust=l, style=rounded, penwidth=1.5, margin=18]"
        yield from ("  " + self._node(node) for node in self._inside(policy))
        yield "  }"

    def _column(self, name: str, look: Look) -> Iterator[str]:
        members = sorted(node for node, group in self._group.items() if group == name and node in self._drawn)
        if members:
            yield f"  subgraph cluster_{name} {{"
            colours = f'color="{look.line}", fontcolor="{look.line}"'
            yield f'    graph [label={label(look.title)}, style="rounded,dotted", {colours}]'
            yield from ("  " + self._node(node) for node in members)
            yield "  }"

    def _node(self, node: str) -> str:
        data = self._network.nodes[node]
        denied = data.get("polarity") == "denied"
        if data["kind"] == "policy":
            look = POLICY
        elif data["kind"] == "practice":
            look = DENIED if denied else PRACTICE
        else:
            look = COLUMNS[self._group.get(node, "other")]
        style = ["filled", "rounded"] if look.shape == "box" else ["filled"]
        if denied:
            style.append("dashed")
        elif data["kind"] == "phrase":
            style.append("dotted")
        drawn = {
            "label": _short_label(data),
            "tooltip": tooltip(data),
            "shape": look.shape,
            "fillcolor": look.fill,
            "color": look.line,
            "style": ",".join(style) if node in self._drawn else "invis",
        }
        if node not in self._drawn:
            drawn |= {"shape": "point", "label": ""}
        flat = {key: value for key, value in self._flat.nodes[node].items() if key != "label"}
        return f"  {quoted(node)} [{attributes(drawn, {'full_label': data['label'], **flat})}]"

    def _edges(self) -> Iterator[str]:
        for source, target, number, flat in self._flat.edges(keys=True, data=True):
            left = COLUMNS[self._group.get(target, "other")].left and target in self._drawn
            denied = flat.get("polarity") == "denied"
            drawn: dict[str, str] = {"tooltip": _edge_tooltip(self._network, source, target, flat)}
            if number not in self._shown:
                drawn |= {"style": "invis", "constraint": "false"}
            elif denied:
                drawn |= {"style": "dashed", "color": DENIED.line}
            else:
                drawn |= {"color": COLUMNS[self._group.get(target, "other")].line + "99"}
            if left:
                drawn["dir"] = "back"
            known = {"source": source, "target": target, "full_label": flat["label"]}
            known |= {name: value for name, value in flat.items() if name != "label"}
            tail, head = (target, source) if left else (source, target)
            yield f"  {quoted(tail)} -> {quoted(head)} [{attributes(drawn, known)}]"


_CONTROLLER = "dpv:hasDataController"


def _short_label(data: Mapping[str, object]) -> str:
    label = str(data["label"])
    if data["kind"] == "practice":
        modality = {"possible": "may", "required": "must"}.get(str(data.get("modality")), "")
        label = f"{label} ({modality})" if modality else label
        return wrapped(label, 34)
    if data["kind"] == "policy":
        return "the policy itself"  # its title is on the frame
    return wrapped(label, 26)


def _edge_tooltip(
    network: networkx.MultiDiGraph[str], source: str, target: str, flat: Mapping[str, object]
) -> str:
    quotes = network.edges[source, target, flat["relation"]]["quotes"]
    return "\n".join(
        [f"{flat['label']}: {network.nodes[target]['label']}", *(f"“{quote}”" for quote in quotes)]
    )
