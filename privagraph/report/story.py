"""The first page of a report in sentences and key figures, for whoever reads no further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.report.counting import Numbers
from privagraph.report.parts import PolicyPart, Report
from privagraph.shapes.reports.wording import counted

__all__ = ["PARTS", "Figure", "figures", "policy_story", "report_story"]

PARTS = (
    ("practices", "What is done with data"),
    ("denials", "What it does not do"),
    ("recipients", "Who gets data"),
    ("places", "Where data goes"),
    ("kept", "How long it is kept"),
    ("rights", "Rights"),
    ("clashes", "Contradictions"),
    ("findings", "Findings"),
    ("unfitted", "No concept"),
    ("words", "The words"),
)
"""The parts of a policy: the end of their anchors, and what they are called."""

_NAMED = 5
"""How many policies the first sentence names."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, where it leads, and how it is coloured."""

    number: int
    label: str
    target: str
    hue: str = ""


def report_story(report: Report) -> Iterator[str]:
    """Two or three sentences on what was looked at, and what stands out."""
    totals = report.totals
    if not report.several:
        yield policy_story(report.policies[0])
    else:
        names = [_isolated(each.name) for each in report.policies]
        others = len(names) - _NAMED
        listed = ", ".join(names[:_NAMED]) + (f" and {others:,} more" if others > 0 else "")
        yield _ended(f"{len(names)} policies were read: {listed}")
        yield (
            f"Together they make {counted(totals.practices, 'statement')} of what is done with data, about "
            f"{counted(totals.data, 'kind')} of data and {counted(totals.purposes, 'purpose')}, name "
            f"{counted(totals.named, 'recipient')}, and deny something in {counted(totals.denials, 'statement')}."
        )
    yield _problems(totals, checked=bool(report.checked), several=report.several)


def policy_story(policy: PolicyPart) -> str:
    """A sentence or two on one policy."""
    numbers = policy.numbers
    day = f", last dated {policy.updated.day} {policy.updated:%B %Y}," if policy.updated else ""
    known = [_isolated(each.thing.label) for each in policy.recipients if each.named]
    who = f" ({', '.join(known[:_NAMED])}{' …' if len(known) > _NAMED else ''})" if known else ""
    return (
        f"The policy of {_isolated(policy.name)}{day} makes {_some(numbers.practices, 'statement')} of what is done "
        f"with data, about {_some(numbers.data, 'kind')} of data and {_some(numbers.purposes, 'purpose')}. It names "
        f"{_some(numbers.named, 'recipient')}{who}, {_some(numbers.places, 'country', 'countries')} and "
        f"{_some(numbers.rights, 'right')}, and says in {_some(numbers.denials, 'statement')} what it does not do."
    )


def _some(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun; "no" for none."""
    return counted(number, one, many) if number else f"no {one}"


def _isolated(name: str) -> str:
    """A name that does not turn the direction of the words around it (https://www.unicode.org/reports/tr9/)."""
    return name if name.isascii() else f"\u2068{name}\u2069"


def _ended(sentence: str) -> str:
    """The sentence with its full stop, which the name of a company may have brought already."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _problems(numbers: Numbers, *, checked: bool, several: bool) -> str:
    clashes = (
        f"{counted(numbers.contradictions, 'contradiction')} {'was' if numbers.contradictions == 1 else 'were'} found"
        f" within {'single policies' if several else 'the policy'}"
        if numbers.contradictions
        else f"no contradiction was found within {'any of them' if several else 'it'}"
    )
    if not checked:
        return f"{clashes[:1].upper()}{clashes[1:]}; no rules were checked."
    grave = [counted(n, severity) for severity, n in numbers.severities.items() if n and severity != "info"]
    told = " and ".join(grave) or "no error and no warning"
    return f"Checked against the rules, {'they have' if several else 'it has'} {told}; {clashes}."


def figures(report: Report) -> tuple[Figure, ...]:
    """The key figures; each leads to what it counts."""
    totals = report.totals
    only = "" if report.several else report.policies[0].id

    def at(part: str) -> str:
        return f"{only}-{part}" if only else "policies"

    found = [
        Figure(totals.practices, "statements of what is done", at("practices")),
        Figure(totals.denials, "denials: what is not done", at("denials")),
        Figure(totals.data, "kinds of data", at("practices")),
        Figure(totals.purposes, "purposes", at("practices")),
        Figure(totals.named, "named recipients", at("recipients") if only else "shared-recipients"),
        Figure(totals.outside, "countries outside the EEA", at("places")),
        Figure(totals.rights, "rights", at("rights")),
        Figure(
            totals.contradictions, "contradictions", at("clashes"), "bad" if totals.contradictions else ""
        ),
    ]
    if report.several:
        found.insert(0, Figure(len(report.policies), "policies", "policies"))
    if report.checked:
        errors, warnings = (totals.severities.get(each, 0) for each in ("error", "warning"))
        found.append(Figure(errors, "errors found", at("findings"), "bad" if errors else ""))
        found.append(Figure(warnings, "warnings", at("findings"), "possible" if warnings else ""))
    found.append(Figure(totals.unfitted, "phrases without a concept", at("unfitted")))
    return tuple(found)
