"""What the page of validation shows: findings of a few policies at a time, whatever their number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privagraph.shapes.reports import ReportContext
from privagraph.shapes.reports.html_parts import FindingPart, PolicyPart, matrices, policy_parts, rows
from privagraph.shapes.reports.html_templates import templates
from privagraph.shapes.reports.wording import counted, counts_of, item_profiles, summary
from privagraph.shapes.results import Evidence, PolicyResult, ValidationReport
from privagraph.shapes.rules import Rule
from privagraph.web.links import policy_url, words_url
from privagraph.web.validation_choice import Choice

if TYPE_CHECKING:
    from markupsafe import Markup

    from privagraph.web.policies import PolicyIndex

__all__ = ["Shown", "shown"]

_POLICIES = 10
"""How many policies a page shows."""
_FIRST_POLICIES, _FIRST_RULES = 3, 60
"""By rule: how many policies of each rule a page shows, and how many rules, where none was chosen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of results.

    Attributes:
        results: The findings, the table of policies and the matrices, as HTML.
        summary: What was found, in a few words; of what the filters leave.
        counts: How many findings of each severity there are, whatever severities are shown.
        rules: The rules that do not hold somewhere, with the number of their findings, whatever rule is shown.
        pages: How many pages there are.
    """

    results: Markup
    summary: str
    counts: dict[str, int]
    rules: list[tuple[Rule, int]]
    pages: int


def shown(whole: ValidationReport, choice: Choice, index: PolicyIndex) -> Shown:
    """A page of results.

    Args:
        whole: What was found in all policies that were chosen.
        choice: What else was chosen.
        index: The policies of the graph.
    """
    from markupsafe import Markup

    unruled = choice.narrowed(whole, rule=False)
    report = choice.narrowed(whole)
    every = replace(choice, severities=frozenset()).narrowed(whole)
    if choice.narrows:
        report = replace(report, policies=tuple(each for each in report.policies if each.findings))
    if choice.by_rule:
        groups, policies, pages = _by_rule(report, choice, index)
    else:
        pages = math.ceil(len(report.policies) / _POLICIES)
        policies = _of_page(report.policies, choice.page)
        groups = []
    part = replace(report, policies=tuple(policies))
    parts = list(policy_parts(part, ReportContext()))
    if not choice.by_rule:
        groups = list(_by_policy(part, parts, index))
    table = rows(part, parts, [] if choice.by_rule else [each.id for each in parts])
    environment = templates()
    matrix = environment.get_template("matrix.html.j2")
    results = environment.get_template("fragment.html.j2").render(
        several=len(whole.policies) > 1 and not choice.by_rule and bool(parts),
        table=table,
        item_profiles=[profile.name for profile, _ in item_profiles(part)],
        matrices=(Markup(matrix.render(matrix=each)) for each in matrices(part, parts, table)),
        broken=report.by_rule(),
        groups=groups,
        nothing="Nothing that fits was found." if choice.narrows else "Nothing was found.",
    )
    return Shown(
        Markup(results),
        _fitting(report, whole) if choice.narrows else summary(report),
        {str(severity): number for severity, number in counts_of(every.findings).items()},
        list(unruled.by_rule()),
        pages,
    )


def _fitting(report: ValidationReport, whole: ValidationReport) -> str:
    """What the filters leave, in a few words."""
    counts = ", ".join(counted(number, str(each)) for each, number in counts_of(report.findings).items())
    touched = sum(bool(each.findings) for each in report.policies)
    return f"{counts} fit, in {touched:,} of {counted(len(whole.policies), 'checked policy', 'checked policies')}"


def _of_page(found: Sequence[PolicyResult], page: int) -> Sequence[PolicyResult]:
    return found[(page - 1) * _POLICIES : page * _POLICIES]


def _by_policy(report: ValidationReport, parts: Iterable[PolicyPart], index: PolicyIndex) -> Iterable[Markup]:
    """Each policy with what was found in it."""
    from markupsafe import Markup

    template = templates().get_template("policy.html.j2")
    for result, part in zip(report.policies, parts, strict=True):
        places, address = _places(result, index)
        yield Markup(template.render(policy=part, places=places, address=address))


def _by_rule(
    report: ValidationReport, choice: Choice, index: PolicyIndex
) -> tuple[list[Markup], Sequence[PolicyResult], int]:
    """Each rule with the policies in which it does not hold: the first few, or a page of them where it was chosen."""
    from markupsafe import Markup

    template = templates().get_template("by-rule.html.j2")
    made: list[Markup] = []
    kept: list[PolicyResult] = []
    pages = 1
    for rule, number in report.by_rule()[:_FIRST_RULES]:
        of_rule = [
            replace(each, findings=tuple(found for found in each.findings if found.rule == rule))
            for each in report.policies
        ]
        touched = [each for each in of_rule if each.findings]
        if choice.rule:
            pages = math.ceil(len(touched) / _POLICIES)
            few = _of_page(touched, choice.page)
        else:
            few = touched[:_FIRST_POLICIES]
        kept += few
        parts = policy_parts(replace(report, policies=tuple(few)), ReportContext())
        groups = [
            (part, _findings(part), *_places(result, index)) for result, part in zip(few, parts, strict=True)
        ]
        more = len(touched) - len(few)
        told = f"{counted(number, 'finding')} in {counted(len(touched), 'policy', 'policies')}"
        made.append(
            Markup(
                template.render(
                    rule=rule,
                    groups=groups,
                    told=told,
                    more="" if choice.rule or not more else f"See all {told}",
                    all_of_it=choice.address(rule=rule.name),
                )
            )
        )
    return made, kept, pages


def _findings(part: PolicyPart) -> list[FindingPart]:
    return [entry for group in part.rules for entry in (*group.first, *group.more)]


def _places(result: PolicyResult, index: PolicyIndex) -> tuple[Callable[[Evidence], str], str]:
    """Where the words of a policy can be read, and the policy itself."""
    card = index.by_iri[result.policy]
    return lambda words: words_url(card.key, words.start, words.end), policy_url(card.key)
