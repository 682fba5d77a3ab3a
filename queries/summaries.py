"""What a graph holds, policy by policy, in a few words each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pyoxigraph import QuerySolutions

from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore

__all__ = ["PolicySummary", "policy_date", "policy_dates", "policy_summaries"]

_EFFECTIVE, _UPDATED = expand("pg:effectiveDate"), expand("pg:lastUpdated")
_QUERY = """
SELECT ?policy ?label ?language ?controller ?effective ?updated ?source WHERE {
  GRAPH ?policy {
    ?policy a pg:PrivacyPolicy .
    OPTIONAL { ?policy rdfs:label ?label }
    OPTIONAL { ?policy dct:language ?language }
    OPTIONAL { ?policy dpv:hasDataController/rdfs:label ?controller }
    OPTIONAL { ?policy pg:effectiveDate ?effective }
    OPTIONAL { ?policy pg:lastUpdated ?updated }
    OPTIONAL { ?policy prov:wasDerivedFrom/pg:fileName ?source }
  }
}
ORDER BY ?policy ?source ?controller
"""

_DATES = """
SELECT ?policy ?effective ?updated WHERE {
  GRAPH ?policy {
    ?policy a pg:PrivacyPolicy .
    OPTIONAL { ?policy pg:effectiveDate ?effective }
    OPTIONAL { ?policy pg:lastUpdated ?updated }
  }
}
"""


@dataclass(frozen=True, slots=True)
class PolicySummary:
    """One policy of a graph.

    Attributes:
        iri: Its IRI, which names its graph too.
        title: Its title, or what to call it where it has none; its IRI where the graph lacks that too.
        sources: The names of the files that it was read from, sorted.
        controller: Name of the organisation whose policy it is, or None when the text does not say.
        effective: The date from which it holds, or None.
        updated: The date of its last change, or None.
        language: Tag of the language that it is written in.
    """

    iri: str
    title: str
    sources: tuple[str, ...]
    controller: str | None = None
    effective: date | None = None
    updated: date | None = None
    language: str | None = None


def policy_summaries(store: GraphStore) -> tuple[PolicySummary, ...]:
    """The policies of a graph, sorted by the names of their sources."""
    rows: dict[str, dict[str, list[str]]] = {}
    solutions = store.query(_QUERY)
    assert isinstance(solutions, QuerySolutions)  # a SELECT query has no other answer
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        row = rows.setdefault(solution["policy"].value, {name: [] for name in names})
        for name in names:
            value = solution[name]
            if value is not None and value.value not in row[name]:
                row[name].append(value.value)
    found = (_summary(iri, row) for iri, row in rows.items())
    return tuple(sorted(found, key=lambda each: (each.sources, each.iri)))


def policy_dates(store: GraphStore) -> dict[str, date]:
    """The day from which each policy holds: its effective date, else that of its last update; none without a date."""
    found: dict[str, date] = {}
    solutions = store.query(_DATES)
    assert isinstance(solutions, QuerySolutions)  # a SELECT query has no other answer
    for row in solutions:
        for name in ("effective", "updated"):
            if row["policy"].value not in found and (day := _day(row[name] and row[name].value)) is not None:
                found[row["policy"].value] = day
    return found


def policy_date(store: GraphStore, policy: str) -> date | None:
    """The day from which one policy holds, see :func:`policy_dates`."""
    said = [each for step in (_EFFECTIVE, _UPDATED) for each in store.said(policy, step)]
    return next((day for each in said if (day := _day(each)) is not None), None)


def _day(text: str | None) -> date | None:
    with suppress(ValueError):  # a graph may be damaged; validation says so
        return date.fromisoformat(text or "")
    return None


def _summary(iri: str, row: dict[str, list[str]]) -> PolicySummary:
    def first(name: str) -> str | None:
        return row[name][0] if row[name] else None

    return PolicySummary(
        iri=iri,
        title=first("label") or iri,
        sources=tuple(sorted(row["source"])),
        controller=first("controller"),
        effective=_day(first("effective")),
        updated=_day(first("updated")),
        language=first("language"),
    )
