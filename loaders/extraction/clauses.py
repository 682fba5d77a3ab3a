"""What a sentence says no to, what it makes possible or compulsory, and on which conditions.

No parser is at work here. A sentence of a policy is read with closed lists of cue words (``do not``, ``never``,
``may``, ``unless``) and of the words at which their reach ends (``but``, ``; and we``, ``except``), after the manner of
NegEx (Chapman et al., 2001, https://doi.org/10.1006/jbin.2001.1029), with the constructions of policies added:

- a negation reaches over the verb, its objects and what is coordinated with them, and in the passive back over the
  subject: in "your name is not shared with advertisers" name and advertisers are both under it;
- it ends where an exception opens. "We do not share your data except with couriers" denies the sharing of data and
  leaves the couriers affirmed; the exception is a condition of the denial;
- many a "not" denies nothing about data: "we are not responsible for", "cannot guarantee", "not limited to", "if you
  do not want", "you may choose not to", "do not hesitate". They are inert, as is every negation in a question, in a
  condition, and in the name of a choice such as "Do Not Track".

Known limits: a negation whose object stands in another sentence ("Name: yes. E-mail: no.") and irony.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from privagraph.loaders.extraction import cues
from privagraph.loaders.facts import Modality, Polarity

__all__ = ["Clauses", "Condition", "clauses", "condition_of", "modality_at", "polarity_at"]

Span = tuple[int, int]

WINDOW = 240
"""How many characters before and after a cue are looked at to decide what it means."""

MOST_CUES = 64
"""A sentence with more negations or conditions than this is no language; the rest is left alone."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that limits when something holds; offsets within the sentence.

    Attributes:
        start: Offset of its opening word (``if``, ``unless``, ``with`` in "with your consent").
        end: Offset after its last character, closing punctuation left out.
        inner: Offset of the first word after the opening word.
        exception: Whether it takes something out of a denial (``unless``, ``except``, ``without``).
        fronted: Whether it stands before the clause that it limits.
    """

    start: int
    end: int
    inner: int
    exception: bool
    fronted: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """One negation: where its words stand, and the stretches of the sentence that it denies."""

    start: int
    end: int
    scope: tuple[Span, ...]
    relative: bool


@dataclass(frozen=True, slots=True)
class Clauses:
    """The reading of one sentence; all offsets count from the sentence's start.

    Attributes:
        text: The sentence.
        denials: Its live negations, in order.
        conditions: Its conditions and exceptions, in order.
        breaks: Where a new main clause begins.
        open_denial: Whether a list that the sentence introduces stands under its negation ("We never:").
    """

    text: str
    denials: tuple[Denial, ...]
    conditions: tuple[Condition, ...]
    breaks: tuple[int, ...]
    open_denial: bool

    def polarity(self, start: int, end: int) -> Polarity:
        """Whether the words from ``start`` to ``end`` are affirmed or denied."""
        for denial in self.denials:
            if start <= denial.start and denial.end <= end:
                # The words hold the negation itself: a whole statement ("We do not sell data") is a denial, a noun
                # with a negative relative clause ("data that does not identify you") is not.
                if not denial.relative:
                    return Polarity.DENIED
                continue
            covered = sum(max(0, min(end, right) - max(start, left)) for left, right in denial.scope)
            begins = any(left <= start < right for left, right in denial.scope)
            if covered and (begins or 2 * covered >= end - start):
                return Polarity.DENIED
        return Polarity.AFFIRMED

    def modality(self, start: int) -> Modality:
        """How firmly the verb that begins at ``start`` is stated."""
        left = max((b for b in self.breaks if b <= start), default=0)
        for condition in self.conditions:
            if condition.end <= start:
                left = max(left, condition.end)
            elif condition.start <= start:
                left = max(left, condition.start)
        found = Modality.ASSERTED
        for match in cues.MODAL.finditer(self.text, left, start):
            kind = match.lastgroup
            if kind == "required":
                found = Modality.REQUIRED
            elif kind == "possible":
                found = Modality.POSSIBLE
            else:
                found = Modality.ASSERTED
        return found

    def condition(self, start: int, end: int) -> Condition | None:
        """The condition that limits the words from ``start`` to ``end``, or None.

        Of several an exception comes first, then one that opens the clause, then the nearest that follows.
        """
        best: tuple[int, int, Condition] | None = None
        for condition in self.conditions:
            if condition.start <= start < condition.end:
                continue
            if condition.start >= end:
                if any(end < b <= condition.start for b in self.breaks):
                    continue
                rank = (0 if condition.exception else 2, condition.start - end, condition)
            elif condition.end <= start and condition.fronted:
                if cues.CONTRAST.search(self.text, condition.end, start):
                    continue
                rank = (0 if condition.exception else 1, start - condition.end, condition)
            else:
                continue
            if best is None or rank[:2] < best[:2]:
                best = rank
        return None if best is None else best[2]


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
    return clauses(text[sentence_start:sentence_end]).polarity(start - sentence_start, end - sentence_start)


def modality_at(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> Modality:
    """How firmly the verb at a span is stated in its sentence; arguments as in :func:`polarity_at`."""
    del end
    return clauses(text[sentence_start:sentence_end]).modality(start - sentence_start)


def condition_of(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> Span | None:
    """The place of the condition that limits a span of a sentence, or None; arguments as in :func:`polarity_at`.

    Returns:
        Offsets in ``text`` of a clause such as "if you consent", "where the law requires it", "unless you object".
    """
    found = clauses(text[sentence_start:sentence_end]).condition(start - sentence_start, end - sentence_start)
    return None if found is None else (sentence_start + found.start, sentence_start + found.end)


@lru_cache(maxsize=8192)
def clauses(sentence: str) -> Clauses:
    """Reads one sentence; the last thousands are remembered, since mentions and practices ask for the same ones."""
    breaks = tuple(match.start("at") for match in cues.BREAK.finditer(sentence))
    conditions = _conditions(sentence)
    if sentence.rstrip().endswith("?") or not cues.QUICK.search(sentence):
        return Clauses(sentence, (), conditions, breaks, open_denial=False)
    denials = _denials(sentence, conditions)
    return Clauses(sentence, denials, conditions, breaks, open_denial=_is_open(sentence, denials))


def _is_open(sentence: str, denials: tuple[Denial, ...]) -> bool:
    """Whether the last denial reaches the end of a sentence that goes on in a list."""
    bare = len(sentence.rstrip().rstrip(":").rstrip())
    ended = sentence.rstrip().endswith((".", "!", ";"))
    return not ended and any(right >= bare for denial in denials for _, right in denial.scope)


def _conditions(sentence: str) -> tuple[Condition, ...]:
    """The conditions and exceptions of a sentence, none inside another."""
    found: list[Condition] = []
    at = 0
    while len(found) < MOST_CUES and (match := cues.CONDITION.search(sentence, at)):
        at = match.end()
        start = match.start()
        before = sentence[:start]
        near = before[-WINDOW:]
        if (
            match.lastgroup == "clause" or match.group()[:2].lower() == "as"
        ) and cues.NO_CONDITION_BEFORE.search(near):
            continue
        word = match.group().split()[0].lower()
        if word == "where" and cues.PLACE_BEFORE.search(near):
            continue
        fronted = bool(cues.FRONT.fullmatch(before, before.rfind(";") + 1))
        if match.lastgroup == "phrase":
            end = match.end()
        elif fronted:
            end = _end_of_fronted(sentence, match.end())
        else:
            end = _end_of_trailing(sentence, start, match.end())
        end = start + len(_TAIL.sub("", sentence[start:end]))
        if end <= match.start():
            continue
        exception = bool(cues.EXCEPTION.match(match.group()))
        # A condition after a comma that is closed by a comma limits what follows it too: ", if you agree, we ...".
        limits_next = fronted or bool(re.match(r"\s*,\s*(?:we|our|the|your|you|it)\b", sentence[end:]))
        found.append(Condition(start, end, min(match.end(), end), exception, limits_next))
        at = max(at, end)
    return tuple(found)


_TAIL = re.compile(r"(?:[\s,.;:!]+(?:including|such\s+as|and|or)?)+$", re.IGNORECASE)
"""What is cut from the end of a condition."""


def _end_of_fronted(sentence: str, start: int) -> int:
    """Where a condition that opens the sentence gives way to the main clause."""
    comma = sentence.find(",", start)
    bare = re.compile(r"\s(?:we|(?-i:I))\s+(?!(?:are|have|do|need|can|cannot)\b)", re.IGNORECASE).search(
        sentence, start + 8
    )
    if (
        bare
        and (comma < 0 or bare.start() < comma)
        and not sentence[: bare.start()]
        .lower()
        .endswith((" or", " and", " that", "information", "data", "details", " as"))
    ):
        return bare.start()
    ends = [m.start() for m in (p.search(sentence, start) for p in cues.MAIN_CLAUSE) if m]
    if ends:
        return min(ends)
    if comma > 0:
        return comma
    subject = re.compile(r"\s(?:we|you (?:may|can|will|must))\s", re.IGNORECASE).search(sentence, start + 8)
    return subject.start() if subject else len(sentence)


def _end_of_trailing(sentence: str, start: int, after: int) -> int:
    """Where a condition inside or at the end of the sentence stops."""
    end = len(sentence)
    stop = cues.CONDITION_STOP.search(sentence, after)
    if stop:
        end = stop.start()
    # A bracket that was opened before the condition closes it.
    depth = 0
    for index in range(start, end):
        if sentence[index] == "(":
            depth += 1
        elif sentence[index] == ")":
            depth -= 1
            if depth < 0:
                return index
    return end


def _denials(sentence: str, conditions: tuple[Condition, ...]) -> tuple[Denial, ...]:
    """The live negations of a sentence with their reach."""
    cue_words = islice(cues.NEGATION.finditer(sentence), MOST_CUES)
    matches = [m for m in cue_words if not _inert(sentence, m, conditions)]
    found: list[Denial] = []
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(sentence)
        relative = bool(cues.RELATIVE_BEFORE.search(sentence[max(0, match.start() - WINDOW) : match.start()]))
        scope = _scope(sentence, match, limit, conditions, relative=relative)
        subject = _subject_of_passive(sentence, match, conditions)
        if subject is not None and not relative:
            scope = [(subject, match.start()), *scope]
        found.append(Denial(match.start(), match.end(), tuple(scope), relative))
    return tuple(found)


def _inert(sentence: str, match: re.Match[str], conditions: tuple[Condition, ...]) -> bool:
    """Whether a negation denies nothing that happens to data."""
    start, end = match.span()
    before, after = sentence[max(0, start - WINDOW) : start], sentence[end : end + WINDOW]
    kind = match.lastgroup
    for condition in conditions:
        if condition.start <= start < condition.end and not condition.exception:
            return True
        if condition.exception and condition.start < start < condition.end:
            return True
    if cues.CHOICE_NAME.match(sentence, start) or cues.CHOICE_BEFORE.search(before):
        return True
    if kind in {"aux", "bare", "never", "longer"}:
        if cues.INERT_AFTER.match(after):
            return True
        if cues.USER_BEFORE.search(before) and not cues.DONE_TO_USER.match(after):
            return True
        if cues.HARM_AFTER.match(after) or cues.NO_LONGER_THAN.match(after):
            return True
    if kind == "no" and (cues.INERT_NOUN.match(after) or cues.SECURITY_TALK.search(after[:120])):
        return True
    if kind == "nowise" and cues.LIABILITY.search(after):
        return True
    if kind == "refuse":
        return bool(cues.NEGATED_BEFORE.search(before)) or bool(cues.USER_BEFORE.search(before))
    # "We never fail to", "does not prevent us from": one negation undoes the other.
    return kind in {"aux", "never"} and bool(cues.UNDONE_AFTER.match(after))


def _scope(
    sentence: str, match: re.Match[str], limit: int, conditions: tuple[Condition, ...], *, relative: bool
) -> list[Span]:
    """The stretches right of a negation that it denies."""
    start = match.end()
    end = _reach(sentence, match, limit, relative=relative)
    pieces: list[Span] = []
    at = start
    for condition in conditions:
        if condition.end <= at or condition.start >= end:
            continue
        if condition.start > at:
            pieces.append((at, condition.start))
        at = max(at, condition.end)
        if condition.exception and not _parenthetic(sentence, condition, match.end()):
            return pieces
    if at < end:
        pieces.append((at, end))
    return pieces


def _parenthetic(sentence: str, condition: Condition, cue_end: int) -> bool:
    """Whether a denial goes on after an exception: it stands in brackets, or right after the negation."""
    if sentence[: condition.start].rstrip().endswith("("):
        return True
    return condition.start - cue_end < 14 and sentence[condition.end : condition.end + 1] == ","


def _reach(sentence: str, match: re.Match[str], limit: int, *, relative: bool) -> int:
    """Where the reach of a negation ends, exceptions and conditions apart."""
    start = match.end()
    if relative or match.lastgroup in {"bare", "exclude"}:
        stop = cues.NARROW_STOP.search(sentence, start)
        end = stop.start() if stop else len(sentence)
        comma = sentence.find(",", start, end)
        # A relative clause ends at its comma; "but not your name, address or age" is a list and goes on.
        return min(limit, comma if relative and comma >= 0 else end)
    enumerated = ":" in sentence[start : start + 12]
    end = len(sentence)
    for stop in cues.STOP.finditer(sentence, start):
        if enumerated and stop.group().startswith(";"):
            continue
        end = stop.start()
        break
    # The next negation takes over only from where it stands.
    return min(end, limit)


def _subject_of_passive(sentence: str, match: re.Match[str], conditions: tuple[Condition, ...]) -> int | None:
    """Where the subject of a denied passive begins ("your name is not shared"), or None for an active."""
    if match.lastgroup not in {"aux", "never", "longer"}:
        return None
    after = sentence[match.end() : match.end() + WINDOW]
    be_form = cues.BE_BEFORE.search(sentence[max(0, match.start() - WINDOW) : match.end()])
    if not cues.PARTICIPLE_AFTER.match(after) or not (be_form or cues.BE_AFTER.match(after)):
        return None
    left = 0
    for stop in cues.SUBJECT_START.finditer(sentence, 0, match.start()):
        left = stop.end()
    for condition in conditions:
        if condition.end <= match.start():
            left = max(left, condition.end)
    # "Your name is used for X and will not be sold": the subject of the denied verb is affirmed by the other one.
    for verb in cues.FINITE.finditer(sentence, left, match.start()):
        if not sentence[verb.end() : match.start()].strip():
            continue
        if not cues.RELATIVE_SUBJECT.search(sentence[max(0, verb.start() - 40) : verb.start()]):
            return None
    return left
