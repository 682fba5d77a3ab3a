"""What a report is written with, besides what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from privagraph.shapes.results import ValidationReport

__all__ = ["Form", "ReportContext"]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a form may use besides the report; each form takes what it needs.

    Attributes:
        colour: Whether the text form may use colours, because it goes to a terminal.
        width: How wide the lines of the text form may be.
    """

    colour: bool = False
    width: int = 100


Form = Callable[[ValidationReport, TextIO, ReportContext], None]
"""A function that writes a report in one form to a text stream."""
