"""Which of the items that a profile asks for a policy states: completeness, as counts and never as a grade."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from privagraph.errors import ProfileError
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import Evidence, Item, ItemStatus, Term
from privagraph.shapes.rules import Profile, Rule, Severity
from privagraph.shapes.words import evidence_of

__all__ = ["items"]

_WORDS = 3
"""How many places an item shows."""


def items(policy: PreparedPolicy, profiles: Iterable[Profile], broken: Collection[str]) -> Iterator[Item]:
    """The items of some profiles, and what became of them.

    Args:
        policy: The policy, as the shapes were run on it.
        profiles: The profiles that were checked.
        broken: IRIs of the rules that have a finding.

    Raises:
        ProfileError: A query of a rule cannot be run.
    """
    for profile in profiles:
        for rule in profile.rules:
            if rule.is_item:
                yield _item(policy, rule, profile.prefixes, missing=rule.iri in broken)


def _item(policy: PreparedPolicy, rule: Rule, prefixes: str, *, missing: bool) -> Item:
    if missing:
        shown = _places(policy, rule, prefixes, rule.applies_when) if rule.applies_when else ()
        open_ = rule.severity is Severity.INFO
        return Item(rule, ItemStatus.OPEN if open_ else ItemStatus.MISSING, shown)
    if rule.applies_when and not _values(policy, rule, prefixes, rule.applies_when):
        return Item(rule, ItemStatus.NOT_APPLICABLE)
    return Item(rule, ItemStatus.MET, _places(policy, rule, prefixes, rule.stated_by))


def _places(policy: PreparedPolicy, rule: Rule, prefixes: str, query: str) -> tuple[Evidence, ...]:
    """The first words that a query leads to, in the order of the text."""
    found = {each for value in _values(policy, rule, prefixes, query) for each in evidence_of(policy, value)}
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.quote)))[:_WORDS]


def _values(policy: PreparedPolicy, rule: Rule, prefixes: str, query: str) -> list[Term]:
    """What a query of a rule selects."""
    try:
        return policy.select(f"{prefixes}\n{query}")
    except (SyntaxError, ValueError) as error:
        raise ProfileError(
            f"{rule.name}: its query cannot be run: {error}; write `SELECT $this ?value WHERE {{ … }}`"
        ) from error
