r"""Queries inside shapes stay on this computer.

pySHACL looks for ``SERVICE`` in the words of a query and does not find it everywhere (``SERVICESILENT<...>``,
``SERVICE#\n<...>``). Oxigraph, which answers most of these queries, has no switch against it, so
:mod:`privagraph.shapes.store` hands it none that could ask (:mod:`privagraph.ontology.remote`). What it does not take
comes to rdflib, which is told here to refuse at the very place where it would ask; and to fetch no graph for ``FROM``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import QueryContext

__all__ = ["RemoteQueryError", "offline"]

_NAME = "privagraph-offline"
_lock = Lock()
_running = 0
_loaded = True


class RemoteQueryError(Exception):
    """A query would ask another computer."""

    def __init__(self) -> None:
        super().__init__("SERVICE asks another computer, and checks use no network")


@contextmanager
def offline() -> Iterator[None]:
    """Keep rdflib's queries off the network; what the rest of a program does with rdflib is as it was afterwards.

    Raises:
        RemoteQueryError: From a query that would ask another computer.
    """
    global _loaded, _running
    from rdflib.plugins import sparql

    with _lock:
        if not _running:
            sparql.CUSTOM_EVALS[_NAME] = _refuse
            _loaded, sparql.SPARQL_LOAD_GRAPHS = sparql.SPARQL_LOAD_GRAPHS, False
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if not _running:
                del sparql.CUSTOM_EVALS[_NAME]
                sparql.SPARQL_LOAD_GRAPHS = _loaded


def _refuse(_: QueryContext, part: CompValue) -> None:
    """What rdflib asks before it evaluates a part of a query."""
    if part.name == "ServiceGraphPattern":
        raise RemoteQueryError
    raise NotImplementedError  # by which rdflib knows that it has to do it
