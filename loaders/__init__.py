"""From documents to quads: reading, finding, tying, writing.

:mod:`~privagraph.loaders.sources` finds what there is to read, :mod:`~privagraph.loaders.readers` make a
document of it, :mod:`~privagraph.loaders.extraction` finds mentions and practices,
:mod:`~privagraph.loaders.quads` writes them, and :mod:`~privagraph.loaders.pipeline` runs the whole way.
Nothing here knows queries, shapes or the command line.
"""
