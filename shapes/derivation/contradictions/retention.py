"""Two periods for which the same data are said to be kept, counted from the same event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from privagraph.ontology.namespaces import expand
from privagraph.shapes.derivation.contradictions.data import ANAPHORA, data_of
from privagraph.shapes.derivation.contradictions.layout import Layout
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.reading import MentionView, PolicyView, PracticeView, Span

__all__ = ["periods_that_disagree"]

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_DAYS = (365.25, 30.4375, 7, 1, 1 / 24, 1 / 1440, 1 / 86400)

_AT_LEAST = re.compile(
    r"\b(?:at\s+least|minimum|no\s+less|not\s+less|or\s+longer|or\s+more|more\s+than)\b", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:at\s+most|maximum|up\s+to|no\s+longer|not\s+longer|no\s+more|not\s+more|within|not\s+exceed\w*|latest|until)\b",
    re.IGNORECASE,
)

_ALL_DATA = re.compile(
    r"\b(?:your|all)\s+(?P<data>personal\s+(?:data|information))\b(?!\s+(?:about|that|which|from|in)\b)",
    re.IGNORECASE,
)

_SETTING = re.compile(
    r"""
    \b(?P<word>back-?ups?|archiv\w+|logs?|tax\w*|invoic\w+|accounting|book-?keeping|legal\w*|law|inactiv\w+|dormant|delet\w+|clos\w+
      |terminat\w+|withdraw\w*|unsubscrib\w*|cookies?|sessions?|applica\w+|candidates?|recruit\w*|newsletters?|support|enquir\w+
      |inquir\w+|contact\s+form|aggregat\w+|anonym\w+|pseudonym\w+|login|log-?in|visit\w*|purchase\w*|order\w*|contract\w*|licen[cs]e\w*
      |subscription|trial|free|paid|guests?|children|students?|pupils?|employees?|recordings?|videos?|payment\w*|transaction\w*
      |request\w*|complaint\w*|dispute\w*|analytic\w*|statistic\w*|marketing|crash\w*|unless|except|expire\w*|graduat\w+
      |school\s+year|financial\s+year|calendar\s+year|first|collect\w*|creat\w+|received|latest|last)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that say which copy, event, people or reason a period belongs to; they clash only where these are the same."""


@dataclass(frozen=True, slots=True)
class _Kept:
    practice: PracticeView
    data: MentionView
    days: float
    least: bool
    most: bool
    setting: frozenset[str]


def periods_that_disagree(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """Pairs of periods for the same data in the same setting; one for each kind of data."""
    by_data: dict[str, list[_Kept]] = {}
    for kept in _kept(policy, layout):
        by_data.setdefault(kept.data.concept or "", []).append(kept)
    seen: set[str] = set()
    for entries in by_data.values():
        settings: dict[frozenset[str], list[_Kept]] = {}
        for entry in entries:
            settings.setdefault(entry.setting, []).append(entry)
        for alike in settings.values():
            pair = next((pair for pair in pairwise(alike) if _disagree(*pair)), None)
            if pair is None or pair[1].practice.iri in seen:
                continue
            seen.add(pair[1].practice.iri)
            one, other = pair
            yield Observation(
                kind="pg:RetentionContradiction",
                spans=(one.practice.evidence, other.practice.evidence),
                about=(one.practice.iri, other.practice.iri),
                confidence=round(0.8 * min(one.practice.confidence, other.practice.confidence), 2),
                note=f"“{_words(one.data.quote)}” is kept for {_shown(one)} and for {_shown(other)}.",
            )


def _kept(policy: PolicyView, layout: Layout) -> Iterator[_Kept]:
    """What a policy says how long it keeps."""
    for practice in policy.practices:
        periods = [(each, days) for each in practice.arguments_of("retention") if (days := _days(each.value))]
        if practice.denied or len(periods) != 1 or ANAPHORA.match(practice.quote):
            continue
        period, days = periods[0]
        words = f"{practice.quote} {layout.lead_in(practice.evidence)}"
        setting = frozenset(match["word"].lower() for match in _SETTING.finditer(words))
        purposes = frozenset(each.concept or each.quote for each in practice.arguments_of("purpose"))
        around = policy.text[max(practice.evidence.start, period.span.start - 40) : period.span.end]
        for data in practice.arguments_of("data_category") or _all_data(practice):
            if (
                data.concept is None
                or data.denied
                or ANAPHORA.match(data.quote)
                or "cookie" in data.quote.lower()
            ):
                continue
            heading = layout.heading(practice.evidence) if (said := data_of(data)) and said.general else ""
            yield _Kept(
                practice,
                data,
                days,
                bool(_AT_LEAST.search(around)),
                bool(_AT_MOST.search(around)),
                setting | purposes | {_head(data.quote), heading},
            )


def _all_data(practice: PracticeView) -> tuple[MentionView, ...]:
    """Words for all personal data, where the graph has no mention of them."""
    found = _ALL_DATA.search(practice.quote)
    if found is None:
        return ()
    start = practice.evidence.start + found.start("data")
    span = Span(start, start + len(found["data"]))
    concept = expand("dpv:PersonalData")
    return (MentionView("", "data_category", False, concept, None, "", 0.7, span, found["data"]),)


def _disagree(one: _Kept, other: _Kept) -> bool:
    """Whether no time can be both; a tenth is left for months and years."""
    if one.practice.evidence == other.practice.evidence:
        return False
    short, long = sorted((one, other), key=lambda each: each.days)
    return long.days > short.days * 1.1 and not short.least and not long.most


def _head(quote: str) -> str:
    """The words for data without those that point ("your", "the")."""
    return re.sub(r"^(?:your|the|any|all|our|such|their)\s+", "", _words(quote).lower()).rstrip("s")


def _words(quote: str) -> str:
    """The words for data without the period that an extractor left among them."""
    return re.split(r"\s+(?:for|until|after|within|during|at\s+least|up\s+to)\b", quote, maxsplit=1)[0]


def _days(value: str) -> float:
    """The length of an ISO 8601 duration in days; 0 where it is none."""
    match = _DURATION.fullmatch(value)
    return (
        sum(int(part or 0) * days for part, days in zip(match.groups(), _DAYS, strict=True)) if match else 0.0
    )


def _shown(kept: _Kept) -> str:
    """A length of time in the largest unit that it is a whole number of."""
    for days, unit in ((365.25, "year"), (30.4375, "month"), (1.0, "day")):
        count = round(kept.days / days)
        if count and abs(kept.days - count * days) < 0.01 * kept.days:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a day"
