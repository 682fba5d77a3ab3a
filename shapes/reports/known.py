"""What the forms for people say of a baseline, in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from privagraph.ontology.shown import one_line
from privagraph.shapes.baselines import Baseline
from privagraph.shapes.reports.wording import counted
from privagraph.shapes.results import ValidationReport

__all__ = ["baseline_lines"]

_NAMED = 10
"""How many of the known findings that are gone are named."""


def baseline_lines(report: ValidationReport, baseline: Baseline | None) -> Iterator[str]:
    """How the findings of a report compare with those that were known; nothing where no baseline was given.

    Args:
        report: What was found.
        baseline: What was known.
    """
    if baseline is None:
        return
    total, new = len(report.findings), len(baseline.new(report))
    yield f"{total - new:,} of {counted(total, 'finding')} known from {one_line(baseline.location)}, {new:,} new"
    gone = baseline.gone(report)
    if gone:
        named = ", ".join(f"{one_line(entry.rule)} in {one_line(entry.source)}" for entry in gone[:_NAMED])
        more = f" and {len(gone) - _NAMED:,} more" if len(gone) > _NAMED else ""
        yield (
            f"{counted(len(gone), 'known finding')} not found any more: {named}{more}; write the file again with "
            "--write-baseline"
        )
