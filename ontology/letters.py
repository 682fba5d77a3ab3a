"""Letters in their small form, as patterns that ignore case see them."""

from __future__ import annotations

from typing import Final

__all__ = ["lowered"]

_LOOK_ALIKES: Final = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
"""Letters that ``re.IGNORECASE`` takes for Latin ones: İ and ı without and with the wrong dot, ſ, the sign of kelvin.

https://docs.python.org/3/library/re.html#re.IGNORECASE
"""


def lowered(text: str) -> str:
    """A text in small letters, each in its place: what a pattern that ignores case matches as "use" reads "use".

    Example:
        >>> lowered("We Uſe"), lowered("STRAẞE")
        ('we use', 'straße')
    """
    return text.lower() if text.isascii() else text.translate(_LOOK_ALIKES).lower()
