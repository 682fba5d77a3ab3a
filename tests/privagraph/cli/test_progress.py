"""How far a run is, on a terminal."""

from __future__ import annotations

import pytest

from privagraph.cli import progress
from privagraph.cli.progress import ProgressLine
from privagraph.loaders.inputs import About


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress.time, "monotonic", made)
    monkeypatch.setenv("COLUMNS", "61")
    return made


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """The line on the terminal, without what wipes the one before."""
    return capsys.readouterr().err.rpartition("\r")[0].rpartition("\r")[2].rstrip()


def test_it_is_one_line_that_is_cut_and_wiped(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine()
    line(3, 10, "a-very-long-name-" * 5)
    said = capsys.readouterr().err
    assert said == "\r" + ("3/10 " + "a-very-long-name-" * 5)[:60] + "\r"
    line(10, 10, "")
    assert capsys.readouterr().err == "\r" + " " * 60 + "\r"


def test_it_tells_the_rate_and_the_time_left(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine()
    line(0, 5300, "acme.txt")
    assert shown(capsys) == "0/5,300 acme.txt"
    clock.now += 10
    line(40, 5300, "acme.txt")
    assert shown(capsys) == "40/5,300, 4.0/s, 22 min left: acme.txt"
    clock.now += 15
    line(220, 5300, "acme.txt")
    assert shown(capsys) == "220/5,300, 8.0/s, 11 min left: acme.txt"  # half of the way from 4 to 12
    clock.now += 10
    line(1240, 0, "acme.txt")
    assert "left" not in shown(capsys)


def test_an_estimate_is_told_as_such_and_no_time_left_at_once(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ProgressLine()
    line(0, 0, "acme.txt")
    assert shown(capsys) == "0 acme.txt"
    clock.now += 2
    line(2, About(1000), "acme.txt")
    assert shown(capsys) == "2 of about 1,000, 1.0/s: acme.txt"
    clock.now += 4
    line(6, About(1200), "acme.txt")
    assert shown(capsys) == "6 of about 1,200, 1.0/s, 20 min left: acme.txt"


def test_it_changes_ten_times_a_second_at_most(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine()
    line(1, 10, "acme.txt")
    capsys.readouterr()
    line(2, 10, "birch.md")
    assert capsys.readouterr().err == ""
    clock.now += 0.2
    line(3, 10, "cedar.md")
    assert shown(capsys) == "3/10 cedar.md"


@pytest.mark.parametrize(("seconds", "told"), [(5, "5 s"), (89, "89 s"), (600, "10 min"), (7200, "2.0 h")])
def test_durations_are_as_exact_as_they_need_to_be(seconds: float, told: str) -> None:
    assert progress._duration(seconds) == told
