"""Lists that do not end, and examples that stand where the whole should be told."""

from __future__ import annotations

from collections.abc import Iterator

from privagraph.ontology.reading import MentionView, Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.lexicon import word_lists
from privagraph.shapes.derivation.wording.text import PolicyText

__all__ = ["open_lists"]

_LISTED = ("data_category", "purpose", "recipient", "source", "legitimate_interest")
"""Roles whose enumeration the law wants whole."""

_NEAR = 60
"""How many characters may lie between such a mention and the words."""


def open_lists(text: PolicyText) -> Iterator[Observation]:
    """Places where data, purposes, recipients or sources are listed and the list stays open.

    Args:
        text: The policy.
    """
    lists = word_lists()
    mentions = iter([each for each in text.view.mentions_of(*_LISTED) if not each.denied])
    mention = next(mentions, None)
    taken: set[int] = set()
    for sentence in text.sentences:
        here: list[MentionView] = []
        while mention is not None and mention.span.start < sentence.end:
            if mention.span.start >= sentence.start:
                here.append(mention)
            mention = next(mentions, None)
        if not here:
            continue
        said = text.words(sentence)
        for words in (lists["closers"], lists["examples"]):
            for match in words.matches(said):
                span = Span(sentence.start + match.start(), sentence.start + match.end())
                goes_on = match[0].lower().startswith("inclu")
                listed = [each for each in here if not goes_on or each.span.start >= span.end]
                near, place = _nearest(span, listed), range(span.start, span.end)
                if near and taken.isdisjoint(place):
                    taken.update(place)
                    yield Observation(words.kind, (span,), about=(near.iri,))


def _nearest(span: Span, mentions: list[MentionView]) -> MentionView | None:
    """The nearest mention, if it is near."""
    distances = ((max(each.span.start - span.end, span.start - each.span.end, 0), each) for each in mentions)
    distance, nearest = min(distances, key=lambda pair: pair[0], default=(_NEAR + 1, None))
    return nearest if distance <= _NEAR else None
