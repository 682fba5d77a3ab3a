"""The words of a question, brought to the terms in which questions are compared.

A *term* is the stem of a word, or the name of a ring where the word or phrase belongs to one: "erase", "get rid of"
and "wiped" are one term. The rings and the words that tell nothing are data, ``synonyms.yml``; stems are those of
:mod:`privagraph.ontology.words`. Questions of people and those of the catalogue are read in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final

from privagraph.ontology.matching import DETERMINERS
from privagraph.ontology.words import Words, stem

__all__ = ["HINT", "Term", "Thesaurus", "thesaurus"]

HINT: Final = 0.5
"""How much a ring counts to which a word only hints."""

_RING: Final = "="
"""Marks the name of a ring among terms, and a member that must stand in this very form in ``synonyms.yml``."""
_SHORTEST: Final = 5
"""Shorter words are not taken for misspelt ones: too many words are one letter away from "cat"."""
_ALIKE: Final = 0.86
"""How alike a misspelt word is to the right one, by difflib's ratio: one wrong, missing or swapped letter in seven."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or phrase of a question says.

    Attributes:
        key: The term: a stem, or the name of a ring behind ``=``.
        weight: How much it counts: 1, less for a ring that the word only hints at, 0 for a name.
        start: Offset of the word or phrase in the question.
        end: Offset after it.
    """

    key: str
    weight: float
    start: int
    end: int


class Thesaurus:
    """Rings of words that mean the same, and words that tell nothing; made once by :func:`thesaurus`.

    Example:
        >>> [term.key for term in thesaurus().terms("Would they get rid of my invoices?")]
        ['=delete', 'invoic']
    """

    __slots__ = ("_known", "_phrases", "_small", "commands", "roles")

    def __init__(self, source: Mapping[str, Any]) -> None:  # as YAML gives it
        self._small = frozenset(stem(word) for word in Words(source["small"]).nouns)
        self._phrases: dict[str, dict[tuple[str, ...], dict[str, float]]] = {}
        for head, members in source["rings"].items():
            for member in members:
                self._add(_RING + head, member)
        for phrases in self._phrases.values():
            for found in phrases.values():
                if 1.0 in found.values():  # what a phrase means says more than what it hints at
                    for key in [key for key, weight in found.items() if weight < 1.0 and len(found) > 3]:
                        del found[key]
        self.roles: dict[str, str] = {
            " ".join(_stems(words)): role for role, names in source["roles"].items() for words in names
        }
        self.commands: dict[str, frozenset[str]] = {
            command: frozenset(_RING + ring for ring in words)
            for command, words in source["commands"].items()
        }
        self._known = frozenset(form for phrases in self._phrases.values() for key in phrases for form in key)

    def _add(self, ring: str, member: str) -> None:
        weight = HINT if member.startswith("~") else 1.0
        exact = member.startswith(_RING)
        text = member.lstrip("~" + _RING)
        forms = (text,) if exact else tuple(_stems(text))
        first = _RING + text if exact else forms[0]
        rings = self._phrases.setdefault(first, {}).setdefault(forms, {})
        rings[ring] = max(weight, rings.get(ring, 0.0))

    @property
    def words(self) -> frozenset[str]:
        """The stems of all words that are in a ring or tell nothing."""
        return self._known | self._small

    def forms(self, text: str, *, known: Collection[str] = ()) -> list[str]:
        """The stems of the words of a text, misspelt ones mended as :meth:`terms` says."""
        spoken = Words(text)
        forms = [stem(word) for word in spoken.nouns]
        if not known:
            return forms
        right = self.words.union(known)
        return [
            form if form in right or spoken.surface[at].isupper() else _mended(form, right)
            for at, form in enumerate(forms)
        ]

    def terms(self, text: str, *, known: Collection[str] = (), names: bool = False) -> tuple[Term, ...]:
        """The terms of a text, in its order.

        Args:
            text: A question, or a part of one.
            known: Stems of words that are spelt right; a word of ``text`` that is neither among them nor in a ring is
                taken for the most similar one that is, if one is similar enough. None is looked for when empty.
            names: Whether words in capitals that nothing is known of are names, which do not count.
        """
        spoken, forms = Words(text), self.forms(text, known=known)
        found: list[Term] = []
        at = 0
        while at < len(forms):
            last, rings = self._phrase(spoken, forms, at)
            start, end = spoken.starts[at], spoken.ends[last]
            found += [Term(ring, weight, start, end) for ring, weight in rings.items()]
            hinted = all(weight < 1.0 for weight in rings.values())
            if hinted and forms[at] not in self._small and last == at:
                named = names and at and not rings and forms[at] not in known and _is_name(spoken.surface[at])
                found.append(Term(forms[at], 0.0 if named else 1.0, start, end))
            at = last + 1
        return tuple(found)

    def _phrase(self, spoken: Words, forms: list[str], at: int) -> tuple[int, Mapping[str, float]]:
        """The longest phrase that begins at a word: its last word, and its rings."""
        exact = self._phrases.get(_RING + spoken.surface[at].lower())
        if exact:
            return at, next(iter(exact.values()))
        best, rings = at, dict[str, float]()
        size = 0
        for phrase, found in self._phrases.get(forms[at], {}).items():
            if len(phrase) > size and (last := _runs(phrase, spoken, forms, at)) is not None:
                best, rings, size = last, found, len(phrase)
        return best, rings


def _runs(phrase: tuple[str, ...], spoken: Words, forms: list[str], at: int) -> int | None:
    """The last word of a phrase that begins at a word, articles and possessives between its words passed over."""
    for number, form in enumerate(phrase):
        if number:
            at += 1
            while at < len(forms) and forms[at] != form and spoken.nouns[at] in DETERMINERS:
                at += 1
        if at >= len(forms) or forms[at] != form:
            return None
    return at


def _is_name(word: str) -> bool:
    """Whether a word is written as names are, and not as abbreviations are."""
    return word[0].isupper() and not word.isupper()


def _stems(text: str) -> list[str]:
    return [stem(word) for word in Words(text).nouns]


def _mended(form: str, right: Collection[str]) -> str:
    if len(form) < _SHORTEST or not form.isalpha():
        return form
    alike = [word for word in right if word[:1] == form[:1] and abs(len(word) - len(form)) < 3]
    letters = sorted(form)
    turned = [word for word in alike if len(word) == len(form) and sorted(word) == letters]
    near = sorted(turned) or get_close_matches(form, sorted(alike), n=1, cutoff=_ALIKE)
    return near[0] if near else form


@cache
def thesaurus() -> Thesaurus:
    """The words of ``synonyms.yml``, read on first use."""
    import yaml

    text = (files(__package__ or "privagraph.queries.asking") / "synonyms.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return Thesaurus(yaml.load(text, Loader=loader))  # noqa: S506  # all are strings
