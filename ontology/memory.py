"""Answers about texts that are remembered, since policies repeat themselves and each other word for word."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

__all__ = ["Remembered"]

_MOST = 4096
"""How many answers are remembered."""
_LONGEST = 1000
_Answer = TypeVar("_Answer")


class Remembered(Generic[_Answer]):
    """A function of one text that remembers its last answers, which nobody may change.

    Args:
        function: The function.
        longest: Texts of more characters are not remembered: they hardly recur, and would take the memory of many.

    Example:
        >>> words = Remembered(lambda text: len(text.split()))
        >>> words("We keep your name."), words("We keep it. " * 200), words.held
        (4, 600, 1)
    """

    __slots__ = ("_function", "_known", "_longest")

    def __init__(self, function: Callable[[str], _Answer], *, longest: int = _LONGEST) -> None:
        self._function, self._longest = function, longest
        self._known = lru_cache(maxsize=_MOST)(function)

    def __call__(self, text: str) -> _Answer:
        """What the function says of a text."""
        return self._known(text) if len(text) <= self._longest else self._function(text)

    @property
    def held(self) -> int:
        """How many answers it remembers."""
        return self._known.cache_info().currsize
