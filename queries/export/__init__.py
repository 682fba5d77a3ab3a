"""The graph in the formats of other tools: RDF, networks, tables, and documents of other standards.

Each format is one line of :data:`~privagraph.queries.export.registry.FORMATS` and one module here, whose function
``write(source, output)`` takes what it needs from a :class:`~privagraph.queries.export.source.Source` (the store, the
quads, or a view as a network) and writes to an :class:`~privagraph.queries.export.output.Output` (a file or a folder).
The same graph gives the same bytes.
"""

from privagraph.queries.export.exporting import Exported, export
from privagraph.queries.export.registry import FORMATS, Format, Kind

__all__ = ["FORMATS", "Exported", "Format", "Kind", "export"]
