"""Two periods for which the same data are said to be kept, counted from the same event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import MentionView, PolicyView, Span
from privagraph.shapes.derivation.contradictions.data import ANAPHORA
from privagraph.shapes.derivation.contradictions.qualifiers import NEGATION
from privagraph.shapes.derivation.observations import Observation

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

_KEEPS = (
    r"(?:keeps?|stores?|retains?|saves?|holds?|archives?|deletes?|erases?|removes?|destroys?|purges?|wipes?)"
)
_KEPT = r"(?:kept|stored|retained|saved|held|archived|deleted|erased|removed|destroyed|purged|wiped)"
_NOUNS = r"(?P<{}>(?:[\w'’-]+\s+){{1,6}}?)"

_SAID = re.compile(
    rf"""
    \b(?:we|i)\s+(?:(?:will|shall|also|only|\w+ly)\s+){{0,2}}{_KEEPS}\s+{_NOUNS.format("done")}
      (?=(?:for|after|within|no\s+longer|up\s+to|at\s+least|until|only)\b)
  | ^\W*{_NOUNS.format("told")}(?:is|are|will\s+be|shall\s+be|gets?)\s+(?:(?:only|then|\w+ly)\s+){{0,2}}{_KEPT}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A sentence that says how long some data are kept, or when they are deleted; its group names the data."""

_MORE_THAN_DATA = re.compile(
    r"\b(?:and|or|we|you|that|which|who|if|when|where|in|on|of|from|about|by|with|to)\b", re.IGNORECASE
)
"""Words between verb and period that make more of them than the name of some data."""

_DELETES = re.compile(
    rf"\b(?:(?:is|are|be|gets?|we|i|will|shall|then|\w+ly)\s+)+(?:{_KEEPS}|{_KEPT})\b", re.IGNORECASE
)
"""The verb of the statement itself, which is no event that a period is counted from."""

_LENGTH = re.compile(
    r"(?:\b[\w-]+\s+)?(?:\(\w+\)\s+)?\b(?:calendar\s+|business\s+|working\s+)?(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:after|from|following|since|upon|once|when|until|of)\s+(?!(?:our|the|all)\s+(?:\w+\s+)?(?:servers?|systems?|databases?)\b)"
    r"(?P<event>[^|.;]{1,80})",
    re.IGNORECASE,
)
"""What a period is counted from."""

_FRONTED = re.compile(
    r"\W*(?P<case>(?:for|if|when|where|in|on|under|as|with|once|after|unless|during|except|while)\b[^,.;]{1,80}),",
    re.IGNORECASE,
)
"""A case with which a sentence begins."""

_BARE = re.compile(r"(?:.*\b)?(?:data|information|details?)", re.IGNORECASE)

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
    evidence: Span
    about: tuple[str, ...]
    confidence: float
    data: str
    days: float
    least: bool
    most: bool
    setting: frozenset[str]


def periods_that_disagree(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """Pairs of periods for the same data in the same setting; one for each kind of data."""
    settings: dict[tuple[str, frozenset[str]], list[_Kept]] = {}
    for kept in sorted(_kept(policy, layout), key=lambda each: each.evidence.start):
        settings.setdefault((_head(kept.data), kept.setting), []).append(kept)
    seen: set[Span] = set()
    for alike in settings.values():
        pair = next((pair for pair in pairwise(alike) if _disagree(*pair)), None)
        if pair is None or pair[1].evidence in seen:
            continue
        one, other = pair
        seen.add(other.evidence)
        yield Observation(
            kind="pg:RetentionContradiction",
            spans=(one.evidence, other.evidence),
            about=one.about + other.about,
            confidence=round(0.8 * min(one.confidence, other.confidence), 2),
            note=f"Periods for “{one.data}”: {_shown(one)} and {_shown(other)}.",
        )


def _kept(policy: PolicyView, layout: Layout) -> Iterator[_Kept]:
    """What a policy says how long it keeps."""
    read: set[Span] = set()
    for practice in policy.practices:
        span = practice.evidence
        here = [each for each in practice.arguments if span.start <= each.span.start < span.end]
        periods = [each for each in here if each.role == "retention" and _days(each.value)]
        if not periods:
            continue
        read.add(layout.sentence(periods[0].span))
        if practice.denied or len(periods) != 1 or ANAPHORA.match(practice.quote):
            continue
        purposes = {each.concept or each.quote for each in practice.arguments_of("purpose")}
        categories = [each for each in here if each.role == "data_category"]
        named = [_words(each.quote) for each in categories if each.concept and not each.denied]
        for data in named if categories else _named(practice.quote):
            more = frozenset(purposes | {practice.condition.lower()})
            yield from _entry(
                policy, layout, span, periods[0], data, (practice.iri,), practice.confidence, more
            )
    for period in policy.mentions_of("retention"):
        sentence = layout.sentence(period.span)
        if not _days(period.value) or sentence in read:
            continue
        read.add(sentence)
        quote = policy.text[sentence.start : sentence.end]
        if NEGATION.search(quote) or ANAPHORA.match(quote) or len(_LENGTH.findall(quote)) != 1:
            continue
        for data in _named(quote):
            yield from _entry(
                policy, layout, sentence, period, data, (period.iri,), period.confidence, frozenset({""})
            )


def _entry(
    policy: PolicyView,
    layout: Layout,
    evidence: Span,
    period: MentionView,
    data: str,
    about: tuple[str, ...],
    confidence: float,
    more: frozenset[str],
) -> Iterator[_Kept]:
    """One statement on how long some data are kept; none where the words for them point elsewhere."""
    if ANAPHORA.match(data) or "cookie" in data.lower():
        return
    quote = policy.text[evidence.start : evidence.end]
    words = _DELETES.sub(" ", quote.replace(data, " ")) + " " + layout.lead_in(evidence)
    setting = {match["word"].lower() for match in _SETTING.finditer(words)}
    event, case = _EVENT.search(_LENGTH.sub("|", words)), _FRONTED.match(quote)
    around = policy.text[
        max(evidence.start, period.span.start - 40) : min(evidence.end, period.span.end + 20)
    ]
    yield _Kept(
        evidence,
        about,
        confidence,
        data,
        _days(period.value),
        bool(_AT_LEAST.search(around)),
        bool(_AT_MOST.search(around)),
        more
        | setting
        | {" ".join(event["event"].lower().split()) if event else ""}
        | {case["case"].lower() if case else ""}
        | {layout.heading(evidence) if _BARE.fullmatch(_head(data)) else ""},
    )


def _named(quote: str) -> list[str]:
    """The words for data of a sentence in which the graph has no mention of them."""
    found = _SAID.search(quote)
    words = (found["done"] or found["told"]).strip() if found else ""
    return [words] if words and not _MORE_THAN_DATA.search(words) else []


def _disagree(one: _Kept, other: _Kept) -> bool:
    """Whether no time can be both; a tenth is left for months and years."""
    if one.evidence == other.evidence:
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
