"""What may be chosen of a picture."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MOST", "WIDEST", "Drawing"]

MOST = 500
"""The most nodes of a picture, unless told otherwise."""
WIDEST = 20_000
"""The most pixels that a PNG may be wide or high: programs that show pictures rarely take more."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What may be chosen of a picture.

    Attributes:
        most: How many nodes it may show.
        width: How many pixels a PNG is wide; twice the picture's own size when None.

    Raises:
        ValueError: A number is less than 1.
    """

    most: int = MOST
    width: int | None = None

    def __post_init__(self) -> None:
        if self.most < 1 or (self.width is not None and self.width < 1):
            raise ValueError("a picture has one node and one pixel at least: give numbers from 1")
