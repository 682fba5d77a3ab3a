"""How hard a policy is to read: the whole, single passages, single sentences.

The measure is Flesch Reading Ease (R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948,
https://doi.org/10.1037/h0057532), for it is the one that laws on consumer documents themselves name (such as Fla. Stat.
627.4145, which asks insurance policies for 45 of 100); 0 to 30 stand for very difficult. The same counts give the grade
of school by J. P. Kincaid and others, "Derivation of New Readability Formulas" (1975), which many readers know.

The formulas need syllables. The libraries that offer them either download a dictionary when they run (textstat, through
NLTK) or count hyphens, which gives five in a hundred syllables too few on policies (Pyphen). Groups of vowels with a
few corrections agree with the CMU Pronouncing Dictionary on 96 in 100 words of running policy text, and on their sum to
one in a hundred, which moves the score by less than one point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from privagraph.ontology.reading import Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.text import WORD, Line, PolicyText

__all__ = ["Ease", "ease_of", "hard_to_read", "syllables"]

_VERY_DIFFICULT = 30.0
"""Below it Flesch calls a text very difficult."""

_HARDEST_PASSAGE = 10.0
"""Below it a passage is hard even among policies: a quarter of their paragraphs of that size are."""

_SAMPLE = 100
"""Words that a text needs to be scored: the size of the samples that Flesch made his formula on."""

_LONG = 60
"""Words that make a sentence too long for one reading: one in seventy-five of real policies has more."""

_SHORTEST_LINE, _SHORTEST_SENTENCE = 8, 4
"""Words that a line and a sentence need to be running text, and no item or cell."""

_FULL_STOP = re.compile(r"(?<=[a-z]{3}[.?!])\s+(?=[“\"(]?[A-Z])")

_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile(
    r"[^aeiouy]e$(?<![^aeiouyl]le)|[^aeiouydt]ed$(?<![^aeiouy][lr]ed)|[^aeiouycsgzx]es$(?<![cs]hes)(?<![^aeiouyl]les)"
)
_APART = re.compile(
    r"i(?:a(?!l|n[ct]|g|r)|o(?!n|u)|e(?=[tn])|um|us)|[^q]ua|eo(?![up])|[aeiou]ing|ya(?!$)|e[aiou](?=te|ti)"
)
"""Vowels that stand together and are spoken apart."""


@dataclass(frozen=True, slots=True)
class Ease:
    """How easy a text is to read.

    Attributes:
        words: How many words it has.
        score: Flesch Reading Ease: 100 is easy, 30 and less very difficult; it may fall below 0.
        grade: Flesch-Kincaid grade level: the year of school in the United States that reads it without effort.
    """

    words: int
    score: float
    grade: float


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """How many syllables an English word has, as groups of vowels tell; at least one.

    Example:
        >>> [syllables(word) for word in ("data", "used", "privacy", "personalised")]
        [2, 1, 3, 5]
    """
    plain = word.lower().removesuffix("’s").removesuffix("'s")
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT.search(plain):
        count -= 1
    return max(1, count + len(_APART.findall(plain)))


def ease_of(sentences: Sequence[str]) -> Ease | None:
    """How easy some sentences are to read; None where they hold no words.

    Args:
        sentences: The sentences.
    """
    counted = [words for sentence in sentences if (words := WORD.findall(sentence))]
    total = sum(map(len, counted))
    if not total:
        return None
    length = total / len(counted)
    weight = sum(syllables(word) for words in counted for word in words) / total
    return Ease(
        words=total,
        score=206.835 - 1.015 * length - 84.6 * weight,
        grade=0.39 * length + 11.8 * weight - 15.59,
    )


def hard_to_read(text: PolicyText) -> Iterator[Observation]:
    """Sentences that are too long, passages that are very hard, and the hardest passage of a policy that is.

    Args:
        text: The policy.
    """
    passages = list(_passages(text))
    hardest: tuple[float, Span] | None = None
    everything: list[str] = []
    for line, spans in passages:
        said = [text.words(span) for span in spans]
        everything += said
        ease = ease_of(said)
        if ease is None:
            continue
        long = [span for span, words in zip(spans, said, strict=True) if _longest(words) > _LONG]
        for span in long:
            yield Observation("pg:LongSentence", (span,), note=f"{_longest(text.words(span))} words")
        if ease.words >= _SAMPLE:
            if ease.score < _HARDEST_PASSAGE and not long:
                yield Observation("pg:HardPassage", (Span(line.start, line.end),), note=_told(ease))
            hardest = min(
                hardest or (ease.score, Span(line.start, line.end)), (ease.score, Span(line.start, line.end))
            )
    whole = ease_of(everything)
    if whole is not None and hardest is not None and whole.words >= _SAMPLE and whole.score < _VERY_DIFFICULT:
        yield Observation("pg:HardPolicy", (hardest[1],), note=_told(whole))


def _passages(text: PolicyText) -> Iterator[tuple[Line, list[Span]]]:
    """The lines of running text with their sentences: no headings, addresses or items of a few words."""
    found: dict[int, tuple[Line, list[Span]]] = {}
    for span in text.sentences:
        line = text.line_at(span.start)
        if (
            line.is_heading
            or _length(line.text) < _SHORTEST_LINE
            or _length(text.words(span)) < _SHORTEST_SENTENCE
        ):
            continue
        found.setdefault(line.start, (line, []))[1].append(span)
    yield from found.values()


def _longest(sentence: str) -> int:
    """How many words a sentence has; where it could be several that were not told apart, how many the longest has."""
    return max(map(_length, _FULL_STOP.split(sentence)))


def _length(words: str) -> int:
    return len(WORD.findall(words))


def _told(ease: Ease) -> str:
    return f"Flesch Reading Ease {ease.score:.0f} of 100, Flesch-Kincaid grade {ease.grade:.0f}, {ease.words} words"
