"""What a phrase that is known to be of some kind means: the steps from its words to one concept.

1. *The labels in it.* "the type of mobile device you use to access our app": the labels in it are "type of mobile
   device", "mobile device", "use" and "access"; the first is what it is. Each label weighs

   - the more, the rarer its words are among all labels of the lexicon ("glucose" tells more than "information"),
   - less when it stands in a clause that follows the head of the phrase ("that", "when", "from", "to" …),
   - more when it ends where the head of the phrase ends,
   - less when it is but a hint, or names a concept so broad that nearly every phrase of the kind falls under it.

2. *The nearest label* (:mod:`privagraph.ontology.nearest`), whatever the order of its words, where no label stands in
   the phrase or the one that does leaves words unexplained and another one is nearer.
3. *An organisation* that the phrase names, for those who receive or give data.
4. *The head alone*: some "information", of which nothing more is known, is personal data.

A phrase that no step can tell is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from privagraph.ontology.matching import DETERMINERS, Hit, Index, Label
from privagraph.ontology.namespaces import expand
from privagraph.ontology.nearest import Near, Nearest
from privagraph.ontology.organisations import is_company, organisations
from privagraph.ontology.words import Words, nouns_of, words

__all__ = ["Grounder", "Grounding"]

_FILLERS: Final = DETERMINERS.union(
    """other certain some additional relevant following various etc also only and or own specific limited necessary
    respective e g i such more further general basic for to in order purpose be may will can we you us have has had is
    are include including""".split()
)
"""Words of a phrase that need no explanation."""

_UNTELLING: Final = _FILLERS.union(
    """of about regarding concerning relating on with by from at as that which who whom whose when where how while if
    because it they them i him her me i not no do does via through into upon under within between during""".split()
)
"""Words that make no label near to a phrase."""

_FILLER_WEIGHT: Final = 0.5

_ABOUT: Final = frozenset("of about regarding concerning related relating on".split())
_CLAUSE: Final = frozenset(
    """that which who whom whose when where while if because you we from through via with for to in by such including
    used collected provided as at during after before unless between within associated without contained stored
    generated based under upon i they it our""".split()
)
_CLAUSE_OF_PURPOSE: Final = frozenset(
    "that which who whom when where while if because you we including such as".split()
)
"""What a purpose is done for or from belongs to it; only relative clauses and examples do not."""
_CONTAINERS: Final = frozenset(
    """information data info detail type record kind amount number date time list content category form piece item
    particular result set copy nature history statistic use fact""".split()
)
"""Nouns that are about what follows them: "information about your device" is of the device."""

_LATE: Final = {
    "recipient": 0.8,
    "retention": 1.0,
    "legal_basis": 1.0,
    "right": 0.8,
    "purpose": 0.7,
    "source": 0.7,
}
_BROAD: Final = {"legal_basis": 0.2, "purpose": 0.2}
"""How much of its weight a broad concept keeps where something says more beside it; half in the other kinds."""
_BROAD_CONCEPTS: Final = frozenset(
    map(
        expand,
        (
            *("dpv:PersonalData", "dpv:CollectedPersonalData", "dpv:ProvidedPersonalData", "dpv:ThirdParty"),
            *("dpv:Recipient", "dpv:DataSubject", "dpv:LegalBasis", "dpv:TechnicalOrganisationalMeasure"),
            *("dpv:DataSubjectRight", "dpv:ServiceProvision", "dpv:ServiceManagement", "dpv:StorageDuration"),
            *("dpv:Organisation", "pg:TrackingTechnology"),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a phrase means.

    Attributes:
        concept: IRI of the most specific concept that was found.
        confidence: How probable it is that annotators bring the phrase to the same concept, set where the share of
            right ones among the phrases of annotated policies, whose words the lexicon mostly has, and among labels
            that were kept out of it, meet two to one (``docs/vocabulary.md`` has the figures). A hint never reaches
            what a label that stands in the phrase has.
        label: The label that decided, or the words that did.
    """

    concept: str
    confidence: float
    label: str


class Weighed(NamedTuple):
    """The label in a phrase that says what it is.

    Attributes:
        label: The label.
        explained: The share of the phrase's words that lie in it, but for those that tell nothing.
    """

    label: Label
    explained: float

    @property
    def confidence(self) -> float:
        """See :attr:`Grounding.confidence`."""
        if self.label.hint:
            return round(0.79 + 0.08 * self.explained, 2)
        return 0.98 if self.explained == 1 else round(0.84 + 0.12 * self.explained, 2)


_NEAR_ENOUGH: Final = 0.7
"""From which nearness on a label counts that does not stand in the phrase, where none does …"""
_NEARER_THAN_HINT: Final = 0.8
"""… where only a hint does …"""
_NEARER_THAN_LABEL: Final = 0.85
"""… and where another one does."""
_OF_NAME, _OF_HEAD = 0.9, 0.78
_NAMED: Final = 0.5
"""The part of a phrase that the name of an organisation must fill to say what the phrase is."""
_ASIDE: Final = re.compile(r"\([^()]{12,}\)")


class Grounder:
    """Brings phrases to concepts.

    Args:
        labels: The labels of each kind, shields included.
        indexes: Where the labels of each kind are found.
    """

    __slots__ = ("_indexes", "_labels", "_nearest", "_weights")

    def __init__(self, labels: Mapping[str, Sequence[Label]], indexes: Mapping[str, Index]) -> None:
        self._labels, self._indexes = labels, indexes
        self._nearest: dict[str, Nearest] = {}
        self._weights: dict[tuple[int, str], float] = {}

    def ground(self, phrase: str, kind: str) -> Grounding | None:
        """The concept of a phrase, or None when no step can tell.

        What stands in brackets is left out at first, for it is an example or an exception more often than not.

        Args:
            phrase: Some words that name something of the kind.
            kind: The kind of words.
        """
        for part in dict.fromkeys((_ASIDE.sub(" ", phrase), phrase)):
            found = self._by_labels(words(part), kind)
            if found is not None:
                return found
        return _by_name(phrase, kind) or _by_head(words(phrase), kind)

    def _by_labels(self, spoken: Words, kind: str) -> Grounding | None:
        hits = list(self._indexes[kind].hits(spoken, {kind}, hints=True))
        shields = [hit for hit in hits if hit.label.target is None]
        places, head = _places(spoken, kind)
        within = self._within(_unshielded(hits, shields), spoken, kind, places, head)
        if within is not None and within.explained == 1:
            return Grounding(within.label.target or "", within.confidence, within.label.text)
        open_ = [
            at
            for at in range(len(spoken))
            if not any(shield.first <= at <= shield.last for shield in shields)
        ]
        if kind not in self._nearest:
            labels = [label for label in self._labels[kind] if label.target is not None]
            self._nearest[kind] = Nearest(labels, self._indexes[kind], _UNTELLING)
        near = self._nearest[kind].find(
            [spoken.nouns[at] for at in open_], [places[at] for at in open_], least=_bar(within)
        )
        if near is not None and (within is None or near.label.target not in _BROAD_CONCEPTS):
            return Grounding(near.label.target or "", _confidence_of(near), near.label.text)
        if within is None:
            return None
        return Grounding(within.label.target or "", within.confidence, within.label.text)

    def _within(
        self, hits: Sequence[Hit], spoken: Words, kind: str, places: Sequence[float], head: int
    ) -> Weighed | None:
        """The label in a phrase that decides; None without a label."""
        if not hits:
            return None
        index = self._indexes[kind]
        content = [at for at, word in enumerate(spoken.nouns) if word not in _FILLERS] or list(
            range(len(spoken))
        )

        def score(hit: Hit) -> float:
            label = hit.label
            weight = self._weight(label.text, index) * places[hit.last]
            if all(hit.first <= at <= hit.last for at in content):
                weight *= 4
            elif hit.last == head and kind != "purpose":
                weight *= 1.4
            if label.hint:
                weight *= 0.45
            return weight * _BROAD.get(kind, 0.5) if label.target in _BROAD_CONCEPTS else weight

        best = max(hits, key=lambda hit: (score(hit), hit.first - hit.last, -hit.first))
        return Weighed(best.label, sum(best.first <= at <= best.last for at in content) / len(content))

    def _weight(self, text: str, index: Index) -> float:
        key = (id(index), text)
        known = self._weights.get(key)
        if known is None:
            known = self._weights[key] = sum(
                _FILLER_WEIGHT if word in _FILLERS else index.rarity(index.form(word))
                for word in nouns_of(text)
            )
        return known


def _bar(within: Weighed | None) -> float:
    """How near a label must be to say better what a phrase is than the label that stands in it."""
    if within is None:
        return _NEAR_ENOUGH
    return _NEARER_THAN_HINT if within.label.hint else _NEARER_THAN_LABEL


def _confidence_of(near: Near) -> float:
    """See :attr:`Grounding.confidence`."""
    return min(0.95, round(0.72 + 1.2 * (near.nearness - _NEAR_ENOUGH), 2))


def _by_name(phrase: str, kind: str) -> Grounding | None:
    """What an organisation is that a phrase names, and does little else."""
    if kind not in _NAMED_KINDS:
        return None
    known = organisations()
    for match in known.find(phrase):
        organisation = known.get(match.key)
        if organisation is not None and match.end - match.start > _NAMED * len(phrase.strip()):
            role = organisation.role if kind == "recipient" else None
            return Grounding(role or _NAMED_KINDS[kind], _OF_NAME, match.name)
    name = phrase.strip()
    return Grounding(_ORGANISATION, _OF_NAME, name) if kind == "recipient" and is_company(name) else None


_NAMED_KINDS: Final = {"recipient": expand("dpv:ThirdParty"), "source": expand("dpv:ThirdPartyDataSource")}


def _by_head(spoken: Words, kind: str) -> Grounding | None:
    """Personal data, where the head of a phrase says that it is information."""
    if kind != "data_category":
        return None
    _, head = _places(spoken, kind)
    word = spoken.nouns[head] if spoken.nouns else ""
    return Grounding(_PERSONAL_DATA, _OF_HEAD, word) if word in _DATA else None


_ORGANISATION, _PERSONAL_DATA = expand("dpv:Organisation"), expand("dpv:PersonalData")
_DATA: Final = frozenset("information info data detail".split())


def _unshielded(hits: Sequence[Hit], shields: Sequence[Hit]) -> list[Hit]:
    """The hits that name something, without those that lie within words that only look like the kind.

    Nor those that lie within a longer label: "identifying information" is not what "personally identifying
    information" says.
    """
    longer = [*shields, *(hit for hit in hits if hit.label.target is not None and not hit.label.hint)]
    return [
        hit
        for hit in hits
        if hit.label.target is not None and not any(_holds(other, hit) for other in longer)
    ]


def _holds(other: Hit, hit: Hit) -> bool:
    """Whether a hit lies within another, longer one or one that shields it."""
    if not (other.first <= hit.first and hit.last <= other.last):
        return False
    return other.label.target is None or other.last - other.first > hit.last - hit.first


def _places(spoken: Words, kind: str) -> tuple[list[float], int]:
    """How much each word's place counts, and which word is the head."""
    late = _LATE.get(kind, 0.5)
    clause, about = (_CLAUSE_OF_PURPOSE, frozenset[str]()) if kind == "purpose" else (_CLAUSE, _ABOUT)
    places: list[float] = []
    place, head = 1.0, -1
    for at, word in enumerate(spoken.nouns):
        if at and head < 0 and (word in clause or word in about):
            head = at - 1
            place = 1.0 if word in about and spoken.nouns[head] in _CONTAINERS else late
        elif at and word in clause:
            place = min(place, late)
        places.append(place)
    return places, len(spoken) - 1 if head < 0 else head
