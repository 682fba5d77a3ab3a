"""A view as a picture: SVG, PNG, or a page of HTML in which it can be explored.

See :mod:`privagraph.queries.drawing`. What a picture leaves out, it says itself, and so does the export.
"""

from __future__ import annotations

from privagraph.queries.drawing import Scene, scene
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source
from privagraph.queries.summaries import policy_summaries

__all__ = ["write_html", "write_png", "write_svg"]


def write_svg(source: Source, output: Output) -> Written:
    """Write the network as SVG."""
    from privagraph.queries.drawing.svg import svg_of

    made = _scene(source)
    return _write(made, svg_of(made).encode(), output)


def write_png(source: Source, output: Output) -> Written:
    """Write the network as PNG."""
    from privagraph.queries.drawing.png import png_notes, png_of

    made = _scene(source)
    width = source.drawing.width
    return _write(made, png_of(made, width=width), output, *png_notes(made, width=width))


def write_html(source: Source, output: Output) -> Written:
    """Write the network as a page in which it can be explored."""
    from privagraph.queries.drawing.html import html_of

    made = _scene(source)
    return _write(made, html_of(made).encode(), output)


def _scene(source: Source) -> Scene:
    titles = {summary.iri: summary.title for summary in policy_summaries(source.store)}
    return scene(source.network, view=source.view, most=source.drawing.most, titles=titles)


def _write(made: Scene, content: bytes, output: Output, *notes: str) -> Written:
    with output.open() as stream:
        stream.write(content)
    return Written(nodes=len(made.nodes), edges=len(made.edges), notes=(*made.notes, *notes))
