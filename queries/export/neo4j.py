"""The network as the two CSV files that Neo4j's importer reads.

``neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=relationships.csv --array-delimiter=U+001F
--multiline-fields=true`` makes a new database of them. The header of each column says its type. Text is quoted, its
quotes doubled, and may go over several lines; a property that a node does not have is an empty cell without quotes.
The entries of a list are parted by U+001F, the unit separator, which no text of a policy holds (one that did would be
U+FFFD), because the usual semicolon is in many.

Format: https://neo4j.com/docs/operations-manual/current/import/full-import/#_csv_file_header_format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.property_graph import PropertyGraph, Value
from privagraph.queries.export.source import Source

__all__ = ["write"]

_BETWEEN = "\x1f"
_NODES, _RELATIONSHIPS = "nodes.csv", "relationships.csv"
_TYPES: Mapping[type, str] = {
    str: "string",
    bool: "boolean",
    int: "long",
    float: "double",
    list: "string[]",
}


def write(source: Source, output: Output) -> Written:
    """Write the network as a table of nodes and one of relationships."""
    graph = PropertyGraph(source.network)
    nodes = (((node.iri, list(node.labels)), node.properties) for node in graph.nodes)
    with output.open(_NODES) as stream:
        stream.writelines(_table(("iri:ID", ":LABEL"), nodes))
    relationships = (((each.start, each.end, each.type), each.properties) for each in graph.relationships)
    with output.open(_RELATIONSHIPS) as stream:
        stream.writelines(_table((":START_ID", ":END_ID", ":TYPE"), relationships))
    return Written.of(source.network)


def _table(
    first: tuple[str, ...], rows: Iterable[tuple[tuple[Value, ...], Mapping[str, Value]]]
) -> Iterator[bytes]:
    """The header and the rows; each row is the cells that every row has, and the properties of its node."""
    every = list(rows)
    types = {name: _TYPES[type(value)] for _, data in every for name, value in data.items()}
    names = sorted(types)
    yield _line((*first, *(f"{name}:{types[name]}" for name in names)))
    for cells, data in every:
        yield _line((*cells, *(data.get(name) for name in names)))


def _line(cells: Iterable[Value | None]) -> bytes:
    return (",".join(map(_cell, cells)) + "\n").encode()


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    entries = value if isinstance(value, list) else [value]
    text = _BETWEEN.join(entry.replace(_BETWEEN, "\ufffd") for entry in entries)
    return '"' + text.replace('"', '""') + '"'
