"""What a report is written with, besides what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import Severity

if TYPE_CHECKING:
    from privagraph.shapes.baselines import Baseline
    from privagraph.shapes.originals import Originals

__all__ = ["Form", "ReportContext"]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a form may use besides the report; each form takes what it needs.

    Attributes:
        colour: Whether the text form may use colours, because it goes to a terminal.
        width: How wide the lines of the text form may be.
        baseline: The findings that are known already; None where no baseline was given.
        originals: Where the policies' own files are, for forms that point at their lines; None where nobody knows.
        fail_on: How grave a finding must be to count as a failure, for forms that know failures.
    """

    colour: bool = False
    width: int = 100
    baseline: Baseline | None = None
    originals: Originals | None = None
    fail_on: Severity = Severity.ERROR


Form = Callable[[ValidationReport, TextIO, ReportContext], None]
"""A function that writes a report in one form to a text stream."""
