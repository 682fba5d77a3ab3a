"""The places of a Sankey diagram."""

from __future__ import annotations

import itertools

import pytest

from privagraph.report.sankey import laid_out

LAYERS = [["a", "b"], ["m", "n"], ["x", "y", "z"]]
FLOWS = {
    ("a", "m"): 3.0,
    ("a", "n"): 1.0,
    ("b", "n"): 2.0,
    ("m", "x"): 1.0,
    ("m", "y"): 2.0,
    ("n", "z"): 3.0,
}


def test_nodes_fill_the_height_and_never_overlap() -> None:
    boxes, _ = laid_out(LAYERS, FLOWS, height=200, gap=10)
    for layer in LAYERS:
        placed = sorted((boxes[name] for name in layer), key=lambda box: box.top)
        assert placed[0].top >= -0.001
        assert placed[-1].top + placed[-1].height <= 200.001
        for above, below in itertools.pairwise(placed):
            assert above.top + above.height + 10 <= below.top + 0.001


def test_bands_are_as_wide_as_their_flow_and_stay_within_their_nodes() -> None:
    boxes, bands = laid_out(LAYERS, FLOWS, height=200, gap=10)
    widths = {(band.source, band.target): band.width for band in bands}
    assert widths["a", "m"] == pytest.approx(3 * widths["a", "n"])
    for band in bands:
        for end, name in ((band.start, band.source), (band.end, band.target)):
            assert boxes[name].top - 0.001 <= end - band.width / 2
            assert end + band.width / 2 <= boxes[name].top + boxes[name].height + 0.001
    assert boxes["a"].height == pytest.approx(widths["a", "m"] + widths["a", "n"])


def test_nodes_move_to_what_they_are_linked_to() -> None:
    crossing = {("a", "n"): 1.0, ("b", "m"): 1.0}
    boxes, _ = laid_out([["a", "b"], ["m", "n"]], crossing, height=100, gap=5)
    assert (boxes["a"].top < boxes["b"].top) == (boxes["n"].top < boxes["m"].top)


def test_nothing_flows_nowhere() -> None:
    assert laid_out([[], []], {}, height=100, gap=5) == ({}, [])
