"""The graph as RDF, as it is."""

from __future__ import annotations

from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.source import Source
from privagraph.queries.formats import EXTENSIONS, write_to

__all__ = ["write"]


def write(source: Source, output: Output) -> Written:
    """Write the quads in the RDF format that the export was asked for."""
    with output.open() as stream:
        write_to(stream, source.quads, EXTENSIONS[output.format.extension])
    return Written()
