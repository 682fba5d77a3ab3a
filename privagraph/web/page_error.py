"""What a page says that cannot be shown; processes that read the graph can say it too, without what serves pages."""

from __future__ import annotations

__all__ = ["PageError"]


class PageError(Exception):
    """A page cannot be shown as it was asked for.

    Attributes:
        status: The HTTP status.
        reason: What is wrong, in one sentence.
        advice: What to do next, in one sentence.
    """

    def __init__(self, status: int, reason: str, advice: str) -> None:
        super().__init__(f"{reason} {advice}")
        self.status, self.reason, self.advice = status, reason, advice
