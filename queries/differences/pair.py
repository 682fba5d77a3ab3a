"""A passage in both versions, and changes of it."""

from __future__ import annotations

from dataclasses import dataclass

from privagraph.ontology.reading import PolicyView, Span
from privagraph.queries.differences.changes import Change, Effect, Kind, Place
from privagraph.queries.differences.coverage import Version
from privagraph.queries.differences.effects import effect_of
from privagraph.queries.differences.passages import Passage
from privagraph.queries.differences.points import Point
from privagraph.queries.differences.wording import about_point

__all__ = ["WHOLE", "Pair", "changed", "changed_contact", "negations", "one_sided", "place_of"]

_NEGATIONS = frozenset("not never no nor neither nobody none without".split())
WHOLE = frozenset(
    {"children", "do not track", "opt-out", "automated decisions", "breach notice", "notice of changes"}
)
"""Aspects whose points are whole sentences: what counts are their figures, and whether they deny something."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage in both versions.

    Attributes:
        old: In the old version.
        new: In the new version.
        before: The old version.
        after: The new version.
        policies: Both, old and new.
    """

    old: Passage
    new: Passage
    before: Version
    after: Version
    policies: tuple[PolicyView, PolicyView]


def place_of(passage: Passage, span: Span | None, policy: PolicyView, concept: str | None = None) -> Place:
    """Where words stand; the whole passage where no words are given."""
    span = span or passage.span
    around = Span(min(passage.span.start, span.start), max(passage.span.end, span.end))
    return Place(
        words=policy.text[span.start : span.end],
        span=span,
        passage=policy.text[around.start : around.end],
        passage_span=around,
        section=passage.section,
        concept=concept,
        practices=tuple(each.iri for each in passage.deeds),
    )


def changed_contact(old: Place, new: Place) -> Change:
    """That one contact took the place of another."""
    sentence = about_point(Kind.CHANGED, "contact", old=old.words, new=new.words, direction="", denied=False)
    return Change(Kind.CHANGED, "contact", "", Effect.NEUTRAL, sentence, old, new)


def negations(passage: Passage) -> int:
    """How many words of a passage, and of the lead-in that it hangs on, deny something."""
    return sum(word in _NEGATIONS for word in (*passage.lead_in, *passage.key))


def changed(
    pair: Pair,
    aspect: str,
    way: str,
    old: Span | None,
    new: Span | None,
    *,
    denied: bool,
    concepts: tuple[Point, Point] | None = None,
) -> Change:
    """Something that both versions of the passage say, each in its way; the whole passage where no words are given."""
    before = place_of(pair.old, old, pair.policies[0], concepts and concepts[0].mention.concept)
    after = place_of(pair.new, new, pair.policies[1], concepts and concepts[1].mention.concept)
    effect = effect_of(Kind.CHANGED, aspect, way, denied=denied, old=before.words, new=after.words)
    sentence = about_point(
        Kind.CHANGED, aspect, old=before.words, new=after.words, direction=way, denied=denied
    )
    return Change(Kind.CHANGED, aspect, way, effect, sentence, before, after)


def one_sided(
    pair: Pair, kind: Kind, aspect: str, span: Span, concept: str | None, *, denied: bool
) -> Change:
    """Something that only one version of the passage says; both passages are shown."""
    added = kind is Kind.ADDED
    mine, policy = (pair.new, pair.policies[1]) if added else (pair.old, pair.policies[0])
    here = place_of(mine, span, policy, concept)
    there = (
        place_of(pair.old, None, pair.policies[0]) if added else place_of(pair.new, None, pair.policies[1])
    )
    sentence = about_point(
        kind,
        aspect,
        old="" if added else here.words,
        new=here.words if added else "",
        direction="",
        denied=denied,
        deeds=mine.deeds,
    )
    effect = effect_of(kind, aspect, denied=denied)
    return Change(kind, aspect, "", effect, sentence, there if added else here, here if added else there)
