"""Practices as rows, many policies at once: what the views that count are made of.

Reading each policy whole (:mod:`privagraph.ontology.reading`) takes a minute for a thousand policies; most of a graph
is mentions and their selectors, which nothing here counts. A few queries read what is counted in seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from pyoxigraph import QuerySolutions

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks.filters import Filters, Polarity, is_or_is_under
from privagraph.queries.networks.row import PracticeRow
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import policy_summaries
from privagraph.queries.versions import policies_to_ask

__all__ = ["Reading", "asked", "fact", "local_name", "read"]

_PRACTICES = """
SELECT ?policy ?practice ?processing ?polarity ?modality ?start ?end ?quote WHERE {
  GRAPH ?policy {
    ?policy dpv:hasProcess|pg:deniesPractice ?practice .
    ?practice pg:processing ?processing ; pg:polarity ?polarity ; pg:modality ?modality ; pg:evidence ?span .
    ?span oa:hasSelector ?position , ?words .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote .
  }
}
"""
_POLICY_LABELS = (
    "SELECT ?policy ?node ?label WHERE { GRAPH ?policy { ?node a pg:PrivacyPolicy ; rdfs:label ?label } }"
)
_AGENTS = """
SELECT ?policy ?agent ?value WHERE {{ GRAPH ?policy {{ ?agent a dpv:Organisation ; {property} ?value }} }}
"""
_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "data": ("dpv:hasPersonalData", "pg:deniedPersonalData"),
    "purposes": ("dpv:hasPurpose", "pg:deniedPurpose"),
    "recipients": ("dpv:hasRecipient", "pg:deniedRecipient"),
    "sources": ("dpv:hasDataSource", "pg:deniedDataSource"),
    "subjects": ("dpv:hasDataSubject", "pg:deniedDataSubject"),
    "locations": ("dpv:hasLocation", "pg:deniedLocation"),
}
"""The properties behind each field of a row."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        rows: The practices, in the order of policies and texts.
        policies: The policies that were read, with practices or without: those asked for, else the current versions
            or, where the filters say so, all of them.
        labels: What to call policies (title and file) and organisations.
        operators: Who runs an organisation's service, and the policies whose graphs say so.
        services: Kinds of service of an organisation.
        types: Classes of an organisation.
        types_in: Classes of an organisation in the graph of one policy.
        companies: The company of each policy whose text says whose it is.
    """

    rows: tuple[PracticeRow, ...]
    policies: frozenset[str]
    labels: Mapping[str, str]
    operators: Mapping[str, Mapping[str, tuple[str, ...]]]
    services: Mapping[str, tuple[str, ...]]
    types: Mapping[str, tuple[str, ...]]
    types_in: Mapping[tuple[str, str], Collection[str]]
    companies: Mapping[str, str]

    def narrowed(self, filters: Filters) -> tuple[PracticeRow, ...]:
        """The rows with only those data, purposes and recipients that the filters ask for."""
        if not filters.by_concept:
            return self.rows
        rows = []
        for row in self.rows:
            chosen: dict[str, Any] = dict(_chosen(row, filters, self.types_in))
            rows.append(replace(row, **chosen))
        return tuple(rows)

    def takes_recipient(self, policy: str, recipient: str, filters: Filters) -> bool:
        """Whether the filters take a recipient that a policy names."""
        wanted = filters.recipient
        return wanted is None or _is(recipient, wanted, policy, self.types_in)

    def node(self, iri: str) -> dict[str, Any]:
        """The attributes of a node: ``label``, ``kind``, ``types``, and of a service its kind and who runs it."""
        if iri in self.policies:
            return {"label": self.labels.get(iri, iri), "kind": "policy", "types": ["pg:PrivacyPolicy"]}
        known = vocabulary()
        if iri in known:
            return {"label": known.label(iri), "kind": "concept", "types": []}
        attributes: dict[str, Any] = {
            "label": self.labels.get(iri) or iri.rpartition("/")[2],
            "kind": "agent",
            "types": [compact(each) for each in self.types.get(iri, ())],
        }
        if services := self.services.get(iri):
            attributes["services"] = [known.label(each) if each in known else each for each in services]
        if operators := self.operators.get(iri):
            attributes["operators"] = sorted(operators)
        return attributes

    def label(self, iri: str) -> str:
        """What to call a node."""
        return str(self.node(iri)["label"])


def read(store: GraphStore, filters: Filters, *, otherwise: Polarity) -> Reading:
    """Read the practices that fit.

    Args:
        store: The graph.
        filters: Which practices.
        otherwise: The polarity of the practices to take where the filters do not say.

    Raises:
        GraphError: There is no such policy.
    """
    known = store.policies()
    missing = sorted(set(filters.policies).difference(known))
    if missing:
        raise GraphError(
            store.location, f"holds no policy {missing[0]}", "`privagraph query policies` lists them"
        )
    current = policies_to_ask(store, all_versions=filters.all_versions)
    policies = frozenset(filters.policies) or current or frozenset(known)
    ask = partial(asked, store, filters.policies)
    facts = {field: _values(ask(fact(*names))) for field, names in _PROPERTIES.items()}
    controllers = _values(ask(fact("dpv:hasDataController")))
    processors = _values(ask(fact("dpv:hasDataProcessor")))
    classes = defaultdict[tuple[str, str], set[str]](set)
    operated = defaultdict[str, dict[str, list[str]]](dict)
    for policy, agent, class_ in ask(_AGENTS.format(property="a")):
        classes[policy, agent].add(class_)
    for policy, service, operator in ask(fact("pg:operatedBy")):
        operated[service].setdefault(operator, []).append(policy)
    rows: dict[str, PracticeRow] = {}
    for policy, practice, processing, mark, modality, start, end, quote in ask(_PRACTICES):
        polarity = local_name(mark)
        if policy not in policies or not filters.takes(polarity, otherwise=otherwise):
            continue
        doers = [*controllers.get(practice, ()), *processors.get(practice, ())]
        if polarity == "denied":
            doers = [*doers, *controllers.get(policy, ())]
        row = PracticeRow(
            iri=practice,
            policy=policy,
            processing=processing,
            polarity=polarity,
            holder=doers[0] if doers else policy,
            company=controllers.get(policy, (policy,))[0],
            evidence={
                "practice": practice,
                "policy": policy,
                "processing": compact(processing),
                "polarity": polarity,
                "modality": local_name(modality),
                "start": int(start),
                "end": int(end),
                "quote": quote,
            },
            **{field: values.get(practice, ()) for field, values in facts.items()},
        )
        if _fits(row, filters, classes):
            rows[practice] = row
    types = defaultdict[str, set[str]](set)
    for (_, agent), found in classes.items():
        types[agent] |= found
    labels = {node: names[0] for node, names in _values(ask(_AGENTS.format(property="rdfs:label"))).items()}
    for summary in policy_summaries(store):
        file = f" ({summary.sources[0]})" if summary.sources else ""
        labels[summary.iri] = summary.title + file
    return Reading(
        rows=tuple(sorted(rows.values(), key=lambda row: (row.policy, row.evidence["start"], row.iri))),
        policies=policies,
        labels=labels,
        operators={
            service: {operator: tuple(sorted(homes)) for operator, homes in sorted(found.items())}
            for service, found in operated.items()
        },
        services=_values(ask(fact("pg:kindOfService"))),
        types={agent: tuple(sorted(found)) for agent, found in types.items()},
        types_in=classes,
        companies={policy: controllers[policy][0] for policy in policies if policy in controllers},
    )


def asked(store: GraphStore, policies: Iterable[str], text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query that selects ``?policy``, over all policies or over some of them.

    Args:
        store: The graph.
        policies: IRIs of the policies; all of them when empty.
        text: The query; all that it selects is bound in every row.

    Yields:
        IRIs, and literals as text.
    """
    for bindings in [{"policy": policy} for policy in sorted(set(policies))] or [{}]:
        solutions = store.query(text, bindings=bindings)
        assert isinstance(solutions, QuerySolutions)  # a SELECT query has no other answer
        for solution in solutions:
            yield tuple(term.value for term in solution)


def fact(*properties: str) -> str:
    """The query for all that has a property, with its values."""
    return f"SELECT ?policy ?node ?value WHERE {{ GRAPH ?policy {{ ?node {'|'.join(properties)} ?value }} }}"


def _values(rows: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The values of each node, sorted."""
    found = defaultdict[str, set[str]](set)
    for _, node, value in rows:
        found[node].add(value)
    return {node: tuple(sorted(values)) for node, values in found.items()}


_Types: TypeAlias = Mapping[tuple[str, str], Collection[str]]


def _is(value: str, wanted: str, policy: str, types_in: _Types) -> bool:
    """Whether a node is the wanted one, a narrower concept, or an organisation of that kind in a policy."""
    return any(is_or_is_under(each, wanted) for each in (value, *types_in.get((policy, value), ())))


def _chosen(row: PracticeRow, filters: Filters, types_in: _Types) -> dict[str, tuple[str, ...]]:
    """The fields that the filters choose by, each with its values that fit."""
    wanted = {"data": filters.data, "purposes": filters.purpose, "recipients": filters.recipient}
    return {
        field: tuple(value for value in getattr(row, field) if _is(value, each, row.policy, types_in))
        for field, each in wanted.items()
        if each is not None
    }


def _fits(row: PracticeRow, filters: Filters, types_in: _Types) -> bool:
    """Whether a row is about what the filters ask for; another one who acts with the data has got them."""
    chosen = _chosen(row, filters, types_in)
    if filters.recipient and row.by_other and _is(row.holder, filters.recipient, row.policy, types_in):
        del chosen["recipients"]
    return all(chosen.values())


def local_name(iri: str) -> str:
    """The name of one of our own terms, such as ``affirmed``."""
    return iri.rpartition("#")[2]
