"""What a policy says that is done, and that is not done: statement by statement, and as data by purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView
from privagraph.ontology.shown import one_line
from privagraph.queries.comparison.grouping import group_of
from privagraph.queries.export.policies import parts_of, says_purpose
from privagraph.report.naming import label_of, named, verb_of
from privagraph.report.passages import Passages, each_once
from privagraph.report.values import Cell, CellDeed, Column, Deed, Denial, Ledger, Matrix, MatrixRow, Thing

__all__ = [
    "GENERAL_DATA",
    "NO_PURPOSE",
    "OTHER_DATA",
    "Grouped",
    "data_group",
    "deed_of",
    "denials",
    "ledgers",
    "loose_data",
    "matrix",
    "purpose_group",
    "things_of",
]

NO_PURPOSE = "No purpose named"
OTHER_DATA = "Data that fit no group"
GENERAL_DATA = "Data in general"
_PERSONAL_DATA = expand("dpv:PersonalData")
_OTHER_PURPOSES = "Other purposes"
_MOST_COLUMNS = 8
"""How many purposes a matrix has beside "no purpose named" and "other purposes"."""
_SHADES = 4
_MORE = (
    ("legal basis", ("legal_basis",)),
    ("source", ("source",)),
    ("people", ("data_subject",)),
    ("kept", ("retention",)),
    ("place", ("storage_location", "transfer_destination")),
    ("protected by", ("transfer_safeguard", "security_measure")),
    ("technology", ("tracking_technology",)),
    ("right", ("right",)),
)
"""Arguments that have no column of their own, under what they are."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A group of data or of purposes."""

    label: str
    concept: str = ""


def data_group(mention: MentionView) -> Grouped:
    """The group that words for data are shown under."""
    if mention.is_reference or mention.concept == _PERSONAL_DATA:
        return Grouped(GENERAL_DATA)
    return _group("Personal data", mention, OTHER_DATA)


def purpose_group(mention: MentionView) -> Grouped:
    """The group that words for a purpose are shown under."""
    return _group("Purposes", mention, _OTHER_PURPOSES)


def _group(topic: str, mention: MentionView, other: str) -> Grouped:
    if mention.concept is None:
        return Grouped(other)
    found = group_of(topic, mention.concept)
    if found is None:
        return Grouped(label_of(mention.concept) or other, mention.concept)
    return Grouped(found[1], found[0])


def things_of(mentions: Iterable[MentionView], policy: PolicyView, passages: Passages) -> tuple[Thing, ...]:
    """What some mentions name, each thing once, with the words for it."""
    found: dict[tuple[str, str], list[MentionView]] = {}
    for each in mentions:
        concept = (
            "" if each.agent else each.concept or ""
        )  # an organisation is no concept, though it is of a kind
        found.setdefault((named(each, policy), concept), []).append(each)
    return tuple(Thing(label, concept, passages.mentioned(each)) for (label, concept), each in found.items())


def deed_of(practice: PracticeView, policy: PolicyView, passages: Passages, company: str | None) -> Deed:
    """One statement, in plain values.

    Args:
        practice: The practice or denial.
        policy: Its policy.
        passages: The policy's passages.
        company: IRI of the organisation whose policy it is.
    """
    stated, excepted = parts_of(practice)

    def things(mentions: Iterable[MentionView]) -> tuple[Thing, ...]:
        return things_of(mentions, policy, passages)

    more = [(title, things(each for each in stated if each.role in roles)) for title, roles in _MORE]
    more.append(
        ("legal basis", things(m for m in stated if m.role == "legitimate_interest" and not says_purpose(m)))
    )
    more.append(("but not", things(excepted)))
    by = practice.controller if practice.controller != company else None
    return Deed(
        verb=Thing(verb_of(practice.processing), practice.processing),
        modality=practice.modality,
        condition=one_line(practice.condition),
        by=label_of(by, policy),
        data=things(each for each in stated if each.role == "data_category"),
        purposes=things(each for each in stated if says_purpose(each)),
        recipients=things(each for each in stated if each.role == "recipient"),
        more=tuple((title, found) for title, found in more if found),
        confidence=round(practice.confidence * 100),
        ref=passages.to_practice(practice),
    )


def ledgers(policy: PolicyView, passages: Passages, company: str | None) -> tuple[Ledger, ...]:
    """All that is done, by operation, the most frequent first."""
    groups: dict[Thing, list[Deed]] = {}
    for practice in policy.practices:
        if not practice.denied:
            deed = deed_of(practice, policy, passages, company)
            groups.setdefault(deed.verb, []).append(deed)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0].label))
    return tuple(Ledger(verb, tuple(deeds)) for verb, deeds in ranked)


def denials(policy: PolicyView, passages: Passages, company: str | None) -> Iterator[Denial]:
    """What the policy says that it does not do, in the order of the text."""
    for practice in policy.practices:
        if practice.denied:
            yield Denial(deed_of(practice, policy, passages, company), one_line(practice.quote))


def matrix(policy: PolicyView, passages: Passages) -> Matrix:
    """Data by purpose: what is done, how surely, and where that stands."""
    found: dict[tuple[Grouped, Grouped], dict[str, PracticeView]] = {}
    rows: Counter[Grouped] = Counter()
    columns: Counter[Grouped] = Counter()
    members: dict[Grouped, list[MentionView]] = {}
    for practice in policy.practices:
        if practice.denied:
            continue
        stated, _ = parts_of(practice)
        data = [each for each in stated if each.role == "data_category"]
        purposes = {purpose_group(each) for each in stated if says_purpose(each)} or {Grouped(NO_PURPOSE)}
        for each in data:
            members.setdefault(data_group(each), []).append(each)
        for group in {data_group(each) for each in data}:
            rows[group] += 1
            for purpose in purposes:
                columns[purpose] += 1
                found.setdefault((group, purpose), {})[practice.iri] = practice
    heads = _heads(columns)
    kept = {head: [head] for head in heads}
    if rest := [each for each in columns if each not in kept]:
        other = Grouped(_OTHER_PURPOSES)
        kept[other] = [*kept.get(other, []), *rest]
        heads = [
            *(each for each in heads if each != other and each.label != NO_PURPOSE),
            other,
            *(each for each in heads if each.label == NO_PURPOSE),
        ]
    merged = {
        (row, head): {iri: each for part in parts for iri, each in found.get((row, part), {}).items()}
        for row in rows
        for head, parts in kept.items()
    }
    largest = max(map(len, merged.values()), default=0)
    ordered = sorted(
        rows, key=lambda each: (each.label in (GENERAL_DATA, OTHER_DATA), -rows[each], each.label)
    )
    return Matrix(
        tuple(Column(each.label, each.concept) for each in heads),
        tuple(
            MatrixRow(
                row.label,
                row.concept,
                things_of(members[row], policy, passages),
                tuple(_cell(list(merged[row, head].values()), passages, largest) for head in heads),
            )
            for row in ordered
        ),
    )


def _heads(columns: Counter[Grouped]) -> list[Grouped]:
    """The purposes with a column of their own, the most frequent first, "no purpose named" last."""
    ranked = sorted(columns, key=lambda each: (-columns[each], each.label))
    named_ones = [each for each in ranked if each.label not in (NO_PURPOSE, _OTHER_PURPOSES)][:_MOST_COLUMNS]
    last = [each for each in ranked if each.label == _OTHER_PURPOSES] + [
        each for each in ranked if each.label == NO_PURPOSE
    ]
    return [*named_ones, *last]


def _cell(practices: Sequence[PracticeView], passages: Passages, largest: int) -> Cell:
    if not practices:
        return Cell()
    deeds: dict[tuple[str, str], list[PracticeView]] = {}
    for each in practices:
        deeds.setdefault((each.processing, each.modality), []).append(each)
    ranked = sorted(deeds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shade = max(1, round(_SHADES * len(practices) / largest))
    return Cell(tuple(_deeds(ranked, passages)), len(practices), shade)


def _deeds(
    ranked: Iterable[tuple[tuple[str, str], Sequence[PracticeView]]], passages: Passages
) -> Iterator[CellDeed]:
    for (processing, modality), group in ranked:
        sure = [round(each.confidence * 100) for each in group]
        yield CellDeed(
            Thing(verb_of(processing), processing, each_once(map(passages.to_practice, group))),
            modality,
            all(each.condition for each in group),
            min(sure),
            max(sure),
        )


def loose_data(policy: PolicyView, passages: Passages) -> tuple[Thing, ...]:
    """Data that the policy names without a statement of what is done with them."""
    told = {each.iri for practice in policy.practices for each in practice.arguments}
    loose = [each for each in policy.mentions_of("data_category") if each.iri not in told and not each.denied]
    return things_of(loose, policy, passages)
