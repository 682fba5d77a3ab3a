"""How sure a probability of the tagger is, measured on policies that it has not learnt from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from privagraph.loaders.extraction.extractor import findings
from privagraph.loaders.facts import Mention
from privagraph.loaders.tagging.card import Calibration
from privagraph.loaders.tagging.extractor import hints
from privagraph.loaders.tagging.labels import ITEMS, LABELS
from privagraph.loaders.tagging.marks import labels_of
from privagraph.loaders.tagging.merging import merged
from privagraph.loaders.tagging.tagger import Tagger
from privagraph.loaders.training.corpus import Annotated

__all__ = ["Judged", "expected_error", "fit", "judged", "reliability"]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention that was found, and whether people labelled words of it the same.

    Attributes:
        label: Its label.
        confidence: How sure the extractor is, from 0 to 1: the tagger's probability, or the rule's own confidence where
            that is greater and the label's lower threshold is 0.
        right: Whether it shares words with a labelled span of its label.
    """

    label: str
    confidence: float
    right: bool


def judged(documents: Iterable[Annotated], model: Tagger) -> list[Judged]:
    """The mentions of annotated documents, each with its verdict; labels that nobody looked for are left out.

    A finding of the rules that no word piece carries counts with what it was found with.
    """
    result: list[Judged] = []
    for each in documents:
        found = findings(each.document)
        reading = model.read(each.document, hints(found.mentions))
        for mention in merged(each.document, found.mentions, reading, model.card).mentions:
            label = next((label for label in reversed(labels_of(mention)) if label in each.judged), None)
            if label is not None:
                result.append(Judged(label, mention.confidence, _is_right(each, mention, label)))
    return result


def _is_right(annotated: Annotated, mention: Mention, label: str) -> bool:
    return any(
        span.label == label and span.start < mention.end and mention.start < span.end
        for span in annotated.spans
    )


def fit(mentions: Sequence[Judged]) -> dict[str, Calibration]:
    """Logistic curves from the verdicts on mentions and their confidences before calibration.

    These are the tagger's probabilities. Of findings with a label whose lower threshold is 0 they are the greater of
    probability and rule's confidence, and of findings that stay by their words alone they are the rule's.

    All labels share a slope; each has an intercept of its own, which stays near that of its kind (items of the
    corpus, other labels) where verdicts are few.

    Args:
        mentions: The mentions of :func:`judged`, of a tagger without calibration.

    Returns:
        A curve for each label; where all verdicts are alike they tell nothing, and confidences stay as they are.
    """
    if len({mention.right for mention in mentions}) < 2:
        return dict.fromkeys(LABELS, Calibration())
    from sklearn.linear_model import LogisticRegression

    bounded = np.clip([mention.confidence for mention in mentions], 1e-2, 1 - 1e-2)
    odds = np.log(bounded / (1 - bounded))
    rows = np.array([_kind(mention.label) for mention in mentions])
    curve = LogisticRegression(C=1.0).fit(
        np.column_stack([odds, rows]), [mention.right for mention in mentions]
    )
    slope, *weights = (float(value) for value in curve.coef_[0])
    base = float(curve.intercept_[0])
    return {
        label: Calibration(round(slope, 3), round(base + float(np.dot(weights, _kind(label))), 3))
        for label in LABELS
    }


def expected_error(mentions: Sequence[Judged]) -> float:
    """The expected calibration error of confidences (Guo et al. 2017, arXiv 1706.04599), with ten bins."""
    return sum(size * abs(mean - share) for _, size, mean, share in reliability(mentions)) / max(
        1, len(mentions)
    )


def reliability(mentions: Sequence[Judged]) -> list[tuple[float, int, float, float]]:
    """The mentions by confidence, in bins of a tenth.

    Args:
        mentions: The mentions of :func:`judged`.

    Returns:
        For each bin that is not empty its lower edge, how many mentions it holds, their mean confidence, and the share
        that is right.
    """
    bins: dict[int, list[Judged]] = {}
    for mention in mentions:
        bins.setdefault(min(_BINS - 1, int(mention.confidence * _BINS)), []).append(mention)
    return [
        (
            number / _BINS,
            len(some),
            sum(mention.confidence for mention in some) / len(some),
            sum(mention.right for mention in some) / len(some),
        )
        for number, some in sorted(bins.items())
    ]


def _kind(label: str) -> list[float]:
    """The label as numbers: whether it is an item of the corpus, and which label it is."""
    return [float(label in ITEMS), *(float(label == other) for other in LABELS)]
