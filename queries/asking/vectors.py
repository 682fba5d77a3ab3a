"""Vectors of English words: how near two words are that no ring of ``synonyms.yml`` holds.

``words.npz`` has some 21,000 words, each with 64 numbers: the words that the vocabulary of all-MiniLM-L6-v2 (Apache
License 2.0) has whole, each sent through that encoder alone, and reduced to their principal components
(:mod:`privagraph.loaders.training.word_vectors` makes it). No network and no model is needed to use it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from privagraph.ontology.words import Words

__all__ = ["Vectors", "vectors"]

Array: TypeAlias = NDArray[np.float32]

_LIKE: Final = 0.55
"""Words with a smaller cosine between them are taken to have nothing to do with each other."""
_MOST: Final = 0.85
"""What the nearest word counts, against the same word."""


class Vectors:
    """The vectors; made once by :func:`vectors`."""

    __slots__ = ("_at", "_vectors", "width")

    def __init__(self, words: list[str], table: NDArray[np.int8]) -> None:
        self._at = {word: number for number, word in enumerate(words)}
        self._vectors = table
        self.width: int = table.shape[1]

    def of(self, phrase: str) -> Array:
        """The vector of a word, or the mean of a phrase's, of length 1; zeros where no word of it is known."""
        rows = [row for word in Words(phrase).surface if (row := self._at.get(word.lower())) is not None]
        if not rows:
            return np.zeros(self.width, dtype=np.float32)
        mean: Array = self._vectors[rows].astype(np.float32).mean(axis=0)
        length = float(np.linalg.norm(mean))
        return mean / length if length else mean

    @staticmethod
    def nearness(some: Array, others: Array) -> Array:
        """How near each of some words is to each of others, from 0 to 0.85."""
        cosines: Array = some @ others.T
        near: Array = np.clip((cosines - _LIKE) / (1.0 - _LIKE), 0.0, 1.0) * _MOST
        return near


@cache
def vectors() -> Vectors:
    """The vectors of ``words.npz``, read on first use."""
    with (
        as_file(files(__package__ or "privagraph.queries.asking") / "words.npz") as path,
        np.load(path) as stored,
    ):
        return Vectors(stored["words"].tobytes().decode().split("\n"), stored["vectors"])
