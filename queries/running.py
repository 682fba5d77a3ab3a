"""What the engine says to a query: a named one with values for its parameters, or a SPARQL text.

Values are bound by the engine; none is ever pasted into the text that is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from typing import TypeAlias

import pyoxigraph as ox

from privagraph.errors import QueryError, QuerySyntaxError, UnknownTermError
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.queries.catalogue import Param, Query
from privagraph.queries.choice import policy_named
from privagraph.queries.sparql import check_readonly, located, names_graphs
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import policies_to_ask

__all__ = ["INLINE", "Results", "Term", "bound_values", "results"]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
"""A value that a variable can be bound to."""
Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What the engine says; it is found while it is read."""

INLINE = "the query text"
"""What a text is called in messages that came from no file."""
_TERMS = (ox.NamedNode, ox.BlankNode, ox.Literal)
_DATE = ox.NamedNode(expand("xsd:date"))
_ALL_VERSIONS = "versions"
"""The tag of questions that are about versions, and so see all of them."""


def results(
    store: GraphStore,
    query: Query | str,
    params: Mapping[str, str | Term] | None = None,
    *,
    where: str = INLINE,
    on: date | None = None,
    all_versions: bool = False,
) -> Results:
    """Ask a graph, as :func:`privagraph.queries.answers.run` does, and read the answer while it is found.

    Args:
        store: The graph.
        query: A named query, or a SPARQL text.
        params: Values by parameter.
        where: What to call a text in messages.
        on: Ask the versions of policies that are in force on this day.
        all_versions: Ask versions too that were replaced.

    Raises:
        GraphError: No policy is in force on that day.
        QuerySyntaxError: The text is not SPARQL; the message names line and column.
        QueryError: The text is an update, asks a service or has ``FROM`` beside a day, or a parameter does not fit.
    """
    if isinstance(query, Query):
        bound = bound_values(store, query, params or {}, on=on)
        named = any(bound.get(param.name) is not None for param in query.params if param.type == "policy")
        every = all_versions or _ALL_VERSIONS in query.tags
        asked = None if named else policies_to_ask(store, on=on, all_versions=every)
        return store.query(query.text, bindings=bound, policies=asked)
    check_readonly(query, where=where)
    has_from = names_graphs(query)
    if on is not None and has_from:
        raise QueryError(f"{where}: FROM says which graphs to ask, and so does a day; leave one of them out")
    bindings = {
        name: _guessed(value) if isinstance(value, str) else value for name, value in (params or {}).items()
    }
    try:
        asked = None if on is None else policies_to_ask(store, on=on)
        return store.query(query, bindings=bindings, policies=asked, default_union=not has_from)
    except QuerySyntaxError as error:
        raise located(error, query, where=where) from error


def bound_values(
    store: GraphStore, query: Query, params: Mapping[str, str | Term], *, on: date | None = None
) -> dict[str, Term]:
    """The values of a named query's parameters as terms, by the types that its header gives them.

    Args:
        store: The graph, in which policies are looked up by their names.
        query: The query.
        params: The values.
        on: Take the version of a policy that is in force on this day.

    Raises:
        QueryError: A parameter is missing, is none of the query's, or its value does not fit.
        GraphError: No policy goes by that name, or several do.
    """
    known = [param.name for param in query.params]
    for name in params:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            hint = f"did you mean {near[0]!r}?" if near else takes
            raise QueryError(f"the query {query.id!r} has no parameter {name!r}; {hint}")
    missing = [param.name for param in query.params if param.required and param.name not in params]
    if missing:
        raise QueryError(
            f"the query {query.id!r} needs {' and '.join(missing)}; give it as --param {missing[0]}=VALUE"
        )
    return {
        param.name: value if isinstance(value, _TERMS) else _read(store, param, str(value), on)
        for param in query.params
        if (value := params.get(param.name)) is not None
    }


def _read(store: GraphStore, param: Param, value: str, on: date | None) -> Term:
    if param.type == "string":
        return ox.Literal(value)
    if param.type == "integer":
        try:
            return ox.Literal(int(value))
        except ValueError:
            raise QueryError(
                f"parameter {param.name!r} takes a whole number, not {value!r}; give one"
            ) from None
    if param.type == "date":
        try:
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=_DATE)
        except ValueError:
            raise QueryError(
                f"parameter {param.name!r} takes a day, not {value!r}; write YYYY-MM-DD"
            ) from None
    if param.type == "policy":
        return ox.NamedNode(policy_named(store, value, on=on))
    return _iri(value, param.name)


def _iri(value: str, name: str) -> ox.NamedNode:
    """An IRI from ``<...>``, a CURIE or the IRI itself."""
    bare = value.removeprefix("<").removesuffix(">")
    try:
        return ox.NamedNode(expand(bare) if bare.partition(":")[0] in PREFIXES else bare)
    except ValueError:
        raise QueryError(
            f"parameter {name!r} takes an IRI or a CURIE such as pd:EmailAddress, not {value!r}; "
            "`privagraph terms` finds concepts"
        ) from None


def _guessed(value: str) -> Term:
    """A value for a variable of a text that says nothing of types."""
    if value.startswith("<") and value.endswith(">"):
        return _iri(value, "value")
    if value.startswith(("http://", "https://", "urn:")) and not any(each.isspace() for each in value):
        return ox.NamedNode(value)
    with suppress(UnknownTermError):
        if " " not in value:
            return ox.NamedNode(expand(value))
    with suppress(ValueError):
        return ox.Literal(int(value))
    return ox.Literal(value)
