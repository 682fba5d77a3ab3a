"""The trained tagger: which words of a document carry which label, and how surely."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from privagraph.loaders.document import Document
from privagraph.loaders.tagging.cache import PassageCache, entry_name
from privagraph.loaders.tagging.card import Card
from privagraph.loaders.tagging.decoding import Pieces, Tagged, decode
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.marks import marks
from privagraph.loaders.tagging.windows import Tokenizer, Window, tokenizer_of, windows

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Reading", "Tagger", "tagger"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the tagger read it.

    Attributes:
        spans: What it labelled, by its thresholds.
        pieces: The word pieces, with the probabilities behind the spans.
    """

    spans: tuple[Tagged, ...]
    pieces: Pieces = field(repr=False)


_WIDTH = 2 * len(LABELS)
_STEPS = 255
"""Probabilities are rounded to so many steps: what is kept of a passage is small then, and what processors compute
differently in the last digits makes no difference."""
_SLOW = ("SkipLayerNormFusion",)
"""Changes to the network that make it slower on processors: the fused step takes five times as long as its parts."""


class Tagger:
    """A token classifier in ONNX, its tokenizer and its card.

    Args:
        session: An ``onnxruntime.InferenceSession`` of the model.
        tokenizer: The tokenizer that it was trained with.
        card: Its thresholds and calibration.
        identity: Makes what tells it from any other model, for a cache of what it read.
    """

    def __init__(
        self, session: Any, tokenizer: Tokenizer, card: Card, *, identity: Callable[[], bytes] = bytes
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._identity = cache(identity)  # asked only where there is a cache, for the weights are large
        self.card = card

    @classmethod
    def load(cls, folder: Traversable) -> Tagger:
        """A tagger from the files of a folder.

        Args:
            folder: Holds ``tagger.onnx``, ``tokenizer.json`` and ``model.json``.
        """
        import onnxruntime

        tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        network = (folder / "tagger.onnx").read_bytes()
        options = onnxruntime.SessionOptions()
        # One thread: a window is too small for two, and where there are many policies each processor has its own.
        options.intra_op_num_threads = 1
        # The vectors of words are stored in eight bits and widened when they are loaded.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        session = onnxruntime.InferenceSession(
            network, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        card = Card.from_json((folder / "model.json").read_text(encoding="utf-8"))

        def identity() -> bytes:
            weights = (folder / "tagger.onnx").read_bytes()
            return entry_name(weights, tokenizer.encode(), onnxruntime.__version__.encode())

        return cls(session, tokenizer_of(tokenizer), card, identity=identity)

    def read(
        self,
        document: Document,
        hints: Sequence[tuple[int, int, str]] = (),
        *,
        cache: PassageCache | None = None,
    ) -> Reading:
        """Labels the words of a document.

        Args:
            document: The document.
            hints: What rules found: start, end and label, sorted by start.
            cache: What it read before, where that is kept.

        Returns:
            The spans, and the probabilities behind them; the same for the same document and hints, always.
        """
        pieces = self.pieces(document, hints, cache=cache)
        return Reading(tuple(decode(document.text, pieces, self.card.thresholds)), pieces)

    def pieces(
        self,
        document: Document,
        hints: Sequence[tuple[int, int, str]] = (),
        *,
        cache: PassageCache | None = None,
    ) -> Pieces:
        """The word pieces of a document with the probability of each label; arguments as for :meth:`read`."""
        import numpy as np

        found = tuple(windows(document, self._tokenizer))
        placed = _Hints(hints)
        rows = self._rows([(window, marks(window, placed.of(window))) for window in found], cache)
        places = np.array([place for window in found for place in window.offsets], dtype=np.int64)
        blocks = np.array([block for window in found for block in window.blocks], dtype=np.int64)
        tagged = blocks >= 0
        places = places.reshape(-1, 2)[tagged]
        steps = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, _WIDTH)
        return Pieces(
            places[:, 0], places[:, 1], blocks[tagged], steps.astype(np.float32) / np.float32(_STEPS)
        )

    def _rows(
        self, marked: Sequence[tuple[Window, npt.NDArray[np.float32]]], cache: PassageCache | None
    ) -> list[bytes]:
        """The steps of each window's tagged pieces, from the cache where they are there."""
        if cache is None:
            return [self._run(*each) for each in marked]
        names = [
            entry_name(
                self._identity(), array("H", window.ids).tobytes(), bytes(window.segments), shown.tobytes()
            )
            for window, shown in marked
        ]
        known = cache.get(names)
        new: dict[bytes, bytes] = {}
        for name, each in zip(names, marked, strict=True):
            if name not in known:
                known[name] = new[name] = self._run(*each)
        cache.put(new)
        return [known[name] for name in names]

    def _run(self, window: Window, shown: npt.NDArray[np.float32]) -> bytes:
        # One window at a time: what stands elsewhere in the document then makes no difference, and nothing is padded.
        import numpy as np

        inputs = {
            "ids": np.array([window.ids], dtype=np.int64),
            "segments": np.array([window.segments], dtype=np.int64),
            "hints": shown[None],
        }
        result: npt.NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return np.rint(result[np.array(window.blocks) >= 0] * _STEPS).astype(np.uint8).tobytes()


class _Hints:
    """What rules found, by place, so that no window goes through all that was found in a long document."""

    def __init__(self, hints: Sequence[tuple[int, int, str]]) -> None:
        self._hints = hints
        self._starts = [start for start, _, _ in hints]
        self._reach = list(accumulate((end for _, end, _ in hints), max))

    def of(self, window: Window) -> Sequence[tuple[int, int, str]]:
        """Those that may lie in a window; all that do are among them."""
        begin = next(start for start, _ in window.offsets if start >= 0)
        return self._hints[
            bisect_right(self._reach, begin) : bisect_left(self._starts, window.offsets[-1][1])
        ]


@cache
def tagger() -> Tagger:
    """The tagger that comes with the package; loaded once."""
    return Tagger.load(files("privagraph.loaders.tagging") / "model")
