"""Networks as rows: their edges, the measures of their nodes, the steps of a flow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias

from privagraph.ontology.spreadsheets import safe
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks.measures import measured
from privagraph.queries.networks.paths import Step
from privagraph.queries.tables import cell, table
from privagraph.queries.values import Iri

if TYPE_CHECKING:
    import networkx

__all__ = ["FORMATS", "Format", "Rows", "edge_rows", "measure_rows", "step_rows", "write_rows"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

Format = Literal["table", "csv", "json", "markdown"]
"""How rows are written."""
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "markdown")
"""All formats. ``json`` is a list of objects, in which lists stay lists."""

_OPTIONAL = {
    "data": "data_labels",
    "purposes": "purposes_labels",
    "locations": "locations_labels",
    "lift": "lift",
    "pmi": "pmi",
    "narrower": "narrower",
    "cosine": "cosine",
    "shared": "shared",
}
"""Columns of edges that only some views have, and the attributes behind them."""
_ASIDE = frozenset({"policies", "purposes", "locations", "evidence", "practice"})
"""Columns that a table for people leaves out, for the others to stand side by side."""
_SMALLEST_FIRST = frozenset({"community"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under their columns' names.

    Attributes:
        columns: The names; one that ends in ``_label`` says what the column before it is called.
        rows: The values. IRIs are :class:`~privagraph.queries.values.Iri`; several values are a list.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)


def edge_rows(network: _Network, *, top: int | None = None) -> Rows:
    """The edges, the heaviest first, each with the first words that it rests on.

    Args:
        network: A view.
        top: How many at most.

    Returns:
        The rows; ``policies`` is the number of policies, ``words`` a passage, and ``evidence`` the practice or mention
        that has it.
    """
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: (-edge[3]["weight"], *edge[:3]))[
        :top
    ]
    optional = {
        column: name
        for column, name in _OPTIONAL.items()
        if any(data.get(name) not in (None, []) for *_, data in edges)
    }
    columns = ("from", "from_label", "to", "to_label", "edge", "polarity", "weight", *optional)
    rows = [
        (
            Iri(source),
            network.nodes[source]["label"],
            Iri(target),
            network.nodes[target]["label"],
            key,
            data["polarity"],
            data["weight"],
            *(data.get(name) for name in optional.values()),
            len(data["policies"]),
            data["quotes"][0] if data["quotes"] else None,
            _evidence(data),
        )
        for source, target, key, data in edges
    ]
    return Rows((*columns, "policies", "words", "evidence"), tuple(rows))


def measure_rows(network: _Network, names: Collection[str], *, top: int | None = None) -> Rows:
    """The nodes with their measures, those of the highest first measure first.

    Args:
        network: A view.
        names: Some of :data:`~privagraph.queries.networks.measures.MEASURES`.
        top: How many nodes at most.

    Raises:
        QueryError: There is no such measure.
    """
    found = measured(network, names)
    first, *_ = found.values() if found else ({},)
    sign = 1 if next(iter(found), "") in _SMALLEST_FIRST else -1
    nodes = sorted(network, key=lambda node: (sign * first.get(node, 0), node))[:top]
    rows = (
        (
            Iri(node),
            network.nodes[node]["label"],
            network.nodes[node]["kind"],
            *(each[node] for each in found.values()),
        )
        for node in nodes
    )
    return Rows(("node", "node_label", "kind", *found), tuple(rows))


def step_rows(steps: Iterable[Step]) -> Rows:
    """The steps of a flow, one row for each passage that states one."""
    known = vocabulary()
    rows = (
        (
            number,
            Iri(step.source),
            step.source_label,
            Iri(step.target),
            step.target_label,
            Iri(step.data),
            known.label(step.data),
            [known.label(each) if each in known else each for each in step.purposes],
            record["quote"],
            Iri(record["practice"]),
            Iri(record["policy"]),
        )
        for number, step in enumerate(steps, start=1)
        for record in step.evidence
    )
    columns = "step from from_label to to_label data data_label purposes words practice policy"
    return Rows(tuple(columns.split()), tuple(rows))


def write_rows(rows: Rows, format_: Format, stream: IO[bytes], *, width: int | None = None) -> None:
    """Write rows.

    Args:
        rows: The rows.
        format_: One of :data:`FORMATS`. A table leaves some columns out, and the polarity where nothing is denied.
        stream: Where to; bytes, UTF-8.
        width: For a table: how many columns of characters the reader has; None for as many as it takes.
    """
    if format_ == "json":
        objects = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
        text = json.dumps(objects, ensure_ascii=False, indent=1) + "\n"
    elif format_ == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")  # RFC 4180, as for the answers of queries
        writer.writerow(rows.columns)
        writer.writerows([_guarded(_flat(value, shown=False)) for value in row] for row in rows.rows)
        text = buffer.getvalue()
    else:
        flat = [[_flat(value, shown=True) for value in row] for row in rows.rows]
        if format_ == "markdown":
            from privagraph.queries.forms import markdown

            text = markdown(rows.columns, flat)
        else:
            kept = [
                number
                for number, name in enumerate(rows.columns)
                if name not in _ASIDE
                and not (name == "polarity" and all(row[number] != "denied" for row in rows.rows))
            ]
            columns = [rows.columns[number] for number in kept]
            text = table(columns, [[row[number] for number in kept] for row in flat], width=width) + "\n"
    stream.write(text.encode())


def _flat(value: object, *, shown: bool) -> object:
    """A value for a cell: a list becomes text."""
    if isinstance(value, list):
        return ", ".join(map(cell, value)) if shown else "; ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _guarded(value: object) -> object:
    """A value as a cell that no spreadsheet runs."""
    return safe(value) if isinstance(value, str) else value


def _evidence(data: dict[str, Any]) -> Iri | None:
    """The practice or mention behind the first words of an edge."""
    for record in data["evidence"]:
        return Iri(record.get("practice") or record["mention"])
    return None
