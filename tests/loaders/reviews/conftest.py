"""What the tests of reviews share: rows as a person fills them in, and the way into a graph and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.reviews.applying import Applied, applied
from privagraph.loaders.reviews.rereading import Reread, reread
from privagraph.loaders.reviews.rows import COLUMNS, Finding, findings_of, row_of
from privagraph.loaders.reviews.sheets import SheetRow

DAY = date(2026, 3, 1)


def stored(mapped: MappedPolicy) -> Reread:
    """A policy as it is read back from its graph."""
    return reread(policy_iri(mapped.document), policy_quads(mapped))


def filled(finding: Finding, number: int = 2, **cells: str) -> SheetRow:
    """The row of a finding with cells of the person."""
    kind = "mentions" if finding.name.startswith("mention/") else "practices"
    return SheetRow("table.csv", number, dict(zip(COLUMNS[kind], row_of(finding), strict=True)) | cells)


class Review:
    """Decides on findings of one policy, which it finds by their words and role."""

    def __init__(self, mapped: MappedPolicy) -> None:
        self.policy = stored(mapped)

    def finding(self, words: str, kind: str = "") -> Finding:
        """The first finding whose words begin so, of a role or an operation."""
        text = self.policy.found.document.text
        return next(
            each
            for each in findings_of(self.policy)
            if text[each.found.start : each.found.end].startswith(words) and each.name.endswith(kind)
        )

    def decide(self, *rows: SheetRow, by: str = "Ada Krumm", on: date = DAY) -> Applied:
        """Apply rows; the policy is then as its new graph has it."""
        made = applied(rows, [self.policy], by=by, on=on)
        for policy, review in made.changed:
            self.policy = reread(policy.iris.policy, policy.quads(review))
        return made

    def say(self, words: str, kind: str = "", **cells: str) -> Applied:
        """Fill in one row, and apply it."""
        return self.decide(filled(self.finding(words, kind), **cells))


@pytest.fixture
def review(sample_policy: MappedPolicy) -> Review:
    """A review of the shop's policy."""
    return Review(sample_policy)


@pytest.fixture(scope="session")
def reviewing() -> Callable[[MappedPolicy], Review]:
    """The way to review any policy."""
    return Review
