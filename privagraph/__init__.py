"""privagraph: privacy policies as a knowledge graph of the practices that they state.

::

    from privagraph import KnowledgeGraph

    with KnowledgeGraph.map("policies/", output="graph") as graph:
        for row in graph.query("recipients-by-data"):
            print(row)
        for finding in graph.validate(["gdpr", "consistency"]).findings:
            print(finding.severity, finding.rule.name, finding.message)

Everything public is listed in ``__all__`` and imported when it is first used, so that ``import privagraph``
itself costs next to nothing. Every error raised on purpose is a :class:`PrivagraphError`, see
:mod:`privagraph.errors`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from privagraph._version import __version__

if TYPE_CHECKING:
    from privagraph.errors import (
        GraphError,
        InputError,
        PrivagraphError,
        ProfileError,
        QueryError,
        UnknownTermError,
    )
    from privagraph.graph import KnowledgeGraph
    from privagraph.loaders.pipeline import MapReport
    from privagraph.queries.answers import Answer
    from privagraph.queries.endpoints.loading import LoadReport, load_graph
    from privagraph.queries.summaries import PolicySummary
    from privagraph.shapes.own import own_profile
    from privagraph.shapes.results import Finding, ValidationReport
    from privagraph.shapes.rules import Severity

__all__ = [
    "Answer",
    "Finding",
    "GraphError",
    "InputError",
    "KnowledgeGraph",
    "LoadReport",
    "MapReport",
    "PolicySummary",
    "PrivagraphError",
    "ProfileError",
    "QueryError",
    "Severity",
    "UnknownTermError",
    "ValidationReport",
    "__version__",
    "load_graph",
    "own_profile",
]

_HOMES = {
    "Answer": "queries.answers",
    "Finding": "shapes.results",
    "GraphError": "errors",
    "InputError": "errors",
    "KnowledgeGraph": "graph",
    "LoadReport": "queries.endpoints.loading",
    "MapReport": "loaders.pipeline",
    "PolicySummary": "queries.summaries",
    "PrivagraphError": "errors",
    "ProfileError": "errors",
    "QueryError": "errors",
    "Severity": "shapes.rules",
    "UnknownTermError": "errors",
    "ValidationReport": "shapes.results",
    "load_graph": "queries.endpoints.loading",
    "own_profile": "shapes.own",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
