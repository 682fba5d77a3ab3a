"""What people decide about findings: recorded, applied, and kept when a policy is mapped again.

:mod:`~privagraph.loaders.reviews.sheets` are the tables that people fill in, whose rows
:mod:`~privagraph.loaders.reviews.rows` makes and :mod:`~privagraph.loaders.reviews.answers` reads;
:mod:`~privagraph.loaders.reviews.decisions` is what comes of a row, :mod:`~privagraph.loaders.reviews.matching`
applies decisions to what an extractor found, :mod:`~privagraph.loaders.reviews.carrying` takes them to another
version of a text, and :mod:`~privagraph.loaders.reviews.records` and :mod:`~privagraph.loaders.reviews.rereading`
write and read all of it as quads.
"""
