"""A part of an answer, read in a process that has the graph open, with all that a page needs to show it.

A large answer never becomes Python objects: the rows of the part are kept, the others are counted, up to a limit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.web.answering.labels import labels_of
from privagraph.web.answering.places import Place, places_of

if TYPE_CHECKING:
    from privagraph.queries.catalogue import Query
    from privagraph.queries.store import GraphStore

__all__ = ["PART", "Part", "Shown", "part_of_question", "part_of_text", "values_of_question"]

PART = 1_000
"""How many rows are read at a time."""
COUNTED = 100_000
"""Rows of an answer are counted up to here."""
_STRING = ox.NamedNode(expand("xsd:string"))
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of a row.

    Attributes:
        kind: What it is in RDF.
        text: The IRI, or the text of the literal.
        label: What an IRI is called; empty where nobody says.
        datatype: IRI of a literal's datatype; empty for text.
        language: Tag of a text's language.
        place: Where its words stand in a policy, or what it says is stated.
    """

    kind: Literal["iri", "blank", "literal"]
    text: str
    label: str = ""
    datatype: str = ""
    language: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of an answer.

    Attributes:
        kind: ``select``, ``ask`` or ``construct`` (``DESCRIBE`` counts as the latter).
        columns: Names of the columns; subject, predicate and object where the kind is ``construct``.
        rows: The rows, None where there is no value.
        first: Number of the first of them in the answer, from 0.
        total: How many rows the answer has.
        more: Whether it has more than were counted.
        truth: What an ASK found.
        seconds: How long it took.
    """

    kind: Literal["select", "ask", "construct"]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown | None, ...], ...] = ()
    first: int = 0
    total: int = 0
    more: bool = False
    truth: bool = False
    seconds: float = 0.0


def part_of_question(
    store: GraphStore,
    name: str,
    params: tuple[tuple[str, str], ...],
    *,
    on: date | None = None,
    all_versions: bool = False,
    first: int = 0,
) -> Part:
    """Some rows of the answer to a named question.

    Args:
        store: The graph.
        name: The question.
        params: Values of its parameters; an organisation may be given by its name.
        on: Ask the versions that are in force on this day.
        all_versions: Ask versions too that were replaced.
        first: Number of the first row to read.

    Raises:
        QueryError: A parameter does not fit.
        GraphError: A policy or organisation is not there.
        UnknownTermError: A concept is not there.
    """
    from privagraph.queries.catalogue import load
    from privagraph.queries.running import results

    started = time.perf_counter()
    query = load(name)
    values = values_of_question(store, query, params)
    return _part(store, results(store, query, values, on=on, all_versions=all_versions), first, started)


def part_of_text(store: GraphStore, text: str, *, first: int = 0) -> Part:
    """Some rows of the answer to a SPARQL text.

    Args:
        store: The graph.
        text: The query.
        first: Number of the first row to read.

    Raises:
        QuerySyntaxError: The text is not SPARQL; the message names line and column.
        QueryError: The text is an update, or asks a service.
    """
    from privagraph.queries.running import results

    started = time.perf_counter()
    return _part(store, results(store, text), first, started)


def values_of_question(store: GraphStore, query: Query, params: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Values as a named query takes them: names of organisations become their IRIs.

    Args:
        store: The graph.
        query: The query.
        params: What was given.
    """
    from privagraph.queries.concepts import recipient_named
    from privagraph.web.answering.fields import ORGANISATION_PARAMS

    values = dict(params)
    for param in query.params:
        given = values.get(param.name, "")
        if given and ":" not in given and param.type == "iri" and param.name in ORGANISATION_PARAMS:
            values[param.name] = recipient_named(store, given)
    return values


def _part(
    store: GraphStore, said: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, first: int, started: float
) -> Part:
    if isinstance(said, ox.QueryBoolean):
        return Part("ask", truth=bool(said), seconds=time.perf_counter() - started)
    rows: list[tuple[object, ...]]
    if isinstance(said, ox.QuerySolutions):
        columns = tuple(variable.value for variable in said.variables)
        passed = sum(1 for _ in islice(said, first))
        rows = [tuple(solution) for solution in islice(said, PART)]
        left = COUNTED - passed - len(rows)
        counted = sum(1 for _ in islice(said, max(0, left)))
        total = passed + len(rows) + counted
        more = next(iter(said), None) is not None
    else:
        columns = _TRIPLE
        triples = sorted(set(islice(said, COUNTED)), key=str)
        rows = [(each.subject, each.predicate, each.object) for each in triples[first : first + PART]]
        total, more = len(triples), next(iter(said), None) is not None
    kind: Literal["select", "construct"] = "select" if isinstance(said, ox.QuerySolutions) else "construct"
    return Part(
        kind,
        columns=columns,
        rows=_shown(store, columns, rows),
        first=first,
        total=total,
        more=more,
        seconds=time.perf_counter() - started,
    )


def _shown(
    store: GraphStore, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> tuple[tuple[Shown | None, ...], ...]:
    labels = labels_of(store, {each.value for each in _each(rows) if isinstance(each, ox.NamedNode)})
    places = places_of(store, columns, rows)
    return tuple(
        tuple(_value(term, labels, places.get((row, column))) for column, term in enumerate(terms))
        for row, terms in enumerate(rows)
    )


def _value(term: object, labels: dict[str, str], place: Place | None) -> Shown | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Shown("iri", term.value, label=labels.get(term.value, ""), place=place)
    if isinstance(term, ox.Literal):
        plain = term.language is not None or term.datatype == _STRING
        datatype = "" if plain else term.datatype.value
        return Shown("literal", term.value, datatype=datatype, language=term.language or "", place=place)
    return Shown("blank", str(term), place=place)


def _each(rows: Sequence[Sequence[object]]) -> Iterator[object]:
    for row in rows:
        yield from row
