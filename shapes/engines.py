"""The SHACL engines that can run the shapes, behind one face.

pySHACL is the reference. Another engine is offered here only if it finds the very same in every example of every
shape and on whole policies, which ``tests/shapes/test_engines.py`` holds; benchmarks/validation.py measures how much
faster it is.

An engine is a function from a prepared policy and the profiles to a graph that holds a SHACL validation report
(https://www.w3.org/TR/shacl/#validation-report). Neither inference nor SHACL Advanced Features are run: the shapes
walk ``skos:broader`` themselves.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from privagraph.errors import MissingDependencyError, ProfileError
from privagraph.ontology.evidence import shortened
from privagraph.shapes.graphs import quiet_literals
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.rules import Profile

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Engine", "engine_named", "shapes_graph"]

_REASON = 300
"""The most characters of an engine's own words that an error shows; a SPARQL parser lists all that it expected."""

Engine = Callable[[PreparedPolicy, tuple[Profile, ...]], "rdflib.Graph"]
"""What runs the shapes of some profiles on a policy and gives the SHACL report."""


@lru_cache(maxsize=8)
def shapes_graph(profiles: tuple[Profile, ...]) -> rdflib.Graph:
    """The shapes of some profiles as one rdflib graph; for reading alone, since it is shared.

    Raises:
        ProfileError: A file is not Turtle.
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for each in profiles:
        graph.parse(data=each.turtle, format="turtle")
    return graph


def _pyshacl(policy: PreparedPolicy, profiles: tuple[Profile, ...]) -> rdflib.Graph:
    """pySHACL; without inference and advanced features neither graph is changed."""
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    from privagraph.shapes.store import RemoteQueryError

    logging.getLogger("pyshacl-validate").addFilter(_not_an_error)
    try:
        with quiet_literals():
            _, report, text = pyshacl.validate(
                policy.graph, shacl_graph=shapes_graph(profiles), inference="none", advanced=False
            )
    # of shapes, of a query, of a sh:pattern
    except (ReportableRuntimeError, RemoteQueryError, SyntaxError, re.error) as error:
        raise _not_run(str(error), policy, profiles) from error
    if not isinstance(report, rdflib.Graph):
        raise _not_run(text, policy, profiles)
    return report


def _not_an_error(record: logging.LogRecord) -> bool:
    """Whether it is less than an error: pySHACL logs those that it raises, which are told anyway."""
    return record.levelno < logging.ERROR


def _not_run(reason: str, policy: PreparedPolicy, profiles: Iterable[Profile]) -> ProfileError:
    names, why = ", ".join(each.name for each in profiles), shortened(" ".join(reason.split()), _REASON)
    return ProfileError(f"the shapes of {names} cannot be run on {policy.iri}: {why}; correct the shapes")


def _shifty(policy: PreparedPolicy, profiles: tuple[Profile, ...]) -> rdflib.Graph:
    """Shifty (Gabe Fierro, BSD-3-Clause), an engine in Rust; the shapes of one's own stay with pySHACL.

    It gives blank nodes names of its own, so that a finding of a shape without an IRI could not be told by its shape.
    """
    if any(not each.since for each in profiles):
        return _pyshacl(policy, profiles)
    statements = ox.serialize((quad.triple for quad in policy.quads), format=ox.RdfFormat.N_TRIPLES)
    with quiet_literals():
        _, report, _ = _shifty_validator(profiles).validate(
            statements, graph_mode="data", infer=False, on_unsupported="error"
        )
    return report  # type: ignore[no-any-return]  # shifty is not there where types are checked


@lru_cache(maxsize=8)
def _shifty_validator(profiles: tuple[Profile, ...]) -> Any:  # a class of shifty's
    try:
        import shifty
    except ImportError as error:
        raise MissingDependencyError(
            "pyshifty", "the engine shifty", "install it with `pip install 'privagraph[fast]'`"
        ) from error
    return shifty.PreparedValidator(shapes_graph(profiles).serialize(format="turtle", encoding="utf-8"))


DEFAULT_ENGINE = "pyshacl"
"""The engine that is used where none is named."""

ENGINES: Mapping[str, Engine] = MappingProxyType({"pyshacl": _pyshacl, "shifty": _shifty})
"""The engines by name."""


def engine_named(name: str) -> Engine:
    """The engine of a name.

    Raises:
        ProfileError: There is none.
    """
    if name not in ENGINES:
        raise ProfileError(f"no engine {name!r}; choose from {', '.join(ENGINES)}")
    return ENGINES[name]
