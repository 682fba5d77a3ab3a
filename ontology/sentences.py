"""Where sentences begin and end within one paragraph.

The segmenter is sentencex (Wikimedia), which knows abbreviations. Three of its cuts are taken back: before a piece that
goes on in lower case ("pursuant to Art. 6 (1) lit. | f GDPR") and one that holds no letter at all (a number of a
clause, a lone bracket), both common in legal English, and within an address of the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["LONGEST", "pieces"]

_IN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
"""Before a cut, that it would fall within an address of the web."""

LONGEST = 2000
"""The most characters that are read as one sentence.

The patterns of the finders look ahead within a sentence; a bound keeps their time in proportion to the text, whatever
the text is. Fewer than one real sentence in ten thousand is longer.
"""


def pieces(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences within the text of one paragraph, heading or cell.

    Args:
        text: One paragraph; a line break within it does not end a sentence.

    Returns:
        Start and end of each sentence in code points, white space cut; none for a text that is blank.

    Example:
        >>> pieces("We keep it for a year. Then it is gone.")
        [(0, 22), (23, 39)]
    """
    import sentencex

    found: list[tuple[int, int]] = []
    at = 0
    # Lone surrogates cannot cross into the segmenter; a stand-in of the same length keeps the offsets.
    for piece in sentencex.segment("en", text.encode("utf-8", "replace").decode("utf-8")):
        start, end = at, at + len(piece)
        at = end
        stripped = text[start:end].strip()
        if not stripped:
            continue
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(stripped)
        goes_on = (
            stripped[0].islower()
            or bool(_IN_ADDRESS.search(text[max(0, start - 80) : start]))
            or not any(c.isalpha() for c in stripped)
        )
        if (found and goes_on) or (found and not any(c.isalpha() for c in text[found[-1][0] : found[-1][1]])):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [part for start, end in found for part in _bounded(text, start, end)]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most :data:`LONGEST` characters, cut between words where there are any."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    if start < end:
        yield start, end
