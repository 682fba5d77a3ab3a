"""The network as GraphML and as GEXF, the XML formats of graph tools.

GraphML: http://graphml.graphdrawing.org/specification.html; GEXF 1.2: https://gexf.net/schema.html. Neither knows lists
or mappings; what becomes of those, see :func:`~privagraph.queries.export.flat.flattened`.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from privagraph.queries.drawing.text import xml_text
from privagraph.queries.export.flat import flattened
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

if TYPE_CHECKING:
    import networkx

__all__ = ["graphml_of", "write", "write_gexf"]


def write(source: Source, output: Output) -> Written:
    """Write the network as GraphML."""
    with output.open() as stream:
        flat = graphml_of(source.network, stream)
    return Written.of(flat)


def graphml_of(network: networkx.MultiDiGraph[str], stream: IO[bytes]) -> networkx.MultiDiGraph[str]:
    """Write a network as GraphML.

    Args:
        network: Any view, or a part of one.
        stream: Where to.

    Returns:
        The network with the plain attributes that were written.
    """
    import networkx

    flat = _for_xml(network)
    networkx.write_graphml(flat, stream)
    return flat


def write_gexf(source: Source, output: Output) -> Written:
    """Write the network as GEXF 1.2."""
    from networkx.readwrite.gexf import GEXFWriter

    flat = _for_xml(source.network)
    writer = GEXFWriter(version="1.2draft")
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same graph gives the same bytes on any day
        for creator in meta.iter("creator"):
            creator.text = "privagraph"
    writer.add_graph(flat)
    with output.open() as stream:
        writer.write(stream)
    return Written.of(flat)


def _for_xml(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """A flat copy without the characters that XML forbids; U+FFFD stands in their places."""
    flat = flattened(network)
    for _, data in flat.nodes(data=True):
        data.update(
            {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}
        )
    for *_, data in flat.edges(data=True):
        data.update(
            {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}
        )
    return flat
