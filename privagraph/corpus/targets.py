"""What takes the graphs of a run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad

__all__ = ["Target"]


class Target(Protocol):
    """Where the graphs of a run go."""

    def write(self, policy: str, source: str, nquads: bytes) -> bool:
        """Make N-Quads the graph of a policy that was read from a source; says whether that changed anything."""

    def reviewed(self, policy: str | None, source: str) -> Iterable[tuple[str, Iterable[Quad]]]:
        """The graphs with decisions of reviewers that concern a policy, or what will be read from a source."""

    def has_decisions(self) -> bool:
        """Whether there are any such graphs; none come while the run is on its way."""

    def was_mapped(self, policy: str, source: str, mapping: str) -> bool:
        """Whether the graph of a policy is there, knows a source, and came of an activity."""

    def commit(self) -> None:
        """See that what was written stays."""

    @property
    def folder(self) -> Path | None:
        """The folder in which a manifest has its place; None where there is no such."""

    @property
    def is_begun(self) -> bool:
        """Whether that folder is there."""

    def begin(self) -> None:
        """Make it, though nothing was written yet."""
