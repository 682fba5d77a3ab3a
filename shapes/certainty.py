"""How sure the extraction below a finding is.

A finding that rests on words is as sure as the least sure mention or practice among them; their confidence is
calibrated (docs/figures.md). A finding that something is missing rests on no words; what is known of it is how often
people found nothing either in the annotated policies in which the program found nothing. ``absences.tsv`` holds these
counts for each rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from privagraph.shapes.results import Certainty, CertaintyKind, Evidence

__all__ = ["FEWEST", "absences", "certainty_of"]

FEWEST = 5
"""The fewest annotated policies from which a share is told; below, a count of one policy would change it too much."""


def certainty_of(rule: str, evidence: Iterable[Evidence]) -> Certainty | None:
    """How sure the extraction below a finding is.

    Args:
        rule: Name of the rule, such as ``gdpr:right-access``.
        evidence: The words that the finding rests on; none where something is missing.

    Returns:
        The certainty, or None where nothing is known of it.
    """
    places = tuple(evidence)
    confidences = [each.confidence for each in places if each.confidence is not None]
    if confidences:
        return Certainty(CertaintyKind.EXTRACTION, min(confidences))
    right, of = absences().get(rule, (0, 0)) if not places else (0, 0)
    return Certainty(CertaintyKind.ABSENCE, right / of, right, of) if of >= FEWEST else None


@cache
def absences() -> Mapping[str, tuple[int, int]]:
    """For a rule: in how many annotated policies people found nothing either, of those where the program did not."""
    entry = files("privagraph.shapes") / "absences.tsv"
    if not entry.is_file():
        return {}
    lines = (line.split("\t") for line in entry.read_text("utf-8").splitlines() if line and line[0] != "#")
    rows = [line for line in lines if line[0] != "rule"]
    return {rule: (int(right), int(of)) for rule, right, of, *_ in rows}
