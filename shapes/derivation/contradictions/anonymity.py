"""Data that a policy calls anonymous in one place and personal in another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import MentionView, PolicyView, Span
from privagraph.shapes.derivation.contradictions.concepts import is_a
from privagraph.shapes.derivation.observations import Observation

__all__ = ["anonymous_and_personal"]

_QUICK = re.compile(
    r"anonym|non-?\s?person|non-?\s?identif|not\s+(?:\w+\s+){0,3}identif|cannot\s+identif", re.IGNORECASE
)

_ANONYMOUS = re.compile(
    r"""
    (?P<list>
        \b(?:anonymous|non-?\s?personal(?:ly)?(?:[\s-]+identif\w+)?|non-?\s?identif\w+)\s+(?:\w+\s+){0,3}?
          (?:data|information|details|info)\b
          [^.;:]{0,60}?(?:such\s+as|including|includes?|like|e\.g\.|for\s+example|consists?\s+of|:)
    )
  | (?P<said>
        \b(?:is|are|remains?|stays?)\s+(?:\w+\s+){0,2}?(?:anonymous|not\s+(?:\w+\s+)?(?:personal(?:ly)?|identif)\w*)
      | \b(?:does|do|can|could|will)\s*not\s+(?:\w+\s+){0,2}?(?:identify|personally\s+identify|reveal\s+(?:your
        |the)\s+identity)
      | \bcannot\s+(?:\w+\s+){0,2}?identify
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)

_PERSONAL = re.compile(
    r"""
    \b(?=[pi])(?<!non-)(?<!non\s)(?<!not\s)(?<!non)
    (?:personal|personally[\s-]+identif\w+|identif(?:iable|ying))\s+(?:\w+\s+){0,3}?(?:data|information|details|info)\b
      [^.;:]{0,80}?(?:such\s+as|including|includes?|like|e\.g\.|for\s+example|consists?\s+of|:|\bis\b|\bare\b|\bmeans?\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)

_PRIVACY_MEASURE = re.compile(
    r"\b(?:truncat|shorten|mask|hash|encrypt|pseudonym|last\s+octet|remov|strip|anonymi[sz]|aggregat|delet|combin|link)"
    r"|\b(?:by\s+itself|alone|on\s+its\s+own|directly|necessarily|generally|usually|some)\b|\bidentifiable\s+and\b",
    re.IGNORECASE,
)
"""Words that say how data become anonymous, or that they are so only in part: no clash with what they were before."""

_KINDS = ("pd:IPAddress", "pd:UID", "pd:MACAddress", "pd:EmailAddress", "pd:Name", "pd:TelephoneNumber")
_MORE_KINDS = ("pd:PhysicalAddress", "pd:Username", "pd:GPSCoordinate", "pd:CurrentLocation")


def anonymous_and_personal(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """Sentences that call identifying data anonymous, against one that calls the same data personal; one for each."""
    if not _QUICK.search(policy.text):
        return
    named = [each for each in policy.mentions if _identifying(each)]
    if not named:
        return
    starts = [each.span.start for each in named]
    personal: dict[str, tuple[Span, MentionView]] = {}
    for sentence, mentions in _called(policy.text, layout, _PERSONAL, named, starts):
        for mention in mentions:
            personal.setdefault(mention.concept or "", (sentence, mention))
    if not personal:
        return
    told: set[str] = set()
    for sentence, mentions in _called(policy.text, layout, _ANONYMOUS, named, starts):
        words = policy.text[sentence.start : sentence.end]
        if _PRIVACY_MEASURE.search(words) or _PERSONAL.search(words):
            continue
        for mention in mentions:
            other = personal.get(mention.concept or "")
            if other is None or mention.concept in told or other[0] == sentence:
                continue
            told.add(mention.concept or "")
            yield Observation(
                kind="pg:AnonymityContradiction",
                spans=(sentence, other[0]),
                about=(mention.iri, other[1].iri),
                confidence=round(0.75 * min(mention.confidence, other[1].confidence), 2),
                note=f"“{mention.quote}” is said to identify nobody, “{other[1].quote}” to be personal.",
            )


def _identifying(mention: MentionView) -> bool:
    """Whether a mention names data by which people or their devices are told apart."""
    if mention.role != "data_category" or mention.concept is None or mention.denied:
        return False
    return any(is_a(mention.concept, kind) for kind in (*_KINDS, *_MORE_KINDS))


def _called(
    text: str, layout: Layout, pattern: re.Pattern[str], named: Sequence[MentionView], starts: Sequence[int]
) -> Iterator[tuple[Span, list[MentionView]]]:
    """The sentences and lists that a pattern opens, with the identifying data that they name."""
    for match in pattern.finditer(text):
        place = Span(match.start(), match.end())
        sentence = layout.sentence(place)
        said = match.groupdict().get("said") is not None
        start, end = (sentence.start, match.start()) if said else (match.end(), sentence.end)
        if not said and (items := layout.items_after(sentence)) is not None:
            end = items.end
        found = list(named[bisect_left(starts, start) : bisect_left(starts, end)])
        if found:
            yield sentence, found
