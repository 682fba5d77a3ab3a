"""The graph in the formats of other tools.

The RDF formats hold the graph as it is. The others hold the network that :mod:`privagraph.queries.networks` makes of
it: every node, edge and attribute, and so every mention with its words and offsets. GraphML, GEXF and DOT know no lists
and no mappings; what becomes of those, see :func:`privagraph.queries.flat.flattened`.

The same graph gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import expand
from privagraph.queries.dot import write_dot
from privagraph.queries.flat import as_json, flattened
from privagraph.queries.formats import EXTENSIONS, replacing, write_quads
from privagraph.queries.networks import to_networkx
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["FORMATS", "Exported", "export"]

_TYPE = expand("rdf:type")
_RDF = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds.

    Attributes:
        policies: Number of policies.
        practices: Number of practices, the denied ones included.
        denied: Number of denied practices among them.
        mentions: Number of mentions.
        nodes: Number of nodes, in a network; 0 in RDF.
        edges: Number of edges, in a network; 0 in RDF.
        quads: Number of quads that it was made from.
    """

    policies: int
    practices: int
    denied: int
    mentions: int
    nodes: int
    edges: int
    quads: int


def export(
    store: GraphStore, to: str, path: str | os.PathLike[str], *, policy: str | None = None
) -> Exported:
    """Write the graph to a file for another tool.

    Args:
        store: The graph.
        to: One of :data:`FORMATS`.
        path: The file; one that is there is replaced once the new one is whole.
        policy: IRI of the one policy to write; all of them when None.

    Returns:
        What was written, counted.

    Raises:
        GraphError: There is no such format or policy, or the file cannot be written.
    """
    if to not in FORMATS:
        raise GraphError(str(path), f"no export to {to!r}", f"choose one of {', '.join(FORMATS)}")
    quads = list(store.quads(policy))
    nodes = edges = 0
    if to in _RDF:
        write_quads(quads, Path(path), known=EXTENSIONS[_RDF[to]])
    else:
        network = to_networkx(quads)
        nodes, edges = network.number_of_nodes(), network.number_of_edges()
        with replacing(Path(path)) as stream:
            _WRITERS[to](network, stream)
    classes = Counter(
        quad.object.value
        for quad in quads
        if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode)
    )
    denied, has_mention = classes[expand("pg:DeniedPractice")], expand("pg:hasMention")
    return Exported(
        policies=classes[expand("pg:PrivacyPolicy")],
        practices=classes[expand("pg:AffirmedPractice")] + denied,
        denied=denied,
        mentions=sum(quad.predicate.value == has_mention for quad in quads),
        nodes=nodes,
        edges=edges,
        quads=len(quads),
    )


_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (https://www.w3.org/TR/xml/#charsets)."""


def _write_graphml(network: _Network, stream: IO[bytes]) -> None:
    import networkx

    networkx.write_graphml(_for_xml(network), stream)


def _write_gexf(network: _Network, stream: IO[bytes]) -> None:
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same graph gives the same bytes on any day
        for creator in meta.iter("creator"):
            creator.text = "privagraph"
    writer.add_graph(_for_xml(network))
    writer.write(stream)


def _write_cytoscape(network: _Network, stream: IO[bytes]) -> None:
    import networkx

    data = networkx.cytoscape_data(network, name="label")
    for number, edge in enumerate(data["elements"]["edges"], start=1):
        edge["data"]["id"] = f"e{number}"
    text = json.dumps(data, ensure_ascii=False, indent=1, default=as_json)
    stream.write(text.encode() + b"\n")


def _for_xml(network: _Network) -> _Network:
    """A flat copy without the characters that XML forbids; U+FFFD stands in their places."""
    flat = flattened(network)
    for _, data in flat.nodes(data=True):
        data.update({name: _xml_text(value) for name, value in data.items()})
    for *_, data in flat.edges(data=True):
        data.update({name: _xml_text(value) for name, value in data.items()})
    return flat


def _xml_text(value: object) -> object:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


_WRITERS: Mapping[str, Callable[[_Network, IO[bytes]], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "dot": write_dot,
    "cytoscape": _write_cytoscape,
}
FORMATS = (*_WRITERS, *_RDF)
"""The formats: GraphML, GEXF, Graphviz DOT, Cytoscape JSON, Turtle, TriG, N-Quads, JSON-LD."""
