"""Words that leave open what a policy has to say: whether, how long, to whom, what for and which data.

The words alone say little: "you may write to us" hides nothing, and "as long as necessary" is closed by the criterion
behind it. So they are looked for where the graph says that something is done with data, and what stands around them
in the sentence decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from privagraph.ontology.reading import PracticeView, Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.lexicon import WordList, word_lists
from privagraph.shapes.derivation.wording.text import PolicyText

__all__ = ["vague_words"]

_KEEPING = re.compile(
    r"\b(?:keep|keeps|kept|retain\w*|retention|stor(?:e|es|ed|ing|age)|hold|holds|held|sav(?:e|es|ed)|"
    r"preserv\w+|delet\w+|eras\w+|destroy\w*|remov\w+|dispos\w+|anonymi[sz]\w+|archiv\w+)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:we|i|company|developer|service|app|application|website|site)\b[^;\n]{0,60}?"
    r"\b(?:collect|receiv|obtain|gather|record|log|stor|keep|retain|maintain|shar|disclos|transfer|process|us|sell|"
    r"combin|analy[sz]|track|ask|request|requir)(?:e|es|ed|ing|s)?\b",
    re.IGNORECASE,
)
"""The company does something with data; the graph holds no practice where the data are not named."""

_NAMED_NEXT = ("purposes", "data")
_TOLD_NEXT = re.compile(
    r"\W{0,3}(?:this|such|these|those|the|it|they|you will|see|for more)\b[^.\n]{0,80}"
    r"\b(?:includ\w+|such as|below|following|namely|consists?|are used to)\b",
    re.IGNORECASE,
)
"""The next sentence names the purposes or data that this one leaves open."""

_NEXT = 160
"""How many characters behind a passage are looked at for what it leaves open."""

_NEGATED = re.compile(r"\b(?:not|never|no|nor|neither|without|cannot)\b|n[’']t\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?<!\S)[^\W\d_]+\s$")
_VERB = re.compile(r"(?:\s(?:also|be|then|even|still|both|each|\w+ly))*\s[^\W\d_]+")
"""What is shown around a hedge, so that it says what it is about: "we may also share"."""


def vague_words(text: PolicyText) -> Iterator[Observation]:
    """What the words of a policy leave open.

    Args:
        text: The policy.
    """
    affirmed = [each for each in text.view.practices if not each.denied]
    told = _passages(text, affirmed)
    lists = word_lists()
    yield from _hedged(text, affirmed, lists["hedges"])
    yield from _retention(text, lists["retention"])
    yield from _recipients(text, affirmed, lists["recipients"])
    taken: set[int] = set()
    for name in ("purposes", "data", "qualifiers"):
        for found in _in_passages(text, told, lists[name]):
            place = range(found.spans[0].start, found.spans[0].end)
            if taken.isdisjoint(place):
                taken.update(place)
                yield found


def _hedged(text: PolicyText, practices: Iterable[PracticeView], words: WordList) -> Iterator[Observation]:
    """Practices of which it stays open whether they take place, by the word that leaves it open."""
    found: dict[Span, dict[str, None]] = {}
    for practice in practices:
        if practice.modality != "possible" or practice.condition:
            continue
        passage = practice.evidence
        said = text.words(passage)
        match = next(words.matches(_with_list(text, passage)), None)
        if match is None or match.end() > len(said):
            continue
        subject, verb = _SUBJECT.search(said, 0, match.start()), _VERB.match(said, match.end())
        start, end = (subject or match).start(), (verb or match).end()
        span = Span(passage.start + start, passage.start + end)
        found.setdefault(span, {})[practice.iri] = None
    for span, about in found.items():
        yield Observation(words.kind, (span,), about=tuple(about))


def _retention(text: PolicyText, words: WordList) -> Iterator[Observation]:
    """Periods that have no length and no criterion which people could apply to themselves."""
    mentions = text.view.mentions_of("retention")
    known = [each.span for each in mentions]
    dated = [each.span for each in mentions if each.value]
    for sentence in text.sentences:
        said = text.words(sentence)
        match = next(words.matches(said), None)
        if match is None or not _KEEPING.search(said):
            continue
        line = text.line_at(sentence.start)
        span = Span(sentence.start + match.start(), sentence.start + match.end())
        at = _first_overlap(span, known)
        if at is not None and _first_overlap(Span(line.start, line.end), dated) is None:
            yield Observation(words.kind, (span,), about=(mentions[at].iri,))


def _recipients(
    text: PolicyText, practices: Iterable[PracticeView], words: WordList
) -> Iterator[Observation]:
    """Recipients of whom nothing is said but that there are some."""
    found: dict[Span, dict[str, None]] = {}
    for practice in practices:
        passage = practice.evidence
        for recipient in practice.arguments_of("recipient"):
            match = words.words.match(recipient.quote)
            start = recipient.span.start - passage.start
            if match is None or recipient.denied or recipient.agent:
                continue
            if not passage.start <= recipient.span.start < recipient.span.end <= passage.end:
                continue  # its sentence is another one, which this one only goes with
            if words.is_open(text.words(passage), start, start + match.end()):
                span = Span(recipient.span.start, recipient.span.start + match.end())
                found.setdefault(span, {})[recipient.iri] = None
    for span, about in found.items():
        yield Observation(words.kind, (span,), about=tuple(about))


def _in_passages(
    text: PolicyText, told: Mapping[Span, tuple[str, ...]], words: WordList
) -> Iterator[Observation]:
    """Vague words in what is said of data; purposes and data not where that is denied or they are named next."""
    for passage, about in told.items():
        said = text.words(passage)
        for match in words.matches(said):
            if words.name in _NAMED_NEXT and (
                _NEGATED.search(said, 0, match.start())
                or _TOLD_NEXT.match(text.view.text, passage.end, passage.end + _NEXT)
            ):
                continue
            span = Span(passage.start + match.start(), passage.start + match.end())
            yield Observation(words.kind, (span,), about=about)


def _with_list(text: PolicyText, passage: Span) -> str:
    """The words of a passage, with the first item of the list that it introduces."""
    said = text.words(passage)
    return f"{said} {text.view.text[passage.end : passage.end + _NEXT]}" if said.endswith(":") else said


def _passages(text: PolicyText, practices: Iterable[PracticeView]) -> dict[Span, tuple[str, ...]]:
    """The passages that say what is done with data, in their order, with the practices that the graph has of them."""
    told: dict[Span, dict[str, None]] = {}
    for practice in practices:
        told.setdefault(practice.evidence, {})[practice.iri] = None
    covered = sorted(told)
    purposes = [each.span for each in text.view.mentions_of("purpose") if not each.denied]
    for sentence in text.sentences:
        if _first_overlap(sentence, covered) is not None:
            continue
        if _ACTS.search(text.words(sentence)) or _first_overlap(sentence, purposes) is not None:
            told[sentence] = {}
    return {span: tuple(about) for span, about in sorted(told.items())}


def _first_overlap(span: Span, others: Sequence[Span]) -> int | None:
    """Which of some spans, which are in the order of the text, is the first to share characters with one."""
    at = bisect_left(others, span.start + 1, key=lambda other: other.end)
    return at if at < len(others) and others[at].start < span.end else None
