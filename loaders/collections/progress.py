"""How far a collection is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Progress"]

_KINDS = 60


@dataclass(slots=True)
class Progress:
    """How far a collection is read.

    Attributes:
        behind: How many bytes of the file are behind.
        passed_over: How many records were passed over, by what they are.
    """

    behind: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)

    def pass_over(self, kind: str) -> None:
        """Count a record that is none to read; beyond some dozens of kinds they are not told apart."""
        known = kind in self.passed_over or len(self.passed_over) < _KINDS
        self.passed_over[kind if known else "of other kinds"] += 1
