"""SHACL shapes over graphs of policies, and what runs them.

The rules are the Turtle files of ``profiles``; :mod:`~privagraph.shapes.rules` reads them,
:mod:`~privagraph.shapes.validation` checks graphs against them, :mod:`~privagraph.shapes.reports` writes what
was found. This package knows the graph and the vocabulary, and nothing of how a graph is made.
"""
