"""The words that privacy policies use for each concept, found in text and brought back to concepts.

The words are data: ``lexicon.ttl``, a SKOS file. Every *kind* of words (data categories, purposes, recipients, rights
…) is a ``skos:ConceptScheme``; every *entry* of it is a ``skos:Concept`` with labels and one link to the concept that
it stands for:

- ``skos:exactMatch`` when the labels mean that concept,
- ``skos:broadMatch`` when they mean something narrower that the vocabulary has no concept for ("crash report" is kept
  as ``pd:DeviceBased``),
- no link when the labels only look like the kind: such an entry shields text from the other entries ("contact us" is
  no contact data).

A ``skos:prefLabel`` or ``skos:altLabel`` names the concept wherever it stands. A ``skos:hiddenLabel`` is a hint: it
counts only in a phrase of which it is known already what kind it is of (:meth:`Lexicon.ground`).

Matching is by words, not characters (:mod:`privagraph.ontology.words`), so that plurals, spellings, hyphens and, for
verbs, inflections do not matter; articles and possessives may stand between the words of a label ("protect our users"
is "protect users").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from privagraph.errors import UnknownTermError
from privagraph.ontology.grounding import Grounder, Grounding
from privagraph.ontology.matching import Hit, Index, Label, longest
from privagraph.ontology.namespaces import expand
from privagraph.ontology.words import Words, stem, words

__all__ = ["KINDS", "LEXICON_BASE", "Grounding", "Lexicon", "Match", "lexicon", "read_lexicon"]

LEXICON_BASE = "https://w3id.org/privagraph/lexicon/"
"""The namespace of kinds and entries; ``LEXICON_BASE + kind`` is the scheme of a kind, and begins its entries."""

_THINGS: Final = (
    "data_category",
    "data_subject",
    "party",
    "recipient",
    "safeguard",
    "source",
    "tracking_technology",
)
_NAMES: Final = ("law", "location")
_ACTS: Final = ("automated_decision", "legal_basis", "measure", "processing", "retention", "right")

KINDS: Final = tuple(sorted((*_THINGS, *_NAMES, *_ACTS, "purpose")))
"""The kinds of words, each a scheme of ``lexicon.ttl``."""

_ROLES: Final = {
    "legitimate_interest": "purpose",
    "transfer_safeguard": "safeguard",
    "security_measure": "measure",
    "storage_location": "location",
    "transfer_destination": "location",
    "jurisdiction": "location",
    "processor_role": "party",
    "dpo": "party",
}
"""Roles of mentions that take their words from a kind of another name."""

_FILLERS: Final = {
    "things": (
        "unique",
        "specific",
        "other",
        "own",
        "related",
        "respective",
        "certain",
        "corresponding",
        "particular",
    ),
    "acts": ("some", "certain", "further", "also", "personal", "specific", "other", "relevant"),
    "purposes": (
        *(
            "you",
            "us",
            "them",
            "me",
            "new",
            "other",
            "various",
            "overall",
            "mobile",
            "also",
            "continually",
            "better",
        ),
        *(
            "certain",
            "some",
            "general",
            "related",
            "own",
            "online",
            "further",
            "existing",
            "possible",
            "potential",
        ),
        *(
            "valuable",
            "specific",
            "additional",
            "high",
            "quality",
            "different",
            "effectively",
            "efficiently",
            "and",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A label of the lexicon found in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after it.
        concept: IRI of the concept that it stands for.
        kind: The kind of words that it belongs to, under the name that was asked for.
        label: The label that matched, as the lexicon writes it.
    """

    start: int
    end: int
    concept: str
    kind: str
    label: str


class Lexicon:
    """The words of policies; made once by :func:`lexicon`.

    Example:
        >>> known = lexicon()
        >>> [(match.label, match.concept) for match in known.find("your e-mail addresses", kinds={"data_category"})]
        [('email address', 'https://w3id.org/dpv/pd#EmailAddress')]
        >>> known.ground("information about the devices you use", "data_category").concept
        'https://w3id.org/dpv/pd#DeviceBased'
    """

    __slots__ = ("_concepts", "_grounder", "_index", "_indexes", "_sizes")

    def __init__(self, indexes: Mapping[str, Index], labels: Iterable[Label]) -> None:
        self._index = dict(indexes)
        self._indexes = tuple(dict.fromkeys(self._index.values()))
        self._sizes = dict.fromkeys(self._index, 0)
        self._concepts: dict[str, set[str]] = {kind: set() for kind in self._index}
        of_kind: dict[str, list[Label]] = {kind: [] for kind in self._index}
        for label in labels:
            of_kind[label.kind].append(label)
            if label.target is not None:
                self._sizes[label.kind] += 1
                self._concepts[label.kind].add(label.target)
        self._grounder = Grounder(of_kind, self._index)

    def __len__(self) -> int:
        """How many labels stand for a concept."""
        return sum(self._sizes.values())

    def size(self, kind: str) -> int:
        """How many labels of a kind stand for a concept.

        Raises:
            UnknownTermError: There is no such kind.
        """
        return self._sizes[_kind(kind)]

    def concepts(self, kind: str) -> frozenset[str]:
        """IRIs of the concepts that the words of a kind stand for.

        Raises:
            UnknownTermError: There is no such kind.
        """
        return frozenset(self._concepts[_kind(kind)])

    def find(
        self,
        text: str,
        start: int = 0,
        end: int | None = None,
        kinds: Collection[str] = KINDS,
        *,
        hints: bool = False,
    ) -> list[Match]:
        """The labels that stand in a stretch of text, sorted by offset.

        Matches of one kind never overlap: where two could stand, the one of more words does, then the earlier one.
        Matches of different kinds may cover the same words.

        Args:
            text: Any text.
            start: Offset where to begin.
            end: Offset where to stop; the end of the text when left out.
            kinds: Which kinds of words to look for.
            hints: Whether labels count that only hint at a concept; for stretches that are known to speak of the kind,
                such as the members of an enumeration.

        Raises:
            UnknownTermError: There is no such kind.
        """
        asked = {_kind(kind): kind for kind in kinds}
        spoken = words(text, start, end)
        matches: list[Match] = []
        for index in self._indexes:
            wanted = {kind for kind in asked if self._index[kind] is index}
            if not wanted:
                continue
            for hit in longest(
                index.hits(spoken, wanted, hints=hints), spoken, lambda hit: not _misread(hit, spoken)
            ):
                label = hit.label
                if label.target is not None:
                    at, to = spoken.starts[hit.first], spoken.ends[hit.last]
                    if text[to : to + 1] == ")" and text.count("(", at, to) > text.count(")", at, to):
                        to += 1
                    matches.append(Match(at, to, label.target, asked[label.kind], label.text))
        matches.sort(key=lambda match: (match.start, match.end, match.kind))
        return matches

    def ground(self, phrase: str, kind: str) -> Grounding | None:
        """The most specific concept that a phrase of a kind stands for.

        A phrase that is a label decides alone. Else all labels and hints in it compete, with the label that has most
        of its words, and for parties with the organisations that are known (see
        :mod:`privagraph.ontology.grounding`).

        Args:
            phrase: Some words that are known to name something of the kind, such as one member of an enumeration.
            kind: The kind of words, or a role that takes its words from one.

        Returns:
            The concept, or None when the words do not tell.

        Raises:
            UnknownTermError: There is no such kind.
        """
        return _ground(self, phrase, _kind(kind))


@lru_cache(maxsize=1 << 14)
def _ground(known: Lexicon, phrase: str, kind: str) -> Grounding | None:
    return known._grounder.ground(phrase, kind)


def _kind(name: str) -> str:
    kind = _ROLES.get(name, name)
    if kind not in KINDS:
        raise UnknownTermError(name, scheme="lexicon kind", near=KINDS)
    return kind


_ALSO_VERBS: Final = frozenset(
    """address age comment contact display download email exercise file interest like log message name phone photo
    photograph picture place post process purchase question rate record report request review score search share state
    survey test text title use video view visit vote weight access profile fingerprint document image signature map
    number group chat call fax audio voice transaction mail link order""".split()
)
"""Nouns of data that are verbs as well."""
_BEFORE_VERB: Final = frozenset(
    "to we will may can could should shall must might would not please they who you i cannot".split()
)
_BEFORE_TO: Final = frozenset(
    "addition limited related relating linked access similar respect regard attached due subject relation".split()
)
_AFTER_VERB: Final = frozenset("us our me a an the this these any your them it him her those".split())
_BEFORE_NOUN: Final = frozenset("a an the your our their his her its my".split())
_BEFORE_MEANS: Final = frozenset("by via through over per".split())
_MEANS: Final = frozenset("email phone mail text message post chat fax".split())


def _misread(hit: Hit, spoken: Words) -> bool:
    """Whether a hit is an ordinary verb ("address your concerns") or, for a place, an ordinary word ("turkey")."""
    at = hit.first
    if hit.label.kind == "location":
        return hit.label.text[0].isupper() and not spoken.surface[at][0].isupper()
    if at != hit.last or hit.label.kind != "data_category" or spoken.nouns[at] not in _ALSO_VERBS:
        return False
    before = spoken.nouns[at - 1] if at else ""
    if before in _BEFORE_MEANS and spoken.nouns[at] in _MEANS:
        return True
    if before in _BEFORE_NOUN:
        return False
    if before in _BEFORE_VERB:
        return before != "to" or at < 2 or spoken.nouns[at - 2] not in _BEFORE_TO
    after = spoken.nouns[at + 1] if at + 1 < len(spoken) and spoken.glued[at + 1] else ""
    return after in _AFTER_VERB


@cache
def lexicon() -> Lexicon:
    """The lexicon, read on first use."""
    return read_lexicon()


def read_lexicon(*, leave_out: Callable[[Label], bool] = lambda label: False) -> Lexicon:
    """The lexicon, read anew.

    Args:
        leave_out: Which labels to leave out, to measure what becomes of words that the lexicon does not have.
    """
    names = Index(str, fillers=None)
    things = Index(str, fillers=_FILLERS["things"])
    acts = Index(stem, fillers=_FILLERS["acts"])
    purposes = Index(stem, fillers=_FILLERS["purposes"])
    index = (
        dict.fromkeys(_THINGS, things)
        | dict.fromkeys(_NAMES, names)
        | dict.fromkeys(_ACTS, acts)
        | {"purpose": purposes}
    )
    labels, rings = _read()
    for ring, (head, members) in rings.items():
        {"things": things, "purposes": purposes}[ring.partition("/")[0]].ring(head, members)
    kept = [label for label in labels if not leave_out(label)]
    for label in kept:
        index[label.kind].add(label)
    return Lexicon(index, kept)


_EXACT, _BROAD = expand("skos:exactMatch"), expand("skos:broadMatch")
_LABELS: Final = frozenset({expand("skos:prefLabel"), expand("skos:altLabel")})
_HINT = expand("skos:hiddenLabel")


def _read() -> tuple[list[Label], dict[str, tuple[str, list[str]]]]:
    """The labels, and the rings of words, from ``lexicon.ttl``."""
    targets: dict[str, tuple[str, bool]] = {}
    texts: dict[str, list[tuple[str, bool]]] = {}
    source = (files(__package__ or "privagraph.ontology") / "lexicon.ttl").read_bytes()
    for quad in ox.parse(source, format=ox.RdfFormat.TURTLE):
        said = quad.predicate.value
        if said in _LABELS or said == _HINT:
            texts.setdefault(quad.subject.value, []).append((quad.object.value, said == _HINT))
        elif said in (_EXACT, _BROAD):
            targets[quad.subject.value] = (quad.object.value, said == _EXACT)
    labels: list[Label] = []
    rings: dict[str, tuple[str, list[str]]] = {}
    for entry, known in texts.items():
        scheme, _, name = entry.removeprefix(LEXICON_BASE).partition("/")
        if scheme in KINDS and name:
            target, exact = targets.get(entry, (None, True))
            labels.extend(Label(text, scheme, target, exact, hint) for text, hint in known)
        elif scheme == "ring" and name:
            rings[name] = (known[0][0], [text for text, _ in known[1:]])
    return labels, rings
