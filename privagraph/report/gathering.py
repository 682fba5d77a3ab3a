"""A report as values: what a graph holds of some policies, gathered policy by policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from privagraph.ontology.reading import PolicyView, Span, read_policy
from privagraph.ontology.shown import one_line
from privagraph.queries.comparison.sayings import Saying
from privagraph.queries.store import GraphStore
from privagraph.report.concepts import Concepts
from privagraph.report.counting import Totals, counted
from privagraph.report.flows import Strand, flow_chart, strands
from privagraph.report.graph_facts import GraphFacts
from privagraph.report.itself import Itself
from privagraph.report.naming import anchor
from privagraph.report.parties import places, recipients, safeguards
from privagraph.report.parts import PolicyPart, Report
from privagraph.report.passages import Passages
from privagraph.report.problems import (
    clashes,
    finding_groups,
    finding_spans,
    unfitted,
)
from privagraph.report.promises import card, kept, name_of, rights, told, ways
from privagraph.report.shared import shared_chart
from privagraph.report.sides import MOST, Prevalence, more_sayings, sides
from privagraph.report.statements import denials, ledgers, loose_data, matrix
from privagraph.shapes.results import PolicyResult, ValidationReport

__all__ = ["gathered"]

_ROOM = 20_000
"""How many mentions and practices a report shows in full; a browser still opens its file within seconds."""
_KEY = 8
"""How many digits of a policy's hash its anchors begin with."""


def gathered(
    store: GraphStore,
    policies: Sequence[str],
    validation: ValidationReport | None,
    *,
    title: str = "",
    room: int = _ROOM,
) -> Report:
    """A report on some policies of a graph.

    Args:
        store: The graph.
        policies: Their IRIs, in the order in which they are shown.
        validation: What the shapes found in them; None where they were not checked.
        title: The title; what they are called, when empty.
        room: How many mentions and practices it shows in full; policies beyond that are counted alone.
    """
    results = {} if validation is None else {each.policy: each for each in validation.policies}
    keys = _keys(policies)
    totals, concepts, prevalence = Totals(), Concepts(), Prevalence()
    parts: list[PolicyPart] = []
    views: list[tuple[PolicyView, Passages]] = []
    more: dict[str, list[Saying]] = {}
    flows: list[Strand] = []
    for number, iri in enumerate(policies, start=1):
        quads = list(store.unsorted_quads(iri))
        view, facts = read_policy(iri, quads), GraphFacts.read(iri, quads)
        itself = Itself.found(view, facts.all(iri, "pg:namesRegulation"))
        size = len(view.mentions) + len(view.practices)
        room -= size
        linked = room >= 0 or number == 1
        result = results.get(iri)
        passages = Passages(
            view,
            key=keys[iri],
            prefix=f"{number}." if len(policies) > 1 else "",
            others=[*finding_spans(result), *_observed(facts), *itself.spans],
            linked=linked,
        )
        part = _part(view, facts, itself, passages, result, key=keys[iri], number=number, linked=linked)
        totals.add(view, part.numbers, part.recipients, part.places)
        concepts.add(view, passages)
        if len(policies) > MOST:
            prevalence.add(view, passages)
        else:
            views.append((view, passages))
            more[iri] = [*more_sayings(view, part.clashes, part.findings)]
        if len(policies) > 1:
            flows += strands(view, passages)
        parts.append(part)
    parts = _told_apart(parts)
    several = len(policies) > 1
    return Report(
        title=one_line(title) or _title(parts),
        policies=tuple(parts),
        totals=totals.numbers(),
        checked=() if validation is None else tuple((each.name, each.title) for each in validation.profiles),
        day=None if validation is None else validation.checked_on,
        sides=sides([view for view, _ in views], [each for _, each in views], more)
        if several and views
        else None,
        bars=prevalence.topics(),
        chart=flow_chart(flows, name="flow", title="Data, purposes and recipients of all policies")
        if several
        else None,
        shared=shared_chart([(_place(each), each.name, each.recipients) for each in parts])
        if several
        else None,
        concepts=concepts,
    )


def _part(
    view: PolicyView,
    facts: GraphFacts,
    itself: Itself,
    passages: Passages,
    result: PolicyResult | None,
    *,
    key: str,
    number: int,
    linked: bool,
) -> PolicyPart:
    who = tuple(recipients(view, facts, passages))
    where = tuple(places(view, passages))
    found = tuple(clashes(view, facts, passages))
    loose = unfitted(view, passages)
    periods, named_rights = tuple(kept(view, facts, passages)), rights(view, passages)
    numbers = counted(
        view,
        recipients=who,
        places=where,
        kept=periods,
        rights=named_rights,
        clashes=found,
        unfitted=loose,
        result=result,
    )
    name = name_of(view, facts)
    part = PolicyPart(
        id=key,
        number=number,
        iri=view.iri,
        name=name,
        file=", ".join(map(one_line, view.sources)),
        language=view.language,
        updated=view.updated or view.effective,
        numbers=numbers,
        is_shown=linked,
        recipients=who,
        places=where,
        clashes=found,
        findings=tuple(finding_groups(result, passages)),
    )
    if not linked:
        return part
    flows = list(strands(view, passages))
    return replace(
        part,
        card=card(view, facts, itself, passages),
        matrix=matrix(view, passages),
        ledgers=ledgers(view, passages, facts.company),
        loose=loose_data(view, passages),
        safeguards=safeguards(view, passages),
        kept=periods,
        rights=named_rights,
        ways=ways(view, passages),
        told=told(view, passages),
        denials=tuple(denials(view, passages, facts.company)),
        items=()
        if result is None
        else tuple((each.profile, each.met, each.missing, each.open) for each in result.completeness()),
        unfitted=loose,
        chart=flow_chart(flows, name=f"{key}-flow", title=f"Data, purposes and recipients: {name}"),
        passages=tuple(passages.passages()),
    )


def _observed(facts: GraphFacts) -> list[Span]:
    return [span for each in facts.observed() for span in (each.one, each.other)]


def _place(part: PolicyPart) -> str:
    """Where a policy is told of: its part, else its row among all policies."""
    return part.id if part.is_shown else f"row-{part.id}"


def _keys(policies: Iterable[str]) -> Mapping[str, str]:
    """What the anchors of each policy begin with: some digits of its hash, more where these are not enough."""
    names = {
        iri: anchor(iri.rstrip("/").replace("#", "/").rpartition("/")[2]) or "policy" for iri in policies
    }
    short = [name[:_KEY] for name in names.values()]
    if len(set(short)) < len(short):
        return {iri: f"p{number}-{name}" for number, (iri, name) in enumerate(names.items(), start=1)}
    return {iri: f"p{name[:_KEY]}" for iri, name in names.items()}


def _told_apart(parts: Sequence[PolicyPart]) -> list[PolicyPart]:
    """The policies, those of one name with their files behind it."""
    often = Counter(each.name for each in parts)
    return [
        replace(each, name=f"{each.name} ({each.file})") if often[each.name] > 1 and each.file else each
        for each in parts
    ]


def _title(parts: Sequence[PolicyPart]) -> str:
    if len(parts) == 1:
        return f"Privacy policy of {parts[0].name}"
    return f"{len(parts)} privacy policies"
