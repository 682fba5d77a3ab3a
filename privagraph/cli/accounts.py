"""What became of the sources of a run, in lines to read; for all commands that map."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from privagraph.cli.counts import counted
from privagraph.loaders.inputs import NO_PAGES

if TYPE_CHECKING:
    from privagraph.loaders.pipeline import MapReport

__all__ = ["mapped_lines", "passed_over_lines", "trouble_lines"]

_SHOWN = 10
"""How many notes, new versions, decisions and files of other kinds are shown one by one."""
_TROUBLES = 20
"""How many sources that were left out, or failed, are shown one by one."""


def mapped_lines(report: MapReport) -> Iterator[str]:
    """What was mapped, in counts, and the notes of the readers."""
    if not report.mapped:
        return
    totals = report.totals
    yield (
        f"mapped {counted(totals.policies, 'policy', 'policies')} "
        f"from {counted(totals.mapped, 'source')}: "
        f"{counted(totals.mentions, 'mention')} ({totals.ungrounded} without a concept), "
        f"{counted(totals.practices, 'practice')} ({totals.denied} denied)"
    )
    if totals.unsure_mentions or totals.unsure_practices:
        yield (
            f"  left out as unsure: {counted(totals.unsure_mentions, 'mention')}, "
            f"{counted(totals.unsure_practices, 'practice')}"
        )
    if totals.reviewed:
        over = f" ({totals.carried} carried over from another version)" if totals.carried else ""
        yield f"  as reviewers decided: {counted(totals.reviewed, 'finding')}{over}"
    if totals.same:
        yield f"  already there and unchanged: {totals.same}"
    newer = {policy for policy, _ in report.revisions}
    yield from _first(
        (
            f"  a new version of a policy that is in the graph, which keeps the one before: {each.source}"
            for each in report.mapped
            if each.policy in newer
        ),
        _SHOWN,
        totals.revisions,
        "  and {} more new versions",
    )
    yield from _first(
        (f"  note: {each.source}: {note}" for each in report.mapped for note in each.notes),
        _SHOWN,
        totals.notes,
        "  and {} more notes",
    )


def trouble_lines(report: MapReport) -> Iterator[str]:
    """What could not be mapped, and which decisions of reviewers fit nothing."""
    totals = report.totals
    if totals.unsure_mentions + totals.unsure_practices and not totals.mentions and not totals.practices:
        yield "warning: everything was left out as unsure; map again with a lower --min-confidence"
    yield from _lost_lines(report)
    if totals.unfitting:
        yield f"{counted(totals.unfitting, 'decision')} of reviewers fit nothing that was found:"
        lines = (f"  {each.source}: {line}" for each in report.mapped for line in each.unfitting)
        yield from _first(lines, _SHOWN, totals.unfitting, "  and {} more decisions")
    more = f"  and {{}} more, all in {report.errors}" if report.errors else "  and {} more"
    if totals.left_out:
        yield f"left out {counted(totals.left_out, 'source')}:"
        lines = (f"  {each.source}: {each.reason}; {each.advice}" for each in report.left_out)
        yield from _first(lines, _TROUBLES, totals.left_out, more)
    if totals.failed:
        yield f"failed on {counted(totals.failed, 'source')}, a fault of privagraph; please report it:"
        traced = bool(os.environ.get("PRIVAGRAPH_TRACEBACK"))
        lines = (
            f"  {each.source}: {each.error}" + (f"\n{each.trace}" if traced else "") for each in report.failed
        )
        yield from _first(lines, _TROUBLES, totals.failed, more)


def passed_over_lines(report: MapReport) -> Iterator[str]:
    """Which files of folders are of no format that is read, and which records of collections are no pages."""
    files = [name for name in report.passed_over if NO_PAGES not in name]
    records = [name.partition(NO_PAGES) for name in report.passed_over if NO_PAGES in name]
    if files:
        number = report.totals.passed_over - len(records)
        names = ", ".join(files[:_SHOWN]) + (", ..." if number > _SHOWN else "")
        yield f"passed over {counted(number, 'file')} of other kinds: {names}"
    lines = (f"passed over in {name}: {kinds}" for name, _, kinds in records)
    yield from _first(lines, _SHOWN, len(records), "and records of {} more files")


def _lost_lines(report: MapReport) -> Iterator[str]:
    """What was gone from the shards, and what of that is gone still."""
    lines = (f"warning: {line}" for line in report.losses)
    yield from _first(lines, _SHOWN, len(report.losses), "  and {} more shards")
    if report.totals.lost:
        yield (
            f"warning: {counted(report.totals.lost, 'source')} of earlier runs without a graph in the shards; "
            f"map the same sources again, {report.errors} names them"
        )
    elif report.losses:
        yield "  this run has come to all of these sources again"


def _first(lines: Iterable[str], shown: int, number: int, more: str) -> Iterator[str]:
    """The first of many lines, and how many more there would be."""
    told = list(islice(lines, shown))
    yield from told
    if number > len(told):
        yield more.format(number - len(told))
