"""The colours of the pages can be told apart by everybody: WCAG 2.2, success criteria 1.4.3 and 1.4.11."""

from __future__ import annotations

import re

import pytest

from privagraph.browser import text

COLOURS = {
    name: shades
    for name, *shades in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", text("house.css")
    )
}
WORDS = ("text", "quiet", "link", "bad", "warning", "info", "good")


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(name: str, ground: str, scheme: int) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted(luminance(COLOURS[each][scheme]) for each in (name, ground))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "ground"),
    [
        *((word, ground) for word in WORDS for ground in ("page", "raised")),
        ("mark-text", "mark"),
        ("on-link", "link"),
    ],
)
def test_words_stand_out(name: str, ground: str, scheme: int) -> None:
    assert contrast(name, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "raised"])
def test_the_borders_of_fields_stand_out(ground: str, scheme: int) -> None:
    assert contrast("edge", ground, scheme) >= 3
