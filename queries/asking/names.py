"""The policies that a question names.

People seldom write a whole title: they say "Wörterwald" for "Wörterwald privacy notice", the name of the company, or
that of the file. A policy is found by

- its IRI, or the name of its file, in full or without folder and extension;
- its title or its controller's name, in full or without the words that any policy has ("privacy policy of …", "GmbH");
- a part of those that no other policy has and that is no ordinary word, or is written in capitals as names are.

One letter in six may be wrong. Where the words fit several policies alike, all of them are returned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from privagraph.ontology.organisations import organisation_key
from privagraph.ontology.words import stem
from privagraph.queries.summaries import PolicySummary

__all__ = ["NamedPolicy", "Names"]

_WORD: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = 0.84
_SHORTEST: Final = 5
"""Names that are shorter must be spelt right."""
_MOST_MISSING: Final = 2
_OF_ANY: Final = frozenset(
    """privacy policy policies notice statement data protection terms the of for our your and by on at in to a an we de
    us app apps website site web page online service services platform cookie cookies information personal use user
    users html htm md txt pdf docx www com org net io eu version v inc llc ltd gmbh ag corp co limited company
    group""".split()
)
"""Words that names of policies have and that tell none from another."""


@dataclass(frozen=True, slots=True)
class NamedPolicy:
    """Words of a question that name a policy.

    Attributes:
        start: Offset of the first character.
        end: Offset after the words.
        words: The words.
        policies: The policies that they name; more than one where they fit several alike.
    """

    start: int
    end: int
    words: str
    policies: tuple[PolicySummary, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    plain: str
    capital: bool


class Names:
    """The names by which some policies go.

    Args:
        policies: The policies, such as those of a graph.
        ordinary: Stems of ordinary words; a part of a name that is one of them must be written in capitals.
    """

    __slots__ = ("_first", "_ordinary", "_parts", "_policies", "_whole")

    def __init__(self, policies: Sequence[PolicySummary], *, ordinary: Collection[str] = ()) -> None:
        self._policies = tuple(policies)
        self._ordinary = ordinary
        self._whole: dict[tuple[str, ...], set[int]] = {}
        """Whole names, and names without what any policy's has."""
        self._parts: dict[str, set[int]] = {}
        """Single words of names."""
        for number, policy in enumerate(self._policies):
            for name in _names(policy):
                plain = tuple(word.plain for word in _words(name))
                telling = tuple(word for word in plain if word not in _OF_ANY)
                for form in (plain, telling, tuple(organisation_key(name).split("-"))):
                    if form and not _OF_ANY.issuperset(form):
                        self._whole.setdefault(form, set()).add(number)
                for word in telling:
                    self._parts.setdefault(word, set()).add(number)

    def find(self, text: str) -> tuple[NamedPolicy, ...]:
        """The policies that a text names, in its order; no two share a word."""
        spoken = _words(text)
        found: list[NamedPolicy] = []
        taken: set[int] = set()
        for policy in self._policies:
            at = text.find(policy.iri)
            if at >= 0:
                found.append(NamedPolicy(at, at + len(policy.iri), policy.iri, (policy,)))
                taken.update(n for n, word in enumerate(spoken) if at <= word.start < at + len(policy.iri))
        longest = max(map(len, self._whole), default=0)
        for size in range(min(longest, len(spoken)), 0, -1):
            for first in range(len(spoken) - size + 1):
                span = range(first, first + size)
                if taken.isdisjoint(span) and (fitting := self._fitting(spoken[first : first + size], first)):
                    taken.update(span)
                    start, end = spoken[first].start, spoken[span[-1]].end
                    policies = tuple(self._policies[number] for number in sorted(fitting))
                    found.append(NamedPolicy(start, end, text[start:end], policies))
        return tuple(_merged(sorted(found, key=lambda each: each.start), text))

    def _fitting(self, spoken: Sequence[_Word], first: int) -> set[int]:
        """The policies that some words name."""
        words = tuple(word.plain for word in spoken)
        if self._is_ordinary(spoken, first):
            return set()
        if words in self._whole:
            return self._whole[words]
        if len(words) == 1 and words[0] in self._parts:
            return self._parts[words[0]]
        best, fitting = 0.0, set[int]()
        others = [(form, each) for form, each in self._whole.items() if len(form) == len(words)]
        if len(words) == 1:
            others += [((part,), each) for part, each in self._parts.items()]
        for form, numbers in others:
            alike = min(map(_alike, words, form))
            if alike > best:
                best, fitting = alike, numbers
        return fitting

    def _is_ordinary(self, spoken: Sequence[_Word], first: int) -> bool:
        """Whether words say something else, and are not written as a name either."""
        capitals = first > 0 or len(spoken) > 1  # the first word of a question has one anyway
        return all(
            word.plain in _OF_ANY
            or word.plain.isdigit()
            or (stem(word.plain) in self._ordinary and not (word.capital and capitals))
            for word in spoken
        )


def _names(policy: PolicySummary) -> Iterable[str]:
    yield policy.title
    if policy.controller:
        yield policy.controller
    for source in policy.sources:
        last = source.rpartition("/")[2]
        yield last
        yield last.rpartition(".")[0] or last


def _words(text: str) -> list[_Word]:
    return [
        _Word(match.start(), match.end(), _plain(match[0]), match[0][0].isupper())
        for match in _WORD.finditer(text)
        if match[0].lower() != "s" or text[match.start() - 1 : match.start()] not in ("'", "’")
    ]


def _plain(word: str) -> str:
    """A word without case and accents."""
    return "".join(
        char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char)
    )


def _alike(word: str, other: str) -> float:
    """How alike two words are: 1 for the same, 0 where one is not the other misspelt."""
    if word == other:
        return 1.0
    if (
        min(len(word), len(other)) < _SHORTEST
        or word[0] != other[0]
        or abs(len(word) - len(other)) > _MOST_MISSING
    ):
        return 0.0
    ratio = SequenceMatcher(None, word, other).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _merged(found: list[NamedPolicy], text: str) -> Iterator[NamedPolicy]:
    """The same with neighbours that name one policy put together: "Kestrel" and "Kites"."""
    last: NamedPolicy | None = None
    for each in found:
        if last is not None:
            shared = tuple(policy for policy in last.policies if policy in each.policies)
            if shared and text[last.end : each.start].strip(" -_./:,'’()") == "":
                last = NamedPolicy(last.start, each.end, text[last.start : each.end], shared)
                continue
            yield last
        last = each
    if last is not None:
        yield last
