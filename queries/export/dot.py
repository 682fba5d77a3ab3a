"""The network as Graphviz DOT: a picture of practices, or a plain diagram of a view that has none.

DOT: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from privagraph.queries.export.diagram import Diagram
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.picture import Picture
from privagraph.queries.export.source import Source

__all__ = ["write"]


def write(source: Source, output: Output) -> Written:
    """Write the network as a DOT file."""
    network = source.network
    practices = any(data["kind"] == "practice" for _, data in network.nodes(data=True))
    lines = (Picture if practices else Diagram)(network).lines()
    with output.open() as stream:
        stream.writelines(line.encode() + b"\n" for line in lines)
    return Written.of(network)
