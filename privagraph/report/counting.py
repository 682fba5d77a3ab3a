"""What is counted of a policy, and of all policies of a report together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from privagraph.ontology.reading import PolicyView
from privagraph.queries.export.policies import says_purpose
from privagraph.report.problems import Clash, Unfitted
from privagraph.report.values import Kept, Place, Recipient, Right
from privagraph.shapes.reports.wording import counts_of
from privagraph.shapes.results import PolicyResult

__all__ = ["Numbers", "Totals", "counted"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is counted of one policy, or of all together."""

    practices: int = 0
    denials: int = 0
    data: int = 0
    purposes: int = 0
    named: int = 0
    kinds: int = 0
    places: int = 0
    outside: int = 0
    periods: int = 0
    rights: int = 0
    contradictions: int = 0
    narrowings: int = 0
    unfitted: int = 0
    severities: dict[str, int] = field(default_factory=dict)


def counted(
    policy: PolicyView,
    *,
    recipients: Sequence[Recipient],
    places: Sequence[Place],
    kept: Sequence[Kept],
    rights: Sequence[Right],
    clashes: Sequence[Clash],
    unfitted: Sequence[Unfitted],
    result: PolicyResult | None,
) -> Numbers:
    """What is counted of one policy.

    Args:
        policy: The policy.
        recipients: Who gets data.
        places: Where data goes.
        kept: How long it is kept.
        rights: Which rights it names.
        clashes: What contradicts itself.
        unfitted: Phrases that no concept fits.
        result: What a validation found; None where there was none.
    """
    return Numbers(
        practices=sum(not each.denied for each in policy.practices),
        denials=sum(each.denied for each in policy.practices),
        data=len(_data(policy)),
        purposes=len(_purposes(policy)),
        named=sum(each.named for each in recipients),
        kinds=sum(not each.named for each in recipients),
        places=sum(each.is_country for each in places),
        outside=sum(each.outside for each in places),
        periods=len(kept),
        rights=sum(not each.denied for each in rights),
        contradictions=sum(each.real for each in clashes),
        narrowings=sum(not each.real for each in clashes),
        unfitted=sum(len(each.refs) for each in unfitted),
        severities={} if result is None else {str(each): n for each, n in counts_of(result.findings).items()},
    )


def _data(policy: PolicyView) -> set[str]:
    """Concepts of data that the policy names, if only once without a denial."""
    return {each.concept for each in policy.mentions_of("data_category") if each.concept and not each.denied}


def _purposes(policy: PolicyView) -> set[str]:
    mentions = policy.mentions_of("purpose", "legitimate_interest")
    return {each.concept for each in mentions if each.concept and not each.denied and says_purpose(each)}


class Totals:
    """The sums over policies; what several name is counted once."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._things: dict[str, set[str]] = {
            "data": set(),
            "purposes": set(),
            "named": set(),
            "kinds": set(),
            "places": set(),
            "outside": set(),
            "rights": set(),
        }

    def add(
        self, policy: PolicyView, numbers: Numbers, recipients: Sequence[Recipient], places: Sequence[Place]
    ) -> None:
        """Add a policy.

        Args:
            policy: The policy.
            numbers: What is counted of it.
            recipients: Who gets data.
            places: Where data goes.
        """
        for name in ("practices", "denials", "periods", "contradictions", "narrowings", "unfitted"):
            self._sums[name] += getattr(numbers, name)
        self._severities.update(numbers.severities)
        self._things["data"] |= _data(policy)
        self._things["purposes"] |= _purposes(policy)
        self._things["named"] |= {each.thing.label for each in recipients if each.named}
        self._things["kinds"] |= {each.thing.label for each in recipients if not each.named}
        self._things["places"] |= {each.thing.label for each in places if each.is_country}
        self._things["outside"] |= {each.thing.label for each in places if each.outside}
        self._things["rights"] |= {
            each.concept for each in policy.mentions_of("right") if each.concept and not each.denied
        }

    def numbers(self) -> Numbers:
        """The sums."""
        return Numbers(
            **{name: len(found) for name, found in self._things.items()},
            **dict(self._sums),
            severities=dict(self._severities),
        )
