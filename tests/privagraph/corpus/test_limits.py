"""Limits that a process sets itself: whatever ends, the caller finds its alarms as they were."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from privagraph.corpus.limits import OutOfTime, limited

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarms")


def mine(_number: int, _frame: FrameType | None) -> None:
    """The caller's own handler."""


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, mine)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_an_alarm_of_the_callers_goes_on() -> None:
    signal.setitimer(signal.ITIMER_REAL, 5000, 70)
    with limited(1000, None):
        assert signal.getitimer(signal.ITIMER_REAL)[0] <= 1000
    left, every = signal.getitimer(signal.ITIMER_REAL)
    assert 1000 < left <= 5000
    assert every == 70
    assert signal.getsignal(signal.SIGALRM) is mine


def test_without_one_none_is_left() -> None:
    with pytest.raises(OutOfTime), limited(1000, None):
        signal.raise_signal(signal.SIGALRM)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is mine


def test_an_alarm_in_the_very_last_moment_leaves_no_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = signal.setitimer

    def ring(which: int, seconds: float, interval: float = 0) -> None:
        stop(which, seconds, interval)
        if not seconds:
            signal.raise_signal(signal.SIGALRM)

    with monkeypatch.context() as patched:
        patched.setattr(signal, "setitimer", ring)
        with pytest.raises(OutOfTime), limited(1000, None):
            pass
    assert signal.getsignal(signal.SIGALRM) is mine
