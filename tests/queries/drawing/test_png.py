"""PNG: the same picture in pixels, on any machine."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import networkx
import pytest
import resvg_py

from privagraph.queries.drawing import Scene, png, scene
from privagraph.queries.drawing.png import png_notes, png_of
from privagraph.queries.drawing.svg import size_of


def _size(picture: bytes) -> tuple[int, int]:
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])  # type: ignore[return-value]  # two numbers


def _pixels(picture: bytes) -> bytes:
    """The pixels, packed as PNG packs them."""
    at, found = 8, b""
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            found += picture[at + 8 : at + 8 + length]
        at += length + 12
    return zlib.decompress(found)


def test_it_is_twice_as_large_as_the_svg(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("flows")
    assert _size(png_of(made)) == pytest.approx([2 * side for side in size_of(made)], abs=2)


def test_it_is_as_wide_as_was_asked_for(scene_of: Callable[..., Scene]) -> None:
    assert _size(png_of(scene_of("flows"), width=800))[0] == 800


def test_it_is_not_blank_and_the_same_every_time(scene_of: Callable[..., Scene]) -> None:
    first, again = (png_of(scene_of("sharing"), width=600) for _ in range(2))
    assert first == again
    assert len(set(_pixels(first))) > 50


def test_a_machine_without_fonts_draws_the_same_words(
    scene_of: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scene_of("sharing")
    with_fonts = png_of(made, width=600)
    drawn = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: drawn(**options, skip_system_fonts=True))
    assert png_of(made, width=600) == with_fonts


def test_letters_that_no_font_has_are_told(
    hostile: networkx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: drawn(**options, skip_system_fonts=True))
    png._looks.cache_clear()
    try:
        (note,) = png_notes(scene(hostile))
    finally:
        png._looks.cache_clear()
    assert "Arabic letters" in note


def test_emoji_that_no_font_has_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: drawn(**options, skip_system_fonts=True))
    adorned: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    adorned.add_node("urn:a", label="Books \N{BOOKS}\ufe0f", kind="agent", types=[])
    png._looks.cache_clear()
    try:
        assert png_notes(scene(adorned)) == ()
        assert png._without_boxes("Books 📚\ufe0f, 5 → 6") == "Books, 5 → 6"
    finally:
        png._looks.cache_clear()


def test_a_picture_that_no_program_shows_becomes_smaller(scene_of: Callable[..., Scene]) -> None:
    made = scene_of("sharing")
    assert png_notes(made) == ()
    (note,) = png_notes(made, width=10**6)
    assert "20,000" in note
