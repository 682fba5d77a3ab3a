"""The network as node-link JSON, which D3 draws and networkx reads.

Nothing is flattened: lists stay lists, and ``evidence`` is a list of objects. ``d3.forceSimulation`` wants
``forceLink(links).id(node => node.id)``; ``networkx.node_link_graph(data, edges="links")`` makes a network of it again.
"""

from __future__ import annotations

import json

from privagraph.queries.export.flat import as_json
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

__all__ = ["write"]


def write(source: Source, output: Output) -> Written:
    """Write the network as node-link JSON."""
    import networkx

    data = networkx.node_link_data(source.network, edges="links")
    text = json.dumps(data, ensure_ascii=False, indent=1, default=as_json)
    with output.open() as stream:
        stream.write(text.encode() + b"\n")
    return Written.of(source.network)
