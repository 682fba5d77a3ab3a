"""Lists that do not end, and examples that stand where the whole should be told."""

from __future__ import annotations

from collections.abc import Iterator

from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.lexicon import word_lists
from privagraph.shapes.derivation.wording.text import PolicyText
from privagraph.shapes.reading import MentionView, Span

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
    mentions = [each for each in text.view.mentions_of(*_LISTED) if not each.denied]
    seen: set[Span] = set()
    at = 0
    for sentence in text.sentences:
        while at < len(mentions) and mentions[at].span.start < sentence.start:
            at += 1
        here = []
        for mention in mentions[at:]:
            if mention.span.start >= sentence.end:
                break
            here.append(mention)
        if not here:
            continue
        for name in ("closers", "examples"):
            words = lists[name]
            said = text.words(sentence)
            for match in words.words.finditer(said):
                if words.preceded_by.search(said[: match.start()]):
                    continue
                span = Span(sentence.start + match.start(), sentence.start + match.end())
                opens = match[0].lower().startswith("inclu")
                near = _about(span, [each for each in here if each.span.start >= span.end] if opens else here)
                if near and not any(span.start < other.end and other.start < span.end for other in seen):
                    seen.add(span)
                    yield Observation(words.kind, (span,), about=(near.iri,))


def _about(span: Span, mentions: list[MentionView]) -> MentionView | None:
    """The mention that the list is of: the nearest one, if it is near."""
    distances = ((max(each.span.start - span.end, span.start - each.span.end, 0), each) for each in mentions)
    distance, nearest = min(distances, key=lambda pair: pair[0], default=(_NEAR + 1, None))
    return nearest if distance <= _NEAR else None
