"""Which data goes for which purpose to whom, as a Sankey diagram: of one policy, or of all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from privagraph.ontology.reading import PolicyView
from privagraph.queries.export.policies import parts_of, says_purpose
from privagraph.report.charts import Chart, ChartRow, Link, Node, curve, shortened
from privagraph.report.naming import label_of, named
from privagraph.report.passages import Passages
from privagraph.report.sankey import Band, Box, laid_out
from privagraph.report.statements import GENERAL_DATA, NO_PURPOSE, OTHER_DATA, data_group, purpose_group
from privagraph.report.values import Ref
from privagraph.shapes.reports.wording import counted

__all__ = ["Strand", "flow_chart", "strands"]

_NO_DATA = "Data not said"
_NO_RECIPIENT = "No recipient named"
_OTHERS = ("Other data", "Other purposes", "Other recipients")
_REST = (_NO_DATA, NO_PURPOSE, _NO_RECIPIENT)
_GREY = frozenset((*_OTHERS, *_REST, GENERAL_DATA, OTHER_DATA))
"""What says too little for a colour of its own."""
_MOST = (9, 8, 11)
"""How many nodes each layer shows; the others are one."""
_COLOURS = 8
_WIDTH, _BAR, _GAP, _TOP = 1040, 13, 15, 30
_X = (245.0, 515.0, 785.0)
_LABEL = 28
_HEADS = (("Data", _X[0] + _BAR, "end"), ("Purpose", _X[1], "start"), ("Recipient", _X[2], "start"))


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of one statement: some data, a purpose, a recipient.

    Attributes:
        nodes: Its group of data, its purpose, its recipient.
        weight: The part of the statement: a statement that names several is shared between them.
        practice: IRI of the statement.
        ref: Its words.
    """

    nodes: tuple[str, str, str]
    weight: float
    practice: str
    ref: Ref


def strands(policy: PolicyView, passages: Passages) -> Iterator[Strand]:
    """The parts of all statements of what is done; those of which no data and no recipient is known are left out."""
    for practice in policy.practices:
        stated, _ = parts_of(practice)
        data = sorted({data_group(each).label for each in stated if each.role == "data_category"})
        purposes = sorted({purpose_group(each).label for each in stated if says_purpose(each)})
        recipients = sorted(
            {
                label_of(each.agent or each.concept, policy) or named(each, policy)
                for each in stated
                if each.role == "recipient"
            }
        )
        if practice.denied or not (data or recipients):
            continue
        ways = [
            (one, two, three)
            for one in data or [_NO_DATA]
            for two in purposes or [NO_PURPOSE]
            for three in recipients or [_NO_RECIPIENT]
        ]
        ref = passages.to_practice(practice)
        yield from (Strand(way, 1 / len(ways), practice.iri, ref) for way in ways)


def flow_chart(found: Sequence[Strand], *, name: str, title: str) -> Chart | None:
    """The diagram of some strands.

    Args:
        found: The strands.
        name: What its anchors begin with.
        title: What it shows.

    Returns:
        None where there is nothing to draw.
    """
    if not found:
        return None
    notes: list[str] = []
    layers, bounded = _bounded(found, notes)
    diagram = _Diagram(layers, bounded, name)
    height = max(150.0, 36.0 * max(map(len, layers)))
    boxes, bands = laid_out(layers, diagram.flows, height=height, gap=_GAP)
    return Chart(
        id=name,
        title=title,
        width=_WIDTH,
        height=round(height + _TOP + 8),
        heads=_HEADS,
        nodes=tuple(diagram.node(boxes[key]) for layer in layers for key in layer),
        links=tuple(map(diagram.link, bands)),
        columns=("From", "To"),
        rows=tuple(diagram.rows()),
        notes=tuple(notes),
    )


class _Diagram:
    """What flows between the nodes of three layers, and where each band and bar leads."""

    def __init__(self, layers: Sequence[Sequence[str]], found: Sequence[Strand], name: str) -> None:
        flows: dict[tuple[str, str], float] = {}
        self._refs: dict[tuple[str, str], dict[str, Ref]] = {}
        self._through: dict[str, set[str]] = {}
        for strand in found:
            keys = _keys(strand.nodes)
            for pair in pairwise(keys):
                flows[pair] = flows.get(pair, 0) + strand.weight
                self._refs.setdefault(pair, {})[strand.practice] = strand.ref
            for key in keys:
                self._through.setdefault(key, set()).add(strand.practice)
        order = {key: (number, at) for number, layer in enumerate(layers) for at, key in enumerate(layer)}
        self.flows = {
            pair: flows[pair] for pair in sorted(flows, key=lambda pair: (order[pair[0]], order[pair[1]]))
        }
        self._anchors = {pair: f"{name}-{number}" for number, pair in enumerate(self.flows, start=1)}
        coloured = [key for key in layers[0] if _label(key) not in _GREY]
        self._colours = {key: number % _COLOURS + 1 for number, key in enumerate(coloured)}
        self._strongest = _strongest(found, self._colours)

    def node(self, box: Box) -> Node:
        """A bar with its label."""
        label, number = _label(box.name), len(self._through[box.name])
        x, is_first = _X[box.layer], box.layer == 0
        return Node(
            x=x,
            y=round(box.top + _TOP, 1),
            width=_BAR,
            height=max(round(box.height, 1), 1.5),
            label=f"{shortened(label, _LABEL)} ({number})",
            full=f"{label}: {counted(number, 'statement')}",
            label_x=x - 6 if is_first else x + _BAR + 6,
            anchor="end" if is_first else "start",
            colour=self._colours.get(box.name, 0),
            target=next(anchor for pair, anchor in self._anchors.items() if box.name in pair),
        )

    def link(self, band: Band) -> Link:
        """A band between two bars."""
        pair = (band.source, band.target)
        layer = int(band.source[0])
        return Link(
            path=curve(_X[layer] + _BAR, band.start + _TOP, _X[layer + 1], band.end + _TOP),
            width=max(round(band.width, 1), 1.2),
            colour=self._colours.get(band.source, self._strongest.get(pair, 0)),
            full=f"{_label(band.source)} → {_label(band.target)}: {counted(len(self._refs[pair]), 'statement')}",
            target=self._anchors[pair],
        )

    def rows(self) -> Iterator[ChartRow]:
        """The same as a table."""
        for pair, anchor in self._anchors.items():
            refs = tuple(each for each in self._refs[pair].values() if each.target)
            yield ChartRow(anchor, (_label(pair[0]), _label(pair[1])), len(self._refs[pair]), refs)


def _strongest(found: Iterable[Strand], colours: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """For each link between purpose and recipient the colour of the data that most of it is about."""
    amounts: dict[tuple[str, str], dict[int, float]] = {}
    for strand in found:
        data, purpose, recipient = _keys(strand.nodes)
        by_colour = amounts.setdefault((purpose, recipient), {})
        colour = colours.get(data, 0)
        by_colour[colour] = by_colour.get(colour, 0) + strand.weight
    return {pair: max(each, key=lambda colour: (each[colour], -colour)) for pair, each in amounts.items()}


def _bounded(found: Sequence[Strand], left_out: list[str]) -> tuple[list[list[str]], list[Strand]]:
    """The nodes of each layer, the largest first, and the strands with what is beyond the limit as "other"."""
    kept: list[list[str]] = []
    for layer, most in enumerate(_MOST):
        sizes: dict[str, float] = {}
        for strand in found:
            sizes[strand.nodes[layer]] = sizes.get(strand.nodes[layer], 0) + strand.weight
        ranked = sorted(
            (each for each in sizes if each != _REST[layer]), key=lambda each: (-sizes[each], each)
        )
        if len(ranked) > most:
            gone = ranked[most - 1 :]
            ranked = ranked[: most - 1]
            left_out.append(
                f"“{_OTHERS[layer]}” stands for {len(gone)}: {', '.join(gone[:6])}{' …' if len(gone) > 6 else '.'}"
            )
        kept.append(ranked)
    shown = [
        Strand(
            (
                _kept(strand.nodes[0], kept[0], 0),
                _kept(strand.nodes[1], kept[1], 1),
                _kept(strand.nodes[2], kept[2], 2),
            ),
            strand.weight,
            strand.practice,
            strand.ref,
        )
        for strand in found
    ]
    layers = []
    for layer in range(3):
        present = {strand.nodes[layer] for strand in shown}
        names = [*kept[layer], *(each for each in (_OTHERS[layer], _REST[layer]) if each not in kept[layer])]
        layers.append([f"{layer}{each}" for each in names if each in present])
    return layers, shown


def _kept(node: str, kept: Sequence[str], layer: int) -> str:
    return node if node in kept or node == _REST[layer] else _OTHERS[layer]


def _keys(nodes: tuple[str, str, str]) -> list[str]:
    """Names that are unique over all layers."""
    return [f"{layer}{name}" for layer, name in enumerate(nodes)]


def _label(key: str) -> str:
    return key[1:]
