"""The report of a run while it is made: totals over all sources, and the first accounts of each kind."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from privagraph.loaders.inputs import LeftOut
from privagraph.loaders.pipeline import LISTED, Account, Failure, MappedSource, MapReport, Totals

__all__ = ["Tally"]

_Kind = TypeVar("_Kind", MappedSource, LeftOut, Failure)


class Tally:
    """Counts accounts, and keeps no more of them than a report holds."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._mapped: list[MappedSource] = []
        self._left_out: list[LeftOut] = []
        self._failed: list[Failure] = []

    def add(self, account: Account) -> None:
        """Count an account."""
        if isinstance(account, MappedSource):
            self._add_mapped(account)
        elif isinstance(account, LeftOut):
            self._counts["left_out"] += 1
            _keep(self._left_out, account)
        else:
            self._counts["failed"] += 1
            _keep(self._failed, account)

    def report(
        self,
        policies: int,
        passed_over: tuple[str, ...],
        errors: str | None,
        losses: tuple[str, ...] = (),
        lost: int = 0,
    ) -> MapReport:
        """The report.

        Args:
            policies: How many different policies there are.
            passed_over: Names of files that are of no format that is read.
            errors: The file in which all troubles stand, or None.
            losses: What was found to be gone from the shards.
            lost: How many sources have lost their graphs and were not mapped again since.
        """
        return MapReport(
            tuple(self._mapped),
            tuple(self._left_out),
            tuple(self._failed),
            passed_over[:LISTED],
            totals=Totals(policies=policies, passed_over=len(passed_over), lost=lost, **self._counts),
            errors=errors,
            losses=losses,
        )

    def _add_mapped(self, account: MappedSource) -> None:
        unsure_mentions, unsure_practices = account.unsure
        self._counts.update(
            mapped=1,
            mentions=account.mentions,
            ungrounded=account.ungrounded,
            practices=account.practices,
            denied=account.denied,
            unsure_mentions=unsure_mentions,
            unsure_practices=unsure_practices,
            reviewed=account.reviewed,
            carried=account.carried,
            same=int(not account.changed),
            kept=int(account.kept),
            notes=len(account.notes),
            unfitting=len(account.unfitting),
        )
        _keep(self._mapped, account)


def _keep(kept: list[_Kind], account: _Kind) -> None:
    if len(kept) < LISTED:
        kept.append(account)
