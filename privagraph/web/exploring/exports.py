"""What is seen in the explorer, as a file: SVG, PNG or GraphML."""

from __future__ import annotations

import io
from typing import Literal

from privagraph.queries.drawing import Scene
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.choice import Hidden, Wanted
from privagraph.web.exploring.drawn import drawn, network_of
from privagraph.web.exploring.shown import shown

__all__ = ["MEDIA", "Format", "exported"]

Format = Literal["svg", "png", "graphml"]
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "graphml": "application/graphml+xml"}
"""The formats, and what they are called in HTTP."""


def exported(store: GraphStore, wanted: Wanted, hidden: Hidden, format_: Format) -> bytes:
    """The picture of a choice as a file; the same choice gives the same bytes.

    Args:
        store: The graph.
        wanted: What the picture is made of.
        hidden: What of it is not shown.
        format_: The format. GraphML holds nodes and edges with all their attributes, their places too.

    Raises:
        GraphError: The graph says nothing of a node, or there is no such policy.
        MissingDependencyError: A picture of points needs a package that is not there.
    """
    seen = shown(drawn(store, wanted).scene, hidden)
    if format_ == "svg":
        from privagraph.queries.drawing.svg import svg_of

        return svg_of(seen).encode()
    if format_ == "png":
        from privagraph.queries.drawing.png import png_of

        return png_of(seen)
    return _graphml(store, wanted, seen)


def _graphml(store: GraphStore, wanted: Wanted, seen: Scene) -> bytes:
    from privagraph.ontology.namespaces import compact
    from privagraph.queries.export.graphml import graphml_of

    whole, _ = network_of(store, wanted)
    names = {node.id: node for node in seen.nodes}
    told = {(edge.source, edge.target, edge.property, edge.polarity) for edge in seen.edges}
    part = whole.subgraph(sorted(names)).copy()
    gone = [
        (source, target, key)
        for source, target, key, data in part.edges(keys=True, data=True)
        if (
            source,
            target,
            compact(data["property"]) if data.get("property") else "",
            str(data.get("polarity") or ""),
        )
        not in told
    ]
    part.remove_edges_from(gone)
    for name, data in part.nodes(data=True):
        data.update(group=names[name].group, x=names[name].x, y=names[name].y)
    stream = io.BytesIO()
    graphml_of(part, stream)
    return stream.getvalue()
