"""The words that a report rests on: passages of a policy, numbered, with all that was read from each marked in them.

A passage is the sentence, list item or row of a table that states a practice, or that a mention, an observation or a
finding stands in; those that overlap are one. Passages have numbers, so that a reader of paper finds them too, and
anchors that are made of the policy's hash and of offsets, so that they stay the same.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.ontology.shown import one_line
from privagraph.report.marked import Passage, PassageFact, Piece
from privagraph.report.naming import named, role_name, verb_of, verb_phrase
from privagraph.report.values import Ref
from privagraph.shapes.reports.wording import cut

__all__ = ["Passages", "each_once"]

_AROUND = 140
"""How many characters before and after a passage are shown at most."""
_LONGEST = 1600
"""Words that are longer make no passage of their own: the sentence that they begin in stands for them."""
_SHOWN = 3000
"""How many characters of a passage are shown at most."""
_GLANCE = 180
"""How many characters of its words a link carries."""


def each_once(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Of several links to one passage the first."""
    found: dict[str, Ref] = {}
    for ref in refs:
        found.setdefault(ref.number or ref.target, ref)
    return tuple(found.values())


class Passages:
    """The passages of one policy.

    Args:
        policy: The policy.
        key: What its anchors begin with.
        prefix: What the numbers of its passages begin with, such as ``2.``; nothing where there is one policy.
        others: Where other words stand that the report leads to.
        linked: Whether the passages stand in the report; links to others lead nowhere.
    """

    def __init__(
        self,
        policy: PolicyView,
        *,
        key: str,
        prefix: str = "",
        others: Iterable[Span] = (),
        linked: bool = True,
    ) -> None:
        self._policy, self._key, self._prefix, self._linked = policy, key, prefix, linked
        self._layout = Layout(policy.text)
        self._glances: dict[int, str] = {}
        self._spans = self._merged(others)
        self._starts = [each.start for each in self._spans]

    def ref(self, span: Span | None, *, iri: str = "") -> Ref:
        """The link to some words.

        Args:
            span: Where they stand; None for no place in particular.
            iri: The mention or practice that they were read as, which has an anchor of its own.
        """
        if span is None or not self._spans or not self._linked:
            return Ref("", "")
        number = max(0, bisect_right(self._starts, span.start) - 1)
        passage = self._spans[number]
        if number not in self._glances:
            self._glances[number] = cut(one_line(self._policy.text[passage.start : passage.end]), _GLANCE)
        target = self._id(iri) if iri.startswith(f"{self._policy.iri}/") else self._passage_id(passage)
        return Ref(f"{self._prefix}{number + 1}", target, self._glances[number])

    def anchor(self, part: str) -> str:
        """Where a part of the policy stands; empty where the policy is counted alone."""
        return f"{self._key}-{part}" if self._linked else ""

    def to_mention(self, mention: MentionView) -> Ref:
        """The link to the words of a mention."""
        return self.ref(mention.span, iri=mention.iri)

    def to_practice(self, practice: PracticeView) -> Ref:
        """The link to the words of a practice."""
        return self.ref(practice.evidence, iri=practice.iri)

    def passages(self) -> Iterator[Passage]:
        """All passages, in the order of the text."""
        mentions: dict[int, list[MentionView]] = {}
        practices: dict[int, list[PracticeView]] = {}
        for mention in self._policy.mentions:
            mentions.setdefault(self._index(mention.span), []).append(mention)
        for practice in self._policy.practices:
            practices.setdefault(self._index(practice.evidence), []).append(practice)
        for index, span in enumerate(self._spans):
            found = mentions.get(index, [])
            before, after = self._around(span)
            yield Passage(
                number=f"{self._prefix}{index + 1}",
                id=self._passage_id(span),
                start=span.start,
                end=span.end,
                heading=one_line(self._layout.heading(span)),
                before=before,
                pieces=tuple(self._pieces(span, found)),
                after=after,
                practices=tuple(map(self._practice, practices.get(index, ()))),
                mentions=tuple(map(self._mention, found)),
            )

    def places(self, spans: Iterable[Span]) -> tuple[Ref, ...]:
        """The links to several places, each passage once."""
        return each_once(map(self.ref, spans))

    def mentioned(self, mentions: Iterable[MentionView]) -> tuple[Ref, ...]:
        """The links to the words of several mentions, each passage once."""
        return each_once(map(self.to_mention, mentions))

    def _index(self, span: Span) -> int:
        return max(0, bisect_right(self._starts, span.start) - 1)

    def _merged(self, others: Iterable[Span]) -> list[Span]:
        """All stretches that something rests on, those that overlap as one."""
        stated = [each.evidence for each in self._policy.practices]
        loose = [each.span for each in self._policy.mentions]
        wide = [
            *(self._widened(each) for each in loose),
            *(self._widened(each) for each in others),
            *(self._bounded(each) for each in stated),
        ]
        merged: list[Span] = []
        for span in sorted(wide):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return merged

    def _widened(self, span: Span) -> Span:
        """The sentence around some words."""
        span = self._bounded(span)
        sentence = self._layout.sentence(span)
        return Span(min(span.start, sentence.start), max(span.end, sentence.end))

    def _bounded(self, span: Span) -> Span:
        return (
            span
            if span.end - span.start <= _LONGEST
            else self._layout.sentence(Span(span.start, span.start + 1))
        )

    def _around(self, span: Span) -> tuple[str, str]:
        """What stands before and after a passage in its paragraph; before an item the lead-in of its list."""
        text = self._policy.text
        line_start = text.rfind("\n", 0, span.start) + 1
        line_end = text.find("\n", span.end)
        before = one_line(text[line_start : span.start])
        after = one_line(text[span.end : len(text) if line_end < 0 else line_end])
        if not before:
            before = one_line(self._layout.lead_in(span))
        if len(before) > _AROUND:
            before = "…" + before[-_AROUND:].partition(" ")[2]
        return before, cut(after, _AROUND)

    def _pieces(self, span: Span, mentions: list[MentionView]) -> Iterator[Piece]:
        """The passage cut where a mention begins or ends; the shortest mention marks what several cover."""
        text, end = self._policy.text, min(span.end, span.start + _SHOWN)
        cuts = {span.start, end}
        for each in mentions:
            cuts.update(at for at in (each.span.start, each.span.end) if span.start < at < end)
        edges = sorted(cuts)
        for start, stop in itertools.pairwise(edges):
            covering = [each for each in mentions if each.span.start <= start and stop <= each.span.end]
            inner = min(covering, key=lambda each: (each.span.end - each.span.start, each.iri), default=None)
            begun = [each for each in covering if each.span.start == start]
            yield Piece(
                text=text[start:stop],
                role="" if inner is None else inner.role,
                ids=tuple(self._id(each.iri) for each in begun),
                title="" if inner is None else f"{role_name(inner.role)}: {named(inner, self._policy)}",
            )
        if end < span.end:
            rest = (each for each in mentions if each.span.start >= end)
            yield Piece(" …", ids=tuple(self._id(each.iri) for each in rest))

    def _practice(self, practice: PracticeView) -> PassageFact:
        verb = verb_of(practice.processing)
        return PassageFact(
            id=self._id(practice.iri),
            what="practice",
            label=verb_phrase(verb, practice.modality, denied=practice.denied),
            concept=practice.processing,
            denied=practice.denied,
            said=one_line(practice.condition),
            confidence=round(practice.confidence * 100),
            start=practice.evidence.start,
            end=practice.evidence.end,
        )

    def _mention(self, mention: MentionView) -> PassageFact:
        return PassageFact(
            id=self._id(mention.iri),
            what=role_name(mention.role),
            label=named(mention, self._policy) if mention.concept or mention.agent else "",
            concept=mention.concept or "",
            denied=mention.denied,
            said=cut(one_line(mention.quote), 60),
            confidence=round(mention.confidence * 100),
            start=mention.span.start,
            end=mention.span.end,
        )

    def _id(self, iri: str) -> str:
        return f"{self._key}-{iri.rpartition('/')[2]}"

    def _passage_id(self, span: Span) -> str:
        return f"{self._key}-{span.start}-{span.end}"
