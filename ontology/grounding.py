"""Which of the labels in a phrase says what the phrase is.

"the type of mobile device you use to access our app": the labels in it are "type of mobile device", "mobile device",
"use" and "access"; the first is what it is. Each label in a phrase weighs

- the more, the rarer its words are among all labels of the lexicon ("glucose" tells more than "information"),
- less when it stands in a clause that follows the head of the phrase ("that", "when", "from", "to" …),
- more when it ends where the head of the phrase ends,
- less when it is but a hint, or names a concept so broad that nearly every phrase of the kind falls under it.
"""

from __future__ import annotations

from typing import Final

from privagraph.ontology.matching import DETERMINERS, Hit, Index
from privagraph.ontology.namespaces import expand
from privagraph.ontology.words import Words, nouns_of

__all__ = ["Weigher"]

_FILLERS: Final = DETERMINERS.union(
    """other certain some additional relevant following various etc also only and or own specific limited necessary
    respective e g i such more further general basic for to in order purpose be may will can we you us have has had is
    are include including""".split()
)
"""Words of a phrase that need no explanation."""

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


class Weigher:
    """Picks the label that decides; remembers what each label weighs."""

    __slots__ = ("_weights",)

    def __init__(self) -> None:
        self._weights: dict[tuple[int, str], float] = {}

    def best(self, spoken: Words, index: Index, kind: str) -> tuple[str, float, str] | None:
        """The concept of a phrase, how sure that is, and the label that decided; None without a label.

        Args:
            spoken: The words of the phrase.
            index: Where to look for labels.
            kind: The kind of words.
        """
        hits = _unshielded(list(index.hits(spoken, {kind}, hints=True)))
        if not hits:
            return None
        content = [at for at, word in enumerate(spoken.nouns) if word not in _FILLERS] or list(
            range(len(spoken))
        )
        places, head = _places(spoken, kind)

        def score(hit: Hit) -> float:
            label = hit.label
            weight = self._weight(label.text, index) * places[hit.last]
            if all(hit.first <= at <= hit.last for at in content):
                weight *= 4
            elif hit.last == head and kind != "purpose":
                weight *= 1.4
            if label.hint:
                weight *= 0.45
            return weight * 0.5 if label.target in _BROAD_CONCEPTS else weight

        best = max(hits, key=lambda hit: (score(hit), hit.first - hit.last, -hit.first))
        explained = sum(best.first <= at <= best.last for at in content) / len(content)
        if best.label.hint:
            confidence = 0.3 + 0.2 * explained
        else:
            confidence = (0.95 if best.label.exact else 0.85) - 0.3 * (1 - explained)
        return best.label.target or "", round(confidence, 2), best.label.text

    def _weight(self, text: str, index: Index) -> float:
        key = (id(index), text)
        known = self._weights.get(key)
        if known is None:
            known = self._weights[key] = sum(
                _FILLER_WEIGHT if word in _FILLERS else index.rarity(index.form(word))
                for word in nouns_of(text)
            )
        return known


def _unshielded(hits: list[Hit]) -> list[Hit]:
    """The hits that name something, without those that lie within words that only look like the kind."""
    shields = [hit for hit in hits if hit.label.target is None]
    return [
        hit
        for hit in hits
        if hit.label.target is not None
        and not any(shield.first <= hit.first and hit.last <= shield.last for shield in shields)
    ]


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
