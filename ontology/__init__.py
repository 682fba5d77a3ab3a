"""The vocabulary: Turtle files, and the code that reads them.

``dpv.ttl`` holds the terms of the pinned DPV release, ``privagraph.ttl`` our own classes and properties;
:mod:`~privagraph.ontology.vocabulary` is the one way to them. This package knows no other part of privagraph
but :mod:`privagraph.errors`.
"""
