"""Dates that a policy states about itself: when it was last changed, and from when it holds."""

from __future__ import annotations

from datetime import date

from privagraph.loaders.document import Document
from privagraph.ontology.dates import find_dates, kind_of_date

__all__ = ["policy_dates"]


def policy_dates(document: Document) -> tuple[date | None, date | None]:
    """The effective date and the date of the last change, each None where the policy does not say.

    A date counts when words such as "last updated" or "effective" stand before it in its block, or are the whole of
    the block before. The first of each kind wins, since policies state their dates at the head; a date at the very end
    ("has been updated ...") is found in the same way.
    """
    effective: date | None = None
    updated: date | None = None
    previous = ""
    for block in document.blocks:
        text = document.text_of(block)
        for start, _end, day in find_dates(text, 0, len(text)):
            cue = text[max(0, start - 80) : start]
            if not cue.strip(" :-–(") and len(previous) < 60:
                cue = previous
            kind = kind_of_date(cue)
            if kind == "effective":
                effective = effective or day
            elif kind == "updated":
                updated = updated or day
        previous = text
    return effective, updated
