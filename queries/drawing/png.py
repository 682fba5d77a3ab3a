"""A scene as PNG: its SVG, drawn by resvg (https://github.com/linebender/resvg), which needs no other program.

Words are set in Roboto, which comes as a Python package, so that a picture is the same on machines with other fonts or
with none. Letters that Roboto lacks are looked for among the machine's own fonts; where no font has them, a note names
their scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from privagraph.queries.drawing.model import Scene
from privagraph.queries.drawing.options import WIDEST
from privagraph.queries.drawing.svg import size_of, svg_of

__all__ = ["png_of"]

_SCALE = 2.0
"""Pixels for a unit of the SVG: sharp on screens of today and on slides."""
_FONT = "Roboto"
_NO_LETTER = "\u0378"
"""A code point that stands for nothing, and so looks like a letter that is missing."""
_SAMPLE = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="18">{}</text></svg>'


def png_of(scene: Scene, *, width: int | None = None) -> tuple[bytes, tuple[str, ...]]:
    """A picture of a scene.

    Args:
        scene: What is drawn.
        width: How many pixels it is wide; twice the size of the SVG when None. A picture that would be wider or higher
            than :data:`~privagraph.queries.drawing.options.WIDEST` pixels is made smaller.

    Returns:
        The file, and what a person should know of it, in sentences.
    """
    wide, high = size_of(scene)
    scale = width / wide if width else _SCALE
    notes: list[str] = []
    if max(wide, high) * scale > WIDEST:
        scale = WIDEST / max(wide, high)
        notes.append(
            f"The picture is {round(wide * scale):,} pixels wide, so that it is not over {WIDEST:,} high."
        )
    missing = _missing(scene)
    if missing:
        notes.append(
            f"No font on this machine has letters of {', '.join(missing)}, which are empty boxes in the picture; "
            "install a font that has them, such as Noto."
        )
    return _drawn(svg_of(scene), width=max(1, round(wide * scale))), tuple(notes)


def _missing(scene: Scene) -> list[str]:
    """The scripts of letters that no font has; one letter stands for its script."""
    texts = [scene.title, *scene.notes, *scene.policies.values()]
    texts += [line for node in scene.nodes for line in node.lines]
    samples = _samples(character for text in texts for character in text)
    return [script for script, letter in samples.items() if _looks(letter) == _looks(_NO_LETTER)]


def _samples(characters: Iterable[str]) -> dict[str, str]:
    """A letter or sign for each script, by the first word of its name."""
    found: dict[str, str] = {}
    for character in sorted(set(characters)):
        if ord(character) > 0x24F and unicodedata.category(character)[0] in "LSN":
            name = unicodedata.name(character, "")
            script = name.split()[0].capitalize() if character.isalpha() else "signs and emoji"
            found.setdefault(script or "unknown scripts", character)
    return dict(sorted(found.items()))


@cache
def _looks(letter: str) -> bytes:
    return _drawn(_SAMPLE.format(letter))


def _drawn(svg: str, *, width: int | None = None) -> bytes:
    import resvg_py

    fonts = files("fontpkg_roboto") / "files"
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        font_files=sorted(str(font) for font in fonts.iterdir() if "Italic" not in font.name),
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
