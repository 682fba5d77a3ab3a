from __future__ import annotations

import gc
import weakref

import pytest

from privagraph.shapes.garbage import collected_at_end


class Knot:
    """An object that leads back to itself, so that only a search finds it to be garbage."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_looked_for_at_the_end() -> None:
    with collected_at_end():
        assert not gc.isenabled()
        left = weakref.ref(Knot())
        assert left() is not None
    assert gc.isenabled()
    assert left() is None


def test_it_is_looked_for_after_an_error_too() -> None:
    with pytest.raises(KeyError), collected_at_end():
        raise KeyError
    assert gc.isenabled()


def test_what_was_switched_off_stays_so() -> None:
    gc.disable()
    try:
        with collected_at_end():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
