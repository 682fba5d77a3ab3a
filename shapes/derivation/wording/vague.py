"""Words that leave open what a policy has to say: whether, how long, to whom, what for and which data.

The words alone say little: "you may write to us" hides nothing, and "as long as necessary" is closed by the criterion
behind it. So they are looked for where the graph says that something is done with data, and what stands around them
in the sentence decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.lexicon import WordList, word_lists
from privagraph.shapes.derivation.wording.text import PolicyText
from privagraph.shapes.reading import PracticeView, Span

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

_BEHIND = 160
"""How many characters behind the words are looked at for what closes them."""

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
    taken: list[Span] = []
    for name in ("purposes", "data", "qualifiers"):
        for found in _in_passages(text, told, lists[name]):
            if not any(_overlap(found.spans[0], span) for span in taken):
                taken.append(found.spans[0])
                yield found


def _hedged(text: PolicyText, practices: Iterable[PracticeView], words: WordList) -> Iterator[Observation]:
    """Practices of which it stays open whether they take place, by the word that leaves it open."""
    found: dict[Span, list[str]] = {}
    for practice in practices:
        if practice.modality != "possible" or practice.condition:
            continue
        sentence = practice.evidence
        said = text.words(sentence)
        if words.unless.search(_with_list(text, sentence)):
            continue
        for match in words.words.finditer(said):
            if not words.preceded_by.search(said[: match.start()]):
                start = _SUBJECT.search(said[: match.start()])
                end = _VERB.match(said, match.end())
                span = Span(
                    sentence.start + (start.start() if start else match.start()),
                    sentence.start + (end.end() if end else match.end()),
                )
                found.setdefault(span, []).append(practice.iri)
                break
    for span, about in found.items():
        yield Observation(words.kind, (span,), about=tuple(dict.fromkeys(about)))


def _retention(text: PolicyText, words: WordList) -> Iterator[Observation]:
    """Periods that have no length and no criterion which people could apply to themselves."""
    known = [each.span for each in text.view.mentions_of("retention")]
    dated = [each.span for each in text.view.mentions_of("retention") if each.value]
    for sentence in text.sentences:
        said = text.words(sentence)
        match = words.words.search(said)
        if match is None or words.unless.search(said) or not _KEEPING.search(said):
            continue
        line = text.line_at(sentence.start)
        if any(line.start <= span.start < line.end for span in dated):
            continue
        span = Span(sentence.start + match.start(), sentence.start + match.end())
        if any(_overlap(span, each) for each in known):
            about = tuple(
                each.iri for each in text.view.mentions_of("retention") if _overlap(span, each.span)
            )
            yield Observation(words.kind, (span,), about=about)


def _recipients(
    text: PolicyText, practices: Iterable[PracticeView], words: WordList
) -> Iterator[Observation]:
    """Recipients of whom nothing is said but that there are some."""
    found: dict[Span, list[str]] = {}
    for practice in practices:
        sentence = practice.evidence
        for recipient in practice.arguments_of("recipient"):
            match = words.words.fullmatch(recipient.quote)
            if match is None or recipient.denied or recipient.agent:
                continue
            before = text.view.text[sentence.start : max(sentence.start, recipient.span.start)]
            if words.preceded_by.search(before) or _is_closed(text, words, recipient.span, sentence):
                continue
            found.setdefault(recipient.span, []).append(recipient.iri)
    for span, about in found.items():
        yield Observation(words.kind, (span,), about=tuple(dict.fromkeys(about)))


def _in_passages(
    text: PolicyText, told: Mapping[Span, tuple[str, ...]], words: WordList
) -> Iterator[Observation]:
    for passage, about in told.items():
        said = text.words(passage)
        for match in words.words.finditer(said):
            span = Span(passage.start + match.start(), passage.start + match.end())
            before = said[: match.start()]
            if words.preceded_by.search(before) or (words.name in _NAMED_NEXT and _NEGATED.search(before)):
                continue
            if words.name in _NAMED_NEXT and _TOLD_NEXT.match(text.view.text, passage.end, passage.end + 160):
                continue
            if not _is_closed(text, words, span, passage):
                yield Observation(words.kind, (span,), about=about)


def _with_list(text: PolicyText, passage: Span) -> str:
    """The words of a passage, with the first item of the list that it introduces."""
    said = text.words(passage)
    if not said.endswith(":"):
        return said
    return f"{said} {text.view.text[passage.end : passage.end + 120]}"


def _is_closed(text: PolicyText, words: WordList, span: Span, passage: Span) -> bool:
    behind = text.view.text[span.end : min(span.end + _BEHIND, max(passage.end, span.end))]
    return bool(words.followed_by.match(behind) or words.unless.search(text.words(passage)))


def _passages(text: PolicyText, practices: Iterable[PracticeView]) -> dict[Span, tuple[str, ...]]:
    """The passages that state what is done with data, in their order, with the practices that the graph has of them."""
    told: dict[Span, dict[str, None]] = {}
    for practice in practices:
        told.setdefault(practice.evidence, {})[practice.iri] = None
    covered = sorted(told)
    purposes = [each.span for each in text.view.mentions_of("purpose") if not each.denied]
    for sentence in text.sentences:
        if _lies_in(sentence, covered):
            continue
        if _ACTS.search(text.words(sentence)) or _lies_in(sentence, purposes):
            told[sentence] = {}
    return {span: tuple(about) for span, about in sorted(told.items())}


def _lies_in(span: Span, others: Sequence[Span]) -> bool:
    """Whether one of some spans, which are in their order, has something in common with a span."""
    at = bisect_left(others, span.start, key=lambda other: other.end)
    return any(_overlap(span, other) for other in others[at : at + 2])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
