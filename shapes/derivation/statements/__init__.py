"""Passages that say what a law asks for and no role of a mention covers, found by their wording.

An opt-out link, an authorised agent, the logic of an automated decision: a law asks for them, and they are too rare
to be roles of their own. What they look like is content, not code: the files beside this module, one for each
profile, list the kinds and the patterns of each. A passage is a sentence, a heading, a list item or a cell of the
policy's text.

The patterns know English, as the extraction does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from privagraph.errors import ProfileError
from privagraph.ontology.reading import PolicyView, Span
from privagraph.ontology.sentences import pieces
from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes.derivation.observations import Observation

__all__ = ["StatementKind", "passages", "read_kinds", "statement_kinds", "statements"]

_KEYS = {"kind", "means", "any", "unless", "beside"}


@dataclass(frozen=True, slots=True)
class StatementKind:
    """A kind of statement, and how it is worded.

    Attributes:
        kind: CURIE of its class, which is below ``pg:Statement``.
        means: What such a passage says, in a few words.
        any: Patterns of which one must match within a passage.
        unless: Patterns of which none may.
        beside: Patterns of which one must match within the passage, the one before or the one after; empty for none.
    """

    kind: str
    means: str
    any: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()
    beside: tuple[re.Pattern[str], ...] = ()

    def matches(self, passage: str, around: str) -> bool:
        """Whether a passage is of this kind.

        Args:
            passage: Its words in lower case, white space collapsed.
            around: Its words with those of its neighbours.
        """
        return (
            any(each.search(passage) for each in self.any)
            and not any(each.search(passage) for each in self.unless)
            and (not self.beside or any(each.search(around) for each in self.beside))
        )


def statements(policy: PolicyView, kinds: Sequence[StatementKind] | None = None) -> Iterator[Observation]:
    """The statements in a policy, in the order of its text.

    Args:
        policy: The policy.
        kinds: The kinds to look for; all that there are when None.
    """
    kinds = statement_kinds() if kinds is None else kinds
    places = passages(policy.text) if kinds else []
    words = [" ".join(policy.text[place.start : place.end].lower().split()) for place in places]
    for index, (place, passage) in enumerate(zip(places, words, strict=True)):
        around = " ".join(words[max(0, index - 1) : index + 2])
        for kind in kinds:
            if kind.matches(passage, around):
                yield Observation(kind.kind, (place,))


def passages(text: str) -> list[Span]:
    """The sentences, headings, list items and cells of a policy's text, in its order."""
    found: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        found.extend(Span(at + start, at + end) for start, end in pieces(line))
        at += len(line)
    return found


@cache
def statement_kinds() -> tuple[StatementKind, ...]:
    """The kinds of all files, each once.

    Raises:
        ProfileError: A file is not as it has to be.
    """
    entries = sorted(files("privagraph.shapes.derivation.statements").iterdir(), key=lambda entry: entry.name)
    kinds = [
        kind
        for entry in entries
        if entry.name.endswith(".yml")
        for kind in read_kinds(entry.read_text("utf-8"), name=entry.name)
    ]
    doubled = {each.kind for each in kinds if sum(other.kind == each.kind for other in kinds) > 1}
    if doubled:
        raise ProfileError(f"{', '.join(sorted(doubled))} is described twice; keep one of the two")
    return tuple(kinds)


def read_kinds(text: str, *, name: str) -> list[StatementKind]:
    """The kinds that a file describes.

    Args:
        text: The file's content, YAML.
        name: The file's name, for messages.

    Raises:
        ProfileError: It is not YAML, a kind is no term below ``pg:Statement``, a key is unknown or missing, or a
            pattern is not a regular expression.
    """
    import yaml

    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise ProfileError(f"{name}: not YAML: {error}; correct the file") from error
    if not isinstance(entries, list):
        raise ProfileError(f"{name}: holds no list; begin each kind with `- kind:`")
    return [_kind(entry, where=f"{name}: entry {number}") for number, entry in enumerate(entries, start=1)]


def _kind(entry: Any, *, where: str) -> StatementKind:  # whatever YAML holds
    if not isinstance(entry, dict) or not {"kind", "means", "any"} <= entry.keys() <= _KEYS:
        raise ProfileError(f"{where}: needs the keys kind, means and any; unless and beside may be added")
    kind, means = entry["kind"], entry["means"]
    if not all(isinstance(each, str) and each for each in (kind, means)):
        raise ProfileError(f"{where}: kind and means must be words; correct them")
    known = vocabulary()
    if kind not in known or not known.is_a(kind, "pg:Statement"):
        raise ProfileError(
            f"{where}: {kind} is not below pg:Statement; correct it, or add it to the vocabulary"
        )
    any_, unless, beside = (_patterns(entry.get(key, []), where=where) for key in ("any", "unless", "beside"))
    if not any_:
        raise ProfileError(f"{where}: any has no pattern; add one")
    return StatementKind(kind, means, any_, unless, beside)


def _patterns(entries: Any, *, where: str) -> tuple[re.Pattern[str], ...]:  # whatever YAML holds
    if not isinstance(entries, list) or not all(isinstance(each, str) for each in entries):
        raise ProfileError(f"{where}: any, unless and beside must be lists of patterns; begin each with `-`")
    found = []
    for entry in entries:
        try:
            # Passages are in lower case: a pattern without capitals need not look for both, which is much slower.
            capitals = any(each.isupper() for each in re.sub(r"\\.", "", entry))
            found.append(re.compile(entry, re.IGNORECASE if capitals else 0))
        except re.error as error:
            raise ProfileError(f"{where}: {entry!r} is no regular expression: {error}; correct it") from error
    return tuple(found)
