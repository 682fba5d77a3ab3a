"""What a report is written with, besides what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from privagraph.shapes.results import ValidationReport

if TYPE_CHECKING:
    from privagraph.shapes.baselines import Baseline

__all__ = ["Form", "ReportContext"]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a form may use besides the report; each form takes what it needs.

    Attributes:
        colour: Whether the text form may use colours, because it goes to a terminal.
        width: How wide the lines of the text form may be.
        baseline: The findings that are known already; None where no baseline was given.
        originals: Where the original files are that are known for certain, by the names that the graph has for them.
        folder: Below which the other originals are looked for, by their names; None looks for none.
    """

    colour: bool = False
    width: int = 100
    baseline: Baseline | None = None
    originals: Mapping[str, Path] = field(default_factory=dict)
    folder: Path | None = None


Form = Callable[[ValidationReport, TextIO, ReportContext], None]
"""A function that writes a report in one form to a text stream."""
