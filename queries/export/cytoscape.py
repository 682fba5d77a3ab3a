"""The network as Cytoscape and cytoscape.js read it."""

from __future__ import annotations

import json

from privagraph.queries.export.flat import as_json
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

__all__ = ["write"]


def write(source: Source, output: Output) -> Written:
    """Write the network as cytoscape.js JSON."""
    import networkx

    data = networkx.cytoscape_data(source.network, name="label")
    for number, edge in enumerate(data["elements"]["edges"], start=1):
        edge["data"]["id"] = f"e{number}"
    text = json.dumps(data, ensure_ascii=False, indent=1, default=as_json)
    with output.open() as stream:
        stream.write(text.encode() + b"\n")
    return Written.of(source.network)
