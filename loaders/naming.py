"""Which names the findings of a policy get; :mod:`~privagraph.loaders.iris` tells their form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privagraph.loaders.facts import MappedPolicy, Mention, Practice, Role
from privagraph.loaders.iris import PolicyIris

__all__ = ["Names", "finding_names", "mention_iris", "names_of", "practice_iri"]


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of a policy's findings.

    Attributes:
        mentions: Those of all mentions, in the order of the text.
        practices: Those of its practices, in their order; practices that say the same have the same.
    """

    mentions: Mapping[Mention, str]
    practices: tuple[str, ...]


def names_of(mapped: MappedPolicy, iris: PolicyIris) -> Names:
    """The IRIs of all findings of a policy."""
    mentions = mention_iris(mapped, iris)
    return Names(mentions, tuple(practice_iri(practice, iris, mentions) for practice in mapped.practices))


def mention_iris(mapped: MappedPolicy, iris: PolicyIris) -> dict[Mention, str]:
    """All mentions in the order of the text, those that only practices have included, with their IRIs.

    Two mentions of one role on the same words (the phrase fits two concepts) are two nodes.
    """
    every = {*mapped.mentions, *(mention for practice in mapped.practices for mention in practice.arguments)}
    numbered: dict[Mention, str] = {}
    taken: dict[tuple[int, int, Role], int] = {}
    for mention in sorted(every, key=_mention_order):
        place = (mention.start, mention.end, mention.role)
        taken[place] = taken.get(place, 0) + 1
        numbered[mention] = iris.mention(*place, taken[place])
    return numbered


def practice_iri(practice: Practice, iris: PolicyIris, mentions: Mapping[Mention, str]) -> str:
    """The IRI of a practice, whose arguments have been named."""
    arguments = sorted(mentions[mention] for mention in practice.arguments)
    return iris.practice(
        practice.processing,
        str(practice.polarity),
        str(practice.modality),
        practice.start,
        practice.end,
        practice.condition,
        # No name stands for somebody whom the text does not name, apart from the policy's controller (None).
        practice.controller or ("" if practice.foreign else None),
        [argument.rsplit("/", 1)[1] for argument in arguments],
    )


def finding_names(mapped: MappedPolicy) -> dict[Mention | Practice, str]:
    """What each finding is called under the policy's IRI, such as ``mention/179-187-recipient``."""
    iris = PolicyIris(base="", policy="")
    found = names_of(mapped, iris)
    names: dict[Mention | Practice, str] = {mention: iri[1:] for mention, iri in found.mentions.items()}
    names.update({each: iri[1:] for each, iri in zip(mapped.practices, found.practices, strict=True)})
    return names


def _mention_order(mention: Mention) -> tuple[int, int, str, str, str, str, str, float]:
    return (
        mention.start,
        mention.end,
        str(mention.role),
        str(mention.polarity),
        mention.concept or "",
        mention.agent or "",
        mention.value or "",
        -mention.confidence,
    )
