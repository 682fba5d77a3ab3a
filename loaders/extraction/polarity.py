"""What a passage denies of the mentions in it, and the data that only its denial names.

The sentence decides first (:mod:`~privagraph.loaders.extraction.clauses`). Then what surrounds it: the line above a
list ("We never:"), a heading or a cell that answers for what stands under or beside it ("Biometric data - NO", and "No"
in the column "Collected" that notices under the law of California have).

"We never sell data" names its data in words that say nothing elsewhere, and that finders therefore leave alone. Under a
denial they say all: :func:`denied_data` finds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from privagraph.loaders.document import Block
from privagraph.loaders.extraction.clauses import clauses, reading_at
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.passages import Passage
from privagraph.loaders.extraction.references import is_anaphoric
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.extraction.verb_nouns import nominal_operations
from privagraph.loaders.extraction.verbs import operations
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.lexicon import lexicon

__all__ = ["DONE", "denied_data", "with_polarity"]

DONE = frozenset(
    {
        Role.DATA_CATEGORY,
        Role.PURPOSE,
        Role.RECIPIENT,
        Role.SOURCE,
        Role.TRACKING_TECHNOLOGY,
        Role.TRANSFER_DESTINATION,
    }
)
"""Roles of what is done with data: what a line above a list can deny of its items, and an exception can take out."""

_NEVER_DENIED = frozenset(
    {
        Role.CONTROLLER,
        Role.CONTACT,
        Role.DPO,
        Role.DATA_SUBJECT,
        Role.JURISDICTION,
        Role.POLICY_CHANGE,
        Role.RIGHT_MECHANISM,
        Role.OPT_OUT,
        Role.MANDATORY_PROVISION,
        Role.RETENTION,
        Role.RIGHT,
    }
)
"""What is denied is what is done. Who, whose and how to reach somebody are named, not done; a period ("no longer than a
year") and a right ("if you object and there are no other grounds") hold in whatever sentence they are named. Which
rights are refused, :mod:`~privagraph.loaders.extraction.refusals` tells."""

_EXCEPTED = Sieve(
    re.compile(
        r"(?:\bbut (?:not|never)|, (?:not|never)|(?<!not )\bexcept(?: for)?|\bexcluding)(?: (?:with|"
        r"to|for|from))?(?: (?:the|our|any|your|a|an))?\s+$",
        re.IGNORECASE,
    )
)
"""Before a mention, that the sentence takes it out: "with Acme, but not with Tidewell"."""

_ANSWERED_NO = re.compile(r"(?:[-–—:|]\s*|\()(?:NO|No|N/A|Not collected|not collected)\)?\s*\.?\s*$")
"""The end of a heading that says no to what stands under it."""

_NO_CELL = re.compile(r"\W*(?:no|none|not collected|we do not collect(?: this)?|n/?a)\W*", re.IGNORECASE)
_COLLECTED = re.compile(r"\bcollect", re.IGNORECASE)

_CONFIDENCE = 0.6
_LEAST = 12
"""So many characters of a mention before the negation in it are a mention by themselves."""

_GENERIC = pattern(
    r"""
    \b(?:(?:any|all|none|some)\s+(?:of\s+)?)?
    (?:(?:the|your|my|our|their|his|her|its|other|any|users?['’]?s?|customers?['’]?s?|students?['’]?s?|pupils?['’]?s?
        |children['’]?s|visitors?['’]?s?|members?['’]?s?|consumers?['’]?s?|clients?['’]?s?|subscribers?['’]?s?)\s+)*
    (?:(?:personal|personally|private|sensitive|identifiable|identifying|individual|confidential|mobile|account|collected
        |user|customer|student|consumer|client)[\s-]+)*
    (?:information|data|info|details|pii
      |(?:mailing|customer|client|subscriber|user|member|e-?mail|contact)\s+lists?)\b
    """
)
"""Words for data of no particular kind."""

_NO_DATA = pattern(r"the\s+(?:information|data|details)")
"""Words that only point back."""

_DESCRIBED = pattern(
    r"\s+(?:(?:that|which)\s+)?(?:you|we|users)\s+(?:(?:may|might|can|have|will)\s+)?(?:provided?|give|gave|given|enter(?:ed)?|submit(?:ted)?"
    r"|share|send|sent|upload(?:ed)?|collect(?:ed)?|store|obtain(?:ed)?|receive|gather(?:ed)?)\b"
)
"""After such words, a clause that says which data is meant."""

_PRONOUN = pattern(r"\b(?:it|them)\b")
_ELIDED = pattern(
    r"\b(?:and|or|but|nor)\s+(?:(?:is|are|was|were|will|shall|may|can|must|has|have)\s+)?(?:be\s+)?(?:not|never|no\s+longer)$"
)
_BE = pattern(r"\b(?:is|are|was|were|be|been)\b")
"""What shows that a denied verb speaks of what was said before: its object, or a passive without subject."""

_POINTING = pattern(r"\b(?:this|that|these|those|such|same)\s+$")
"""Before such words, that they point back too."""

_MODIFIER = pattern(
    r"\s+(?:protection|sources?|controllers?|subjects?|security|breach(?:es)?|transmissions?|request|practices?)\b"
)
"""After such words, that they are part of another noun."""


def with_polarity(passage: Passage, mention: Mention) -> Mention:
    """A mention with the polarity that its passage gives it.

    Args:
        passage: The sentence that holds the mention, and its surroundings.
        mention: What was found there.
    """
    if mention.role in _NEVER_DENIED:
        return mention
    sentence = passage.sentence
    reading = reading_at(passage.document.text, sentence.start, sentence.end)
    start, end = mention.start - sentence.start, mention.end - sentence.start
    if mention.role in DONE:
        # What goes on into a denial ("print labels and not to disclose") is itself none.
        end = min([d.start for d in reading.denials if start + _LEAST < d.start < end], default=end)
    polarity = reading.polarity(start, end)
    if polarity is Polarity.AFFIRMED and mention.role in DONE:
        listed = passage.is_item and passage.first and clauses(passage.intro).open_denial
        before = passage.text[: mention.start - passage.start]
        if listed or _EXCEPTED.search(before) or _is_answered_no(passage, mention):
            polarity = Polarity.DENIED
    return mention if polarity is mention.polarity else replace(mention, polarity=polarity)


def _is_answered_no(passage: Passage, mention: Mention) -> bool:
    """Whether the heading above, or the cell beside, says that the data is not collected."""
    if mention.role is not Role.DATA_CATEGORY:
        return False
    if passage.is_cell:
        return _has_no_beside(passage)
    if passage.is_heading:
        return bool(_ANSWERED_NO.search(passage.text))
    above = passage.document.headings_above(passage.block)
    return bool(above and _ANSWERED_NO.search(passage.document.text_of(above[0])))


def _has_no_beside(passage: Passage) -> bool:
    """Whether a cell of the same row says no in a column about collecting."""
    document = passage.document
    for cell in _row(passage):
        header = None if cell.column_header is None else document.blocks[cell.column_header]
        asks = header is not None and _COLLECTED.search(document.text_of(header))
        if asks and _NO_CELL.fullmatch(document.text_of(cell)):
            return True
    return False


def _row(passage: Passage) -> Iterator[Block]:
    """The other cells of a cell's row; they stand next to it."""
    blocks, block = passage.document.blocks, passage.block
    at = bisect_left(blocks, block.start, key=lambda b: b.start)
    for side in (range(at - 1, -1, -1), range(at + 1, len(blocks))):
        for index in side:
            if (blocks[index].table, blocks[index].row) != (block.table, block.row):
                break
            yield blocks[index]


def denied_data(passage: Passage, found: Sequence[Mention]) -> Iterator[Mention]:
    """The data of a denial that names none in particular ("we never sell data").

    Args:
        passage: A sentence and its surroundings.
        found: The mentions that finders made of it; a denial that has data among them yields nothing.
    """
    start, end = passage.sentence.start, passage.sentence.end
    reading = reading_at(passage.document.text, start, end)
    text = passage.text
    if passage.is_item and passage.first and clauses(passage.intro).open_denial:
        scopes: list[Sequence[tuple[int, int]]] = [((0, len(text)),)]
    else:
        scopes = [
            denial.scope for denial in reading.denials if not denial.relative and denial.limited is None
        ]
    if not scopes:
        return
    verbs = [o.start for o in (*operations(text), *nominal_operations(text))]
    data = [(m.start - start, m.end - start) for m in found if m.role is Role.DATA_CATEGORY]
    for scope in scopes:
        if not any(left <= verb < right for left, right in scope for verb in verbs):
            continue
        if any(a < right and left < b for left, right in scope for a, b in data):
            continue
        for left, right in scope:
            place = _generic_data(text, left, right)
            if place is not None:
                mention = passage.mention(
                    *place, Role.DATA_CATEGORY, _ground(text, place), confidence=_CONFIDENCE
                )
                yield replace(mention, polarity=Polarity.DENIED)
                break
        else:
            place = _data_before(text, scope, verbs)
            if place is not None and not any(a < place[1] and place[0] < b for a, b in data):
                yield passage.mention(
                    *place, Role.DATA_CATEGORY, _ground(text, place), confidence=_CONFIDENCE
                )


def _data_before(text: str, scope: Sequence[tuple[int, int]], verbs: Sequence[int]) -> tuple[int, int] | None:
    """The words for data before a denial that has but a pronoun for them, or nothing ("and is not passed on")."""
    left, right = scope[0]
    denied = [verb for verb in verbs if left <= verb < right]
    if not denied:
        return None
    elided = _ELIDED.search(text, 0, left) and _BE.search(text, max(0, left - 16), denied[0])
    if not elided and not _PRONOUN.search(text, denied[-1], right):
        return None
    return _generic_data(text, 0, left)


def _ground(text: str, place: tuple[int, int]) -> str | None:
    """The concept of words for data, or None."""
    grounding = lexicon().ground(text[slice(*place)], "data_category")
    return grounding.concept if grounding else None


def _generic_data(text: str, left: int, right: int) -> tuple[int, int] | None:
    """The first words for data between two offsets that point back to nothing."""
    for match in _GENERIC.finditer(text, left, right):
        if _MODIFIER.match(text, match.end()):
            continue
        if _NO_DATA.fullmatch(match.group()):
            if described := _DESCRIBED.match(text, match.end()):
                return match.start(), described.end()
            continue
        if not is_anaphoric(text, *match.span()) and not _POINTING.search(text[: match.start()][-12:]):
            return match.span()
    return None
