"""Asking: the store, the named queries, their answers, networks and exports.

The questions themselves are the ``.rq`` files of :mod:`~privagraph.queries.rq`. This package knows the graph
and the vocabulary, and nothing of how a graph is made.
"""
