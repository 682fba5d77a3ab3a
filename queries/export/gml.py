"""The network as GML.

GML knows whole numbers, decimal numbers and text; its keys are letters and digits. So an attribute is named in one word
(``dct:title@en`` is ``dctTitleEn``), and a truth value is 1 or 0. What becomes of lists, see
:func:`~privagraph.queries.export.flat.flattened`.

Readers differ on text beyond ASCII. The file is UTF-8, as igraph, Cytoscape and yEd read it, with the two entities that
all know (``&quot;`` and ``&amp;``). A line end in a text is U+2028, one character for one, because Cytoscape takes a
text to end with its line; other control characters are U+FFFD.

GML: https://web.archive.org/web/20190207140002/http://www.fim.uni-passau.de/index.php?id=17297&L=1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from privagraph.queries.export.flat import flattened
from privagraph.queries.export.naming import camel, distinct
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

__all__ = ["write"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TAKEN = frozenset({"id", "source", "target", "iri", "key"})
"""Keys that a node or an edge has anyway."""


def write(source: Source, output: Output) -> Written:
    """Write the network as GML."""
    flat = flattened(source.network)
    numbers = {node: number for number, node in enumerate(flat)}
    node_keys = _keys(data for _, data in flat.nodes(data=True))
    edge_keys = _keys(data for *_, data in flat.edges(data=True))
    with output.open() as stream:
        stream.write(b'Creator "privagraph"\ngraph [\n  directed 1\n  multigraph 1\n')
        for node, data in flat.nodes(data=True):
            lines = (f"id {numbers[node]}", f"iri {_value(node)}", *_lines(data, node_keys))
            stream.write(_section("node", lines))
        for start, end, number, data in flat.edges(keys=True, data=True):
            ends = (f"source {numbers[start]}", f"target {numbers[end]}", f"key {_value(number)}")
            stream.write(_section("edge", (*ends, *_lines(data, edge_keys))))
        stream.write(b"]\n")
    return Written.of(flat)


def _keys(rows: Iterator[Mapping[str, object]]) -> dict[str, str]:
    """The key of each attribute."""
    names = {name for row in rows for name in row}
    return distinct(names, camel, taken=_TAKEN)


def _lines(data: Mapping[str, object], keys: Mapping[str, str]) -> Iterator[str]:
    return (f"{keys[name]} {_value(value)}" for name, value in data.items())


def _section(name: str, lines: tuple[str, ...]) -> bytes:
    inside = "".join(f"    {line}\n" for line in lines)
    return f"  {name} [\n{inside}  ]\n".encode()


def _value(value: object) -> str:
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, float):
        digits = repr(value).upper()
        return digits if "." in digits else digits.replace("E", ".0E")
    text = str(value).replace("\r\n", "\u2028\u2028").replace("\n", "\u2028").replace("\r", "\u2028")
    text = _CONTROLS.sub("\ufffd", text).replace("&", "&amp;").replace('"', "&quot;")
    return f'"{text}"'
