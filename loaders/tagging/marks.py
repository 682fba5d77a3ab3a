"""A mark for each word piece and label: what rules found, as the tagger reads it, or what people labelled.

The tagger is shown the mentions that the lexicon's finders made. It learns how far to trust each, and so the two are
one extractor: rules where they are right, the model where words are new.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from privagraph.loaders.facts import Mention, Role
from privagraph.loaders.tagging.labels import COLUMNS, LABELS, TRANSFER
from privagraph.loaders.tagging.windows import Window

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["labels_of", "marks"]

_ARTICLES = tuple(label.partition(":")[2] for label in LABELS if label.startswith("right:A"))


def labels_of(mention: Mention) -> tuple[str, ...]:
    """The labels that say what a mention says: one, and for destinations and safeguards of transfers both together."""
    role = mention.role.value
    if mention.role is Role.RIGHT:
        local = (mention.concept or "").rpartition("#")[2]
        for article in _ARTICLES:
            if local == article or local.startswith(f"{article}-"):
                return (f"right:{article}",)
        return ("right:other",)
    if mention.role in (Role.TRANSFER_DESTINATION, Role.TRANSFER_SAFEGUARD):
        return (role, TRANSFER)
    return (role,)


def marks(window: Window, spans: Iterable[tuple[int, int, str]]) -> npt.NDArray[np.float32]:
    """Which word pieces of a window lie in a span of each label, and which begin one.

    Args:
        window: The window.
        spans: Start, end and label of the spans; offsets into the document's text, in code points.

    Returns:
        An array of zeros and ones, one row a word piece, two columns a label: first those for "inside", in the order
        of :data:`~privagraph.loaders.tagging.labels.LABELS`, then those for "begin".
    """
    import numpy as np

    result = np.zeros((len(window.ids), 2 * len(LABELS)), dtype=np.float32)
    places = np.array(window.offsets)
    tagged = np.nonzero(places[:, 0] >= 0)[0]
    if not len(tagged):
        return result
    starts, ends = places[tagged, 0], places[tagged, 1]
    for start, end, label in spans:
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        if first >= last:
            continue
        column = COLUMNS[label]
        result[tagged[first:last], column] = 1
        # A span that began in an earlier window does not begin again here.
        if first > 0 or start >= starts[0]:
            result[tagged[first], len(LABELS) + column] = 1
    return result
