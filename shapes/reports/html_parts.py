"""What the templates of the HTML form show: a report parted into values that need no more thought.

A policy's part can be left out where the file would grow too large for a browser; everything that points into
it is then no link.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from privagraph.ontology.shown import one_line
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.wording import (
    counts_of,
    how_sure,
    item_profiles,
    node_place,
    under_rules,
)
from privagraph.shapes.results import Evidence, ItemStatus, PolicyResult, ValidationReport
from privagraph.shapes.rules import Profile, Rule, Severity

__all__ = ["Matrix", "PolicyPart", "Row", "matrices", "policy_parts", "rows", "slug"]

_FIRST = 8
"""How many findings of one rule in one policy are shown at once; the others open with a click."""
_OPEN = 20
"""Up to how many policies are open at the start."""
_ITEM_WORDS = 2
"""How many places are shown that state an item; one where the policies are many."""
_WIDE = 6
"""Up to how many policies the items are the rows of a matrix, and the policies its columns."""


@dataclass(frozen=True, slots=True)
class FindingPart:
    """A finding.

    Attributes:
        id: What a link to it ends with; it stays the same while the policy around it is edited.
        rule: The rule that does not hold.
        message: What is wrong.
        evidence: The words that it rests on.
        node: The node that it is about, where it rests on no words.
        sure: How sure it is.
        known: Whether the baseline has it.
    """

    id: str
    rule: Rule
    message: str
    evidence: tuple[Evidence, ...]
    node: str
    sure: str
    known: bool


@dataclass(frozen=True, slots=True)
class RulePart:
    """The findings of one rule in one policy: the first ones, and those that open with a click."""

    rule: Rule
    first: list[FindingPart]
    more: list[FindingPart]


@dataclass(frozen=True, slots=True)
class ItemPart:
    """An item: where it stands in the file, its words, and the finding that says it is missing."""

    id: str
    rule: Rule
    status: ItemStatus
    evidence: tuple[Evidence, ...]
    target: str


@dataclass(frozen=True, slots=True)
class ItemsPart:
    """The items of one profile, their counts in words, and whether those with words alone are shown."""

    name: str
    counts: str
    items: list[ItemPart]
    many: bool


@dataclass(frozen=True, slots=True)
class PolicyPart:
    """A policy with all that was found in it."""

    id: str
    name: str
    label: str
    counts: list[tuple[Severity, int]]
    profiles: list[ItemsPart]
    rules: list[RulePart]
    open: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A policy in a table.

    Attributes:
        id: Where it stands in the file; empty where it was left out.
        name: What it is called.
        counts: How many errors, warnings and infos it has.
        items: For each profile with items how many are met, missing, open and not applicable; None where the policy
            was not asked for them.
    """

    id: str
    name: str
    counts: list[int]
    items: list[list[int | None]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The state of an item in a policy, and where a click leads: to the words that state it, or the finding."""

    status: ItemStatus
    target: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A policy, and the state of each item in it; None where it was not asked for the item."""

    policy: Row
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The items of one profile in several policies."""

    profile: Profile
    rules: list[Rule]
    rows: list[MatrixRow]

    @property
    def dense(self) -> bool:
        """Whether the policies are the rows, with one sign in each cell."""
        return len(self.rows) > _WIDE


def slug(text: str) -> str:
    """Text as part of an ``id``.

    Example:
        >>> slug("gdpr:right-access")
        'gdpr-right-access'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def policy_parts(report: ValidationReport, context: ReportContext) -> Iterator[PolicyPart]:
    """The policies, in the order of the report."""
    known = context.baseline.entries if context.baseline else {}
    many = len(report.policies) > _OPEN
    pairs = zip(report.policies, fingerprints(report), strict=True)
    for number, (result, marks) in enumerate(pairs, start=1):
        found = [
            FindingPart(
                id=f"finding-{mark[:16]}",
                rule=finding.rule,
                message=one_line(finding.message),
                evidence=finding.evidence,
                node="" if finding.evidence else node_place(finding),
                sure=how_sure(finding.certainty),
                known=mark in known,
            )
            for finding, mark in zip(result.findings, marks, strict=True)
        ]
        groups = under_rules(found, lambda part: part.rule)
        name, label = one_line(result.name), one_line(result.label)
        yield PolicyPart(
            id=f"policy-{number}",
            name=name,
            label="" if label == name else label,
            counts=list(counts_of(result.findings).items()),
            profiles=list(
                _items(number, result, {rule.iri: group[0].id for rule, group in groups}, many=many)
            ),
            rules=[RulePart(rule, group[:_FIRST], group[_FIRST:]) for rule, group in groups],
            open=not many,
            alone=len(report.policies) == 1,
        )


def rows(report: ValidationReport, policies: Sequence[PolicyPart], shown: Collection[str]) -> list[Row]:
    """The policies in a table.

    Args:
        report: What was found.
        policies: The policies, in its order.
        shown: The ids of those that stand in the file.
    """
    names = [profile.name for profile, _ in item_profiles(report)]
    found = []
    for result, part in zip(report.policies, policies, strict=True):
        counts = {
            each.profile: [each.met, each.missing, each.open, each.not_applicable]
            for each in result.completeness()
        }
        found.append(
            Row(
                id=part.id if part.id in shown else "",
                name=part.name,
                counts=[number for _, number in part.counts],
                items=[[*counts.get(name, [None] * len(ItemStatus))] for name in names],
            )
        )
    return found


def matrices(
    report: ValidationReport, policies: Sequence[PolicyPart], named: Sequence[Row]
) -> Iterator[Matrix]:
    """For each profile with items the state of each in each policy that stands in the file.

    Args:
        report: What was found.
        policies: The policies, in its order.
        named: Their rows.
    """
    for profile, rules in item_profiles(report):
        found = []
        for part, row in zip(policies, named, strict=True):
            if row.id:
                items = {item.rule.iri: item for each in part.profiles for item in each.items}
                found.append(MatrixRow(row, [_cell(items.get(rule.iri)) for rule in rules]))
        yield Matrix(profile, rules, found)


def _cell(item: ItemPart | None) -> Cell | None:
    if item is None:
        return None
    stated = item.status is ItemStatus.MET and item.evidence
    return Cell(item.status, item.id if stated else item.target)


def _items(
    number: int, result: PolicyResult, findings: Mapping[str, str], *, many: bool
) -> Iterator[ItemsPart]:
    """The items of a policy, profile by profile.

    Args:
        number: The policy's number, for the ids.
        result: The policy.
        findings: The id of the first finding of each rule that does not hold.
        many: Whether the policies are many: then the matrix alone tells of items that are not stated.
    """
    for counts in result.completeness():
        yield ItemsPart(
            name=counts.profile,
            counts=f"{counts.met} met, {counts.missing} missing, {counts.open} open, "
            f"{counts.not_applicable} not applicable",
            items=[
                ItemPart(
                    id=f"item-{number}-{slug(item.rule.name)}",
                    rule=item.rule,
                    status=item.status,
                    evidence=item.evidence[: 1 if many else _ITEM_WORDS],
                    target=findings.get(item.rule.iri, ""),
                )
                for item in result.items
                if item.rule.profile == counts.profile
            ],
            many=many,
        )
