"""Values that can be read without the graph, so that a query can be shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES, expand

if TYPE_CHECKING:
    from privagraph.queries.catalogue import Query
    from privagraph.queries.running import Term

__all__ = ["readable"]


def readable(query: Query, name: str, value: str) -> Term | None:
    """A value of a named question as a term.

    Args:
        query: The question.
        name: One of its parameters.
        value: The value, as :func:`privagraph.web.answering.fields.choice_of` gives it.

    Returns:
        The term; None where only the graph knows what is meant, such as by the name of an organisation.
    """
    param = query.param(name)
    if param is None:
        return None
    if param.type == "string":
        return ox.Literal(value)
    if param.type == "integer":
        return ox.Literal(int(value))
    if param.type == "date":
        return ox.Literal(value, datatype=ox.NamedNode(expand("xsd:date")))
    iri = expand(value) if value.partition(":")[0] in PREFIXES else value
    try:
        return ox.NamedNode(iri.removeprefix("<").removesuffix(">"))
    except ValueError:
        return None
