"""What a sentence says no to, what it makes possible or compulsory, and on which conditions.

No parser is at work here. A sentence of a policy is read with closed lists of cue words (``do not``, ``never``,
``may``, ``unless``) and of the words at which their reach ends (``but``, ``; and we``, ``except``), after the manner of
NegEx
(Chapman et al., 2001, https://doi.org/10.1006/jbin.2001.1029), with the constructions of policies added:

- a negation reaches over the verb, its objects and what is coordinated with them, and in the passive back over the
  subject: in "your name is not shared with advertisers" name and advertisers are both under it;
- it ends where an exception opens. "We do not share your data except with couriers" denies the sharing of data and
  leaves the couriers affirmed; the exception is a condition of the denial;
- many a "not" denies nothing about data: "we are not responsible for", "cannot guarantee", "not limited to", "if you
  do not want", "you may choose not to", "do not hesitate". They are inert, as is every negation in a question, in a
  condition, and in the name of a choice such as "Do Not Track".

Known limits: a negation whose object stands in another sentence ("Name: yes. E-mail: no."), and irony.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from privagraph.loaders.extraction.conditions import WINDOW, Condition, find_conditions, pattern
from privagraph.loaders.extraction.denials import Denial, find_denials
from privagraph.loaders.facts import Modality, Polarity

__all__ = ["Clauses", "clauses", "condition_of", "modality_at", "polarity_at", "reading_at"]

Span = tuple[int, int]

_CONTRAST = pattern(r";|\bbut\b|\bhowever\b|\botherwise\b")
"""What ends the reach of a fronted condition."""

_BREAK = pattern(
    r"""
    (?=[;,\sh])
    (?: ; | ,?\s+but\b | \bhowever\b,?
      | ,\s*(?:and|so|or|while|whereas)\s+(?=(?:we|you|they|it|he|she|please|this|these|our|your|the|such)\b)
      | \s+and\s+(?=(?:we|you|they|it)\b)
      | ,\s+(?=(?:we|you|they|it)\s+(?:may|will|can|do|also|must|are|have|use|collect|share)\b)
    ) \s* (?P<at>)
    """
)
"""Where a new main clause begins; the sign with which each begins is looked for first."""

_MODAL = pattern(
    r"""
    (?P<required> \bmust\b
        | (?<!may\sbe\s)(?<!might\sbe\s)\b(?:required|obliged|obligated|compelled|legally\s+bound)
          \s+(?:by\s+(?:\w+\s+){1,4})?to\b
        | (?<!\bmay\s)(?<!\bmight\s)\b(?:have|has|need|needs)\s+to\b
        | \b(?:requires|obliges|obligates|compels)\s+us\s+to\b
        | \b(?:under|have|has)\s+(?:an?\s+|the\s+)(?:legal\s+|statutory\s+)?(?:duty|obligation)\s+to\b )
  | (?P<possible> \b(?:may|might|can|could)\b(?:\s+be\s+(?:required|obliged|obligated|compelled|asked|necessary)\b)?
        | \b(?:reserves?|have|has)\s+the\s+right\s+to\b | \bpossibly\b
        | \b(?:entitled|allowed|permitted)\s+to\b )
  | (?P<asserted> \b(?:will|shall|do|does|always)\b
        | \b(?:we|they|it|you)\b(?!\s+(?:may|might|can|could|must|are|have)\b) )
    """
)
"""How firmly a verb is stated; the last of these before it in its clause counts."""

_PUT_IN = pattern(r",\s+(?:which|who|that|where)\b[^,;:]{1,120},")
"""A relative clause put into another, whose modal is its own."""

_ASIDE = pattern(r"\w\s*(?:[(–—]|,\s+which\b)")
"""Within a noun phrase, where words beside it begin."""

_HEDGE = pattern(
    r"""
    \b(?:sometimes|occasionally|from\s+time\s+to\s+time|at\s+times|on\s+occasions?|it\s+is\s+possible\s+that
      |in\s+(?:some|certain|rare|limited|other)\s+(?:cases|circumstances|instances|situations))\b
    """
)
"""What makes of an assertion a possibility: it happens, but not always."""

_MODALITIES = {"required": Modality.REQUIRED, "possible": Modality.POSSIBLE, "asserted": Modality.ASSERTED}


_QUESTION = pattern(
    r"""
    (?:\W*|\W*(?:\d{1,2}|[a-z])[.)]\s+|\W*q\s*[:.]\s*)
    (?:do|does|did|will|would|shall|can|could|may|is|are|was|were|have|has)\s+[^?]{3,300}\?\W*
    """
)
"""A question that yes or no answers."""

_ANSWERED_NO = pattern(
    r"""
    \s*(?:a\s*[:.]\s*|answer\s*:\s*)?
    (?: (?:no|nope|never)\s*(?:[.,!;:–—-]|$)
      | (?:absolutely|certainly|definitely|of\s+course)\s+not\b | not\s+at\s+all\b | not\s+ever\b
      | no\s+(?=we\b|it\b) | (?:we|it)\s+(?:do|does|will|would|are|have|has)(?:\s+not|n['’]t|\s+never)\s*[.!;] )
    """
)
"""The words after a question that answer no."""

_ANSWERED_YES = pattern(r"\s*(?:a\s*[:.]\s*|answer\s*:\s*)?(?:yes|we\s+do)\s*(?:[.,!;:–—-]|$)")
"""The words after a question that answer yes."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The reading of one sentence; all offsets count from the sentence's start.

    Attributes:
        text: The sentence.
        denials: Its live negations, in order.
        conditions: Its conditions and exceptions, in order.
        breaks: Where a new main clause begins.
        answer: What the words after a question make of it ("Do we sell data? Never."), or None.
    """

    text: str
    denials: tuple[Denial, ...]
    conditions: tuple[Condition, ...]
    breaks: tuple[int, ...]
    answer: Polarity | None = None

    @property
    def asks(self) -> bool:
        """Whether the sentence is a question that nothing answers."""
        return self.answer is None and self.text.rstrip().endswith("?")

    @property
    def open_denial(self) -> bool:
        """Whether a list that the sentence introduces stands under its negation ("We never:")."""
        words = self.text.rstrip()
        end = len(words.rstrip(":").rstrip())
        reaches = any(right >= end for denial in self.denials for _, right in denial.scope)
        return reaches and not words.endswith((".", "!", ";"))

    def polarity(self, start: int, end: int) -> Polarity:
        """Whether the words from ``start`` to ``end`` are affirmed or denied."""
        for denial in self.denials:
            if start <= denial.start and denial.end <= end:
                # The words hold the negation itself: a whole statement ("We do not sell data") is a denial, a noun
                # with a negative relative clause ("data that does not identify you", "your name (never sold)") is not.
                if not denial.relative and not _ASIDE.search(self.text, start, denial.start):
                    return Polarity.DENIED
                continue
            covered = sum(max(0, min(end, right) - max(start, left)) for left, right in denial.scope)
            begins = any(left <= start < right for left, right in denial.scope)
            if covered and (begins or 2 * covered >= end - start):
                return Polarity.DENIED
        return Polarity.AFFIRMED

    def limit(self, start: int) -> Denial | None:
        """The negation that denies the verb at ``start`` for other purposes than the named ones only, or None."""
        for denial in self.denials:
            if denial.limited is not None and denial.limited[0] <= start < denial.limited[1]:
                return denial
        return None

    def modality(self, start: int) -> Modality:
        """How firmly the verb that begins at ``start`` is stated."""
        left = max((b for b in self.breaks if b <= start), default=0)
        for condition in self.conditions:
            if condition.start <= start:
                left = max(left, condition.end if condition.end <= start else condition.start)
        found = Modality.ASSERTED
        put_in = [match.span() for match in _PUT_IN.finditer(self.text, left, start)]
        for match in _MODAL.finditer(self.text, left, start):
            if any(begin <= match.start() < end for begin, end in put_in):
                continue
            found = _MODALITIES[match.lastgroup or "asserted"]
        if found is Modality.ASSERTED and (_HEDGE.search(self.text, left, start) or self._hedged(left)):
            return Modality.POSSIBLE
        return found

    def _hedged(self, at: int) -> bool:
        """Whether a hedge opens the clause that begins at ``at`` ("in some cases, we ...")."""
        hedges = list(_HEDGE.finditer(self.text, max(0, at - WINDOW), at))
        return bool(hedges) and not self.text[hedges[-1].end() : at].strip(" ,")

    def condition(self, start: int, end: int) -> Condition | None:
        """The condition that limits the words from ``start`` to ``end``, or None.

        Of several an exception comes first where the words are denied, then the one that opens the clause, then the
        nearest that follows.
        """
        denied = self.polarity(start, end) is Polarity.DENIED
        best: tuple[int, int, Condition] | None = None
        for condition in self.conditions:
            if condition.start >= end:
                if condition.opens or any(end < b <= condition.start for b in self.breaks):
                    continue
                rank = (0 if denied and condition.exception else 2, condition.start - end, condition)
            elif condition.end <= start and condition.fronted:
                if _CONTRAST.search(self.text, condition.end, start):
                    continue
                rank = (0 if denied and condition.exception else 1, start - condition.end, condition)
            else:
                continue
            if best is None or rank[:2] < best[:2]:
                best = rank
        return None if best is None else best[2]


@lru_cache(maxsize=8192)
def clauses(sentence: str) -> Clauses:
    """Reads one sentence; the last thousands are remembered, since mentions and practices ask for the same ones."""
    conditions = find_conditions(sentence)
    breaks = tuple(match.start("at") for match in _BREAK.finditer(sentence))
    return Clauses(sentence, find_denials(sentence, conditions), conditions, breaks)


def reading_at(text: str, sentence_start: int, sentence_end: int) -> Clauses:
    """The reading of a sentence in its text: the words right after a question may answer it.

    Args:
        text: The canonical text.
        sentence_start: Offset of the sentence.
        sentence_end: Offset after the sentence.
    """
    sentence = text[sentence_start:sentence_end]
    reading = clauses(sentence)
    asked = sentence.rstrip().endswith("?") and _QUESTION.fullmatch(sentence)
    if not asked:
        return reading
    if _ANSWERED_NO.match(text, sentence_end):
        whole = Denial(len(sentence), len(sentence), ((0, len(sentence)),), relative=False)
        return replace(reading, denials=(whole,), answer=Polarity.DENIED)
    return replace(reading, answer=Polarity.AFFIRMED) if _ANSWERED_YES.match(text, sentence_end) else reading


def polarity_at(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> Polarity:
    """Whether a span of a sentence is affirmed or denied by that sentence.

    Args:
        text: The canonical text.
        sentence_start: Offset of the sentence.
        sentence_end: Offset after the sentence.
        start: Offset of the span.
        end: Offset after the span.

    Returns:
        ``DENIED`` under a negation that says something does not happen, else ``AFFIRMED``.

    Example:
        >>> sentence = "We never sell your address, but we keep your name."
        >>> at = sentence.index("your address")
        >>> polarity_at(sentence, 0, len(sentence), at, at + 12).value
        'denied'
        >>> at = sentence.index("your name")
        >>> polarity_at(sentence, 0, len(sentence), at, at + 9).value
        'affirmed'
    """
    reading = reading_at(text, sentence_start, sentence_end)
    return reading.polarity(start - sentence_start, end - sentence_start)


def modality_at(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> Modality:
    """How firmly the verb at a span is stated in its sentence.

    Args:
        text: The canonical text.
        sentence_start: Offset of the sentence.
        sentence_end: Offset after the sentence.
        start: Offset of the verb.
        end: Offset after the verb.

    Returns:
        ``POSSIBLE`` for "may collect", ``REQUIRED`` for "must disclose", else ``ASSERTED``.
    """
    del end  # Kept so that the three functions are called alike.
    return clauses(text[sentence_start:sentence_end]).modality(start - sentence_start)


def condition_of(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> Span | None:
    """The place of the condition that limits a span of a sentence.

    Args:
        text: The canonical text.
        sentence_start: Offset of the sentence.
        sentence_end: Offset after the sentence.
        start: Offset of the span.
        end: Offset after the span.

    Returns:
        Offsets in ``text`` of a clause such as "if you consent", "where the law requires it", "unless you object", or
        None.
    """
    found = clauses(text[sentence_start:sentence_end]).condition(start - sentence_start, end - sentence_start)
    return None if found is None else (sentence_start + found.start, sentence_start + found.end)
