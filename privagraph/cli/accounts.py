"""What became of the sources of a run, in lines to read; for all commands that map."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privagraph.cli.counts import counted

if TYPE_CHECKING:
    from privagraph.loaders.pipeline import MapReport

__all__ = ["mapped_lines", "passed_over_lines", "trouble_lines"]

_SHOWN = 10
"""How many notes and files of other kinds are shown by name; sources that were left out are all shown."""


def mapped_lines(report: MapReport) -> Iterator[str]:
    """What was mapped, in counts, and the notes of the readers."""
    if not report.mapped:
        return
    denied = sum(each.denied for each in report.mapped)
    ungrounded = sum(each.ungrounded for each in report.mapped)
    yield (
        f"mapped {counted(report.policies, 'policy', 'policies')} "
        f"from {counted(len(report.mapped), 'source')}: "
        f"{counted(report.mentions, 'mention')} ({ungrounded} without a concept), "
        f"{counted(report.practices, 'practice')} ({denied} denied)"
    )
    unsure, loose = (sum(each.unsure[part] for each in report.mapped) for part in (0, 1))
    if unsure or loose:
        yield f"  left out as unsure: {counted(unsure, 'mention')}, {counted(loose, 'practice')}"
    reviewed = sum(each.reviewed for each in report.mapped)
    carried = sum(each.carried for each in report.mapped)
    if reviewed:
        over = f" ({carried} carried over from another version)" if carried else ""
        yield f"  as reviewers decided: {counted(reviewed, 'finding')}{over}"
    same = sum(not each.changed for each in report.mapped)
    if same:
        yield f"  already there and unchanged: {same}"
    newer = {policy for policy, _ in report.revisions}
    for each in report.mapped:
        if each.policy in newer:
            yield f"  a new version of a policy that is in the graph, which keeps the one before: {each.source}"
    notes = [f"  note: {each.source}: {note}" for each in report.mapped for note in each.notes]
    yield from notes[:_SHOWN]
    if len(notes) > _SHOWN:
        yield f"  and {len(notes) - _SHOWN} more notes"


def trouble_lines(report: MapReport) -> Iterator[str]:
    """What could not be mapped, and which decisions of reviewers fit nothing."""
    left_out = sum(sum(each.unsure) for each in report.mapped)
    if left_out and not report.mentions and not report.practices:
        yield "warning: everything was left out as unsure; map again with a lower --min-confidence"
    unfitting = [f"  {each.source}: {line}" for each in report.mapped for line in each.unfitting]
    if unfitting:
        yield f"{counted(len(unfitting), 'decision')} of reviewers fit nothing that was found:"
        yield from unfitting
    if report.left_out:
        yield f"left out {counted(len(report.left_out), 'source')}:"
        for each in report.left_out:
            yield f"  {each.source}: {each.reason}; {each.advice}"
    if report.failed:
        yield f"failed on {counted(len(report.failed), 'source')}, a fault of privagraph; please report it:"
        for failure in report.failed:
            yield f"  {failure.source}: {failure.error}"
            if os.environ.get("PRIVAGRAPH_TRACEBACK"):
                yield failure.trace


def passed_over_lines(report: MapReport) -> Iterator[str]:
    """Which files of folders are of no format that is read."""
    if report.passed_over:
        names = ", ".join(report.passed_over[:_SHOWN]) + (", ..." if len(report.passed_over) > _SHOWN else "")
        yield f"passed over {counted(len(report.passed_over), 'file')} of other kinds: {names}"
