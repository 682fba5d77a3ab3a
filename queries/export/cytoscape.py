"""The network as Cytoscape and cytoscape.js read it, with a style.

A ``.cyjs`` file is Cytoscape's own form of cytoscape.js JSON (https://js.cytoscape.org/#notation/elements-json). It
holds the style too, under ``style``, where cytoscape.js looks for it. Cytoscape takes styles from files of their own
alone, and wants XML; pages with cytoscape.js often keep theirs apart. So in a folder there are besides:

* ``styles.xml`` for Cytoscape: File → Import → Styles from File;
* ``styles.json`` for cytoscape.js.

Cytoscape's columns have one type each, and hold numbers, truth values, text and lists of text. So ``evidence`` is JSON
text; ``name`` and ``interaction`` repeat the label and the relation, because Cytoscape looks for those.
"""

from __future__ import annotations

import json
from typing import Any

from privagraph.queries.drawing.groups import grouped
from privagraph.queries.export.cytoscape_styles import desktop_style, stylesheet
from privagraph.queries.export.flat import as_json, flattened
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source

__all__ = ["write"]

_DESKTOP, _WEB = "styles.xml", "styles.json"


def write(source: Source, output: Output) -> Written:
    """Write the network with its style; in a folder, the styles as files of their own too."""
    network = source.network
    flat, groups = flattened(network, lists=True), grouped(network)
    nodes = [
        _element({"id": node, "name": data["label"], "look": groups[node]}, data)
        for node, data in flat.nodes(data=True)
    ]
    edges = [
        _element({"id": key, "source": start, "target": end, "interaction": data["relation"]}, data)
        for start, end, key, data in flat.edges(keys=True, data=True)
    ]
    directed = not network.graph.get("symmetric")
    style = stylesheet(directed=directed)
    whole = {
        "format_version": "1.0",
        "generated_by": "privagraph",
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": f"privagraph {source.view}", "shared_name": f"privagraph {source.view}"},
        "elements": {"nodes": nodes, "edges": edges},
        "style": style,
    }
    with output.open() as stream:
        stream.write(_json(whole))
    if output.folder:
        with output.open(_DESKTOP) as stream:
            stream.write(desktop_style(directed=directed).encode())
        with output.open(_WEB) as stream:
            stream.write(_json(style))
    return Written.of(network)


def _element(own: dict[str, str], data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A node or an edge; what Cytoscape needs is not overwritten by an attribute of that name."""
    return {"data": own | data | own}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=as_json).encode() + b"\n"
