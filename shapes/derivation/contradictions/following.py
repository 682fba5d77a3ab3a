"""What follows a promise and limits it, with all that belongs to it."""

from __future__ import annotations

import re

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import Span
from privagraph.shapes.derivation.contradictions.qualifiers import takes_back

__all__ = ["limit_after"]

_NEAR = 600
"""How far what plainly limits a denial ("However, ...") is read together with it, in characters."""

_BELONGS = re.compile(
    r"\W*(?:th(?:is|at|ese|ose|ey)|such|it|for\s+(?:example|instance)|examples?|in\s+(?:this|that|these|those|such)"
    r"|we\s+(?:also|only)|(?:we|i)\s+(?:may|might|can))\b",
    re.IGNORECASE,
)
"""How a sentence begins that is about what the one before it is about."""


def limit_after(following: Span, layout: Layout) -> Span:
    """How far what follows a promise is read together with it.

    Args:
        following: The sentence after the promise, which takes something out of it.
        layout: The lines of the policy.

    Returns:
        A stretch of text after a plain limit ("However, ..."); else the sentence with those that point back at it and
        the list that hangs on it.
    """
    if takes_back(layout.text[following.start : following.end]):
        return Span(following.start, following.start + _NEAR)
    end = following.end
    for sentence in layout.sentences(following):
        if sentence.start >= end and _BELONGS.match(layout.text, sentence.start):
            end = sentence.end
        elif sentence.start >= end:
            break
    items = layout.items_after(Span(following.start, end))
    return Span(following.start, end if items is None else items.end)
