"""A scene as PNG: its SVG, drawn by resvg (https://github.com/linebender/resvg), which needs no other program.

Words are set in Roboto, which comes with the package, so that a picture is the same on machines with other fonts or
with none. Letters that Roboto lacks are looked for among the machine's own fonts; where no font has them, a note names
their scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file

from privagraph.browser import asset
from privagraph.queries.drawing.model import Scene
from privagraph.queries.drawing.options import WIDEST
from privagraph.queries.drawing.svg import size_of, svg_of

__all__ = ["png_notes", "png_of"]

_SCALE = 2.0
"""Pixels for a unit of the SVG: sharp on screens of today and on slides."""
_FONT = "Roboto"
_FONT_FILES = ("Roboto_400Regular.ttf", "Roboto_700Bold.ttf")
_NO_LETTER = "\u0378"
"""A code point that stands for nothing, and so looks like a letter that is missing."""
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Sm", "Sc"})
"""The categories of characters that mean something."""
_SAMPLE = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="18">{}</text></svg>'


def png_of(scene: Scene, *, width: int | None = None) -> bytes:
    """A picture of a scene.

    Args:
        scene: What is drawn.
        width: How many pixels it is wide; twice the size of the SVG when None. A picture that would be wider or higher
            than :data:`~privagraph.queries.drawing.options.WIDEST` pixels is made smaller.

    Raises:
        MissingDependencyError: The package was built without the font.
    """
    return _drawn(_without_boxes(svg_of(scene)), width=_pixels(scene, width)[0])


def png_notes(scene: Scene, *, width: int | None = None) -> tuple[str, ...]:
    """What a person should know of a picture: that it is smaller than wanted, or lacks letters. Sentences.

    Args:
        scene: What is drawn.
        width: As in :func:`png_of`.
    """
    notes: list[str] = []
    wide, cut = _pixels(scene, width)
    if cut:
        notes.append(
            f"The picture is {wide:,} pixels wide, because higher than {WIDEST:,} pixels it would not be shown."
        )
    missing = _missing(scene)
    if missing:
        notes.append(
            f"No font on this machine has {', '.join(missing)}, which are empty boxes in the picture; install one that "
            "does, such as Noto."
        )
    return tuple(notes)


def _pixels(scene: Scene, width: int | None) -> tuple[int, bool]:
    """How wide a picture becomes, and whether that is less than wanted."""
    wide, high = size_of(scene)
    scale = width / wide if width else _SCALE
    cut = max(wide, high) * scale > WIDEST
    return max(1, round(wide * (WIDEST / max(wide, high) if cut else scale))), cut


def _without_boxes(svg: str) -> str:
    """An SVG without the emoji that no font has: they adorn names, and an empty box would not."""
    emoji = [sign for sign in sorted(set(svg)) if unicodedata.category(sign) == "So" and _is_missing(sign)]
    if not emoji:
        return svg
    return re.sub(f" ?[{re.escape(''.join(emoji))}][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*", "", svg)


def _missing(scene: Scene) -> list[str]:
    """The scripts of letters that no font has; one letter stands for its script."""
    texts = [scene.title, *scene.notes, *scene.policies.values()]
    texts += [line for node in scene.nodes for line in node.lines]
    samples = _samples(character for text in texts for character in text)
    return [script for script, letter in samples.items() if _is_missing(letter)]


def _samples(characters: Iterable[str]) -> dict[str, str]:
    """A letter or sign for each script, by the first word of its name."""
    found: dict[str, str] = {}
    for character in sorted(set(characters)):
        if ord(character) > 0x24F and unicodedata.category(character) in _LETTERS:
            name = unicodedata.name(character, "")
            script = (
                f"{name.split()[0].capitalize()} letters" if character.isalpha() and name else "some signs"
            )
            found.setdefault(script, character)
    return dict(sorted(found.items()))


def _is_missing(letter: str) -> bool:
    return _looks(letter) == _looks(_NO_LETTER)


@cache
def _looks(letter: str) -> bytes:
    return _drawn(_SAMPLE.format(letter))


def _drawn(svg: str, *, width: int | None = None) -> bytes:
    import resvg_py

    with ExitStack() as open_:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=[str(open_.enter_context(as_file(asset(name)))) for name in _FONT_FILES],
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
