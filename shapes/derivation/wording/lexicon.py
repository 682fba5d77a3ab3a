"""The lists of words that leave something open, read from ``words.yml``.

The kinds of vagueness are those of Bhatia, Breaux, Reidenberg and Norton, "A Theory of Vagueness and Privacy Risk
Perception" (IEEE 24th International Requirements Engineering Conference, 2016, https://doi.org/10.1109/RE.2016.20), who
found them in fifteen privacy policies: words of condition, of generalisation, of modality and of number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

__all__ = ["VAGUENESS", "WordList", "word_lists"]

VAGUENESS = ("condition", "generalisation", "modality", "number")
"""The kinds of vagueness."""

_BEFORE = 80
"""How many characters before the words are looked at for what closes them."""

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that leave something open, and what closes it again.

    Attributes:
        name: Its key in the file.
        kind: CURIE of the class of what is observed.
        means: What such words leave open, and why it matters.
        words: Finds them.
        preceded_by: What closes it when it stands right before them.
        followed_by: What closes it when it stands right behind them.
        unless: What closes it anywhere in the same sentence.
    """

    name: str
    kind: str
    means: str
    words: re.Pattern[str]
    preceded_by: re.Pattern[str]
    followed_by: re.Pattern[str]
    unless: re.Pattern[str]

    def matches(self, said: str) -> Iterator[re.Match[str]]:
        """Where the words stand in a sentence and nothing closes them.

        Args:
            said: The sentence.
        """
        for match in self.words.finditer(said):
            if self.is_open(said, *match.span()):
                yield match

    def is_open(self, said: str, start: int, end: int) -> bool:
        """Whether nothing in a sentence closes what some words of it leave open.

        Args:
            said: The sentence.
            start: Where the words begin in it.
            end: Where they end.
        """
        return not (
            self.preceded_by.search(said, max(0, start - _BEFORE), start)
            or self.followed_by.match(said, end)
            or self.unless.search(said)
        )


@cache
def word_lists() -> Mapping[str, WordList]:
    """All lists by name.

    Example:
        >>> word_lists()["retention"].words.search("for as long as necessary").group()
        'as long as necessary'
    """
    content = yaml.safe_load((files("privagraph.shapes.derivation.wording") / "words.yml").read_text("utf-8"))
    return MappingProxyType({name: _word_list(name, said) for name, said in content.items()})


def _word_list(name: str, said: Mapping[str, object]) -> WordList:
    words = said["words"]
    assert isinstance(words, Mapping)
    unknown = words.keys() - set(VAGUENESS)
    if unknown:
        raise ValueError(f"words.yml: {name}: no kind of vagueness {min(unknown)!r}; use one of {VAGUENESS}")
    patterns = [pattern for kind in words.values() for pattern in kind]
    return WordList(
        name=name,
        kind=str(said["kind"]),
        means=str(said["means"]),
        words=_any_of(patterns, r"(?<!\w)(?:{})(?!\w)"),
        preceded_by=_any_of(said.get("preceded_by", []), r"(?<![\w-])(?:{})\W{{0,2}}$"),
        followed_by=_any_of(said.get("followed_by", []), r"\W{{0,2}}(?:{})"),
        unless=_any_of(said.get("unless", []), r"(?<!\w)(?:{})(?!\w)"),
    )


def _any_of(patterns: object, form: str) -> re.Pattern[str]:
    assert isinstance(patterns, list)
    if not patterns:
        return _NEVER
    return re.compile(form.format("|".join(patterns)), re.IGNORECASE)
