"""The rows that people fill in: one for each finding.

The columns before ``verdict`` say what was found; ``verdict`` and those after it are the person's, and are read by
:mod:`~privagraph.loaders.reviews.answers`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.facts import Mention, Practice
from privagraph.loaders.naming import finding_names
from privagraph.loaders.reviews.decisions import Claim, Decision, Verdict, claim_of
from privagraph.loaders.reviews.matching import reviewed
from privagraph.loaders.reviews.rereading import Reread
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import vocabulary

__all__ = [
    "COLUMNS",
    "NO_CONCEPT",
    "VERDICTS",
    "Finding",
    "findings_of",
    "row_of",
    "short_name",
    "versions_of",
]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mentions": (
        *("id", "source", "version", "role", "quote", "context", "concept", "concept_label"),
        *("polarity", "confidence"),
        *("verdict", "new_role", "new_concept", "new_polarity", "note"),
    ),
    "practices": (
        *("id", "source", "version", "processing", "processing_label", "sentence", "arguments"),
        *("polarity", "confidence"),
        *("verdict", "new_processing", "new_polarity", "note"),
    ),
}
"""The columns of both kinds of table."""

VERDICTS: Mapping[Verdict, tuple[str, ...]] = {
    Verdict.CONFIRMED: ("right", "correct", "ok", "yes", "confirmed"),
    Verdict.REJECTED: ("wrong", "incorrect", "no", "rejected"),
    Verdict.CORRECTED: ("changed", "change", "corrected"),
}
"""The words for each verdict; the first is the one that is written."""
NO_CONCEPT = "none"
"""What stands in ``new_concept`` where no concept fits."""
_NEAR = 600
"""The most characters of context on either side; a policy on one line would else be read whole for each of its rows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a policy, and what was decided about it.

    Attributes:
        policy: The policy.
        name: The finding's name under the policy's IRI.
        found: What was found.
        decision: The decision in force, or None.
    """

    policy: Reread
    name: str
    found: Mention | Practice
    decision: Decision | None = None

    @property
    def id(self) -> str:
        """What names it in a table: the last part of the policy's IRI, and the finding's name."""
        return f"{short_name(self.policy.iris.policy)}/{self.name}"


def short_name(policy: str) -> str:
    """What names a policy in a table: the last part of its IRI, which is made of its content."""
    return policy.rpartition("/")[2]


def findings_of(policy: Reread) -> Iterator[Finding]:
    """The findings of a policy, mentions first, in the order of the text, with what was decided about each."""
    review = reviewed(policy.found, policy.decisions.values(), policy.iris)
    for found, name in finding_names(policy.found).items():
        yield Finding(policy, name, found, review.applied.get(name))


def versions_of(policies: Collection[Reread]) -> dict[str, str]:
    """What tells policies apart that come from files of the same name.

    A graph does not tell which of two was mapped first; the name and the date that the text gives itself are what a
    person has to go by.

    Args:
        policies: The policies of a table.

    Returns:
        By the IRI of each policy that shares the name of a file with another one: its short name, and its date.
    """
    names = Counter(source for policy in policies for source in policy.sources)
    told = {}
    for policy in policies:
        if any(names[source] > 1 for source in policy.sources):
            facts = policy.found.facts
            dated = (("updated", facts.updated), ("effective", facts.effective))
            date_ = next((f", {word} {day.isoformat()}" for word, day in dated if day is not None), "")
            told[policy.iris.policy] = short_name(policy.iris.policy) + date_
    return told


def row_of(finding: Finding, *, version: str = "") -> tuple[str, ...]:
    """The row of a finding; what was decided before stands in the columns of the person.

    Args:
        finding: The finding.
        version: What tells its policy from another one whose file has the same name, see :func:`versions_of`.
    """
    found, document = finding.found, finding.policy.found.document
    words = document.text[found.start : found.end]
    cells = {
        "id": finding.id,
        "source": ", ".join(finding.policy.sources),
        "version": version,
        "polarity": str(found.polarity),
        "confidence": f"{found.confidence:.2f}",
    }
    if isinstance(found, Mention):
        kind = "mentions"
        cells.update(role=str(found.role), quote=words, context=_context(document, found.start, found.end))
        cells.update(zip(("concept", "concept_label"), _labelled(found.concept), strict=True))
    else:
        kind = "practices"
        arguments = (f"{each.role}: {document.text[each.start : each.end]}" for each in found.arguments)
        cells.update(sentence=words, arguments="; ".join(arguments))
        cells.update(zip(("processing", "processing_label"), _labelled(found.processing), strict=True))
    if finding.decision is not None:
        cells.update(_decided(finding.decision, claim_of(found)))
    return tuple(cells.get(column, "") for column in COLUMNS[kind])


def _decided(decision: Decision, found: Claim) -> dict[str, str]:
    """The columns of the person, as they say what was decided."""
    cells = {"note": decision.note}
    decided = decision.decided or found
    if decided.role is not found.role:
        cells["new_role"] = str(decided.role)
    if decided.concept != found.concept:
        column = "new_processing" if decided.role is None else "new_concept"
        cells[column] = compact(decided.concept) if decided.concept else NO_CONCEPT
    if decided.polarity is not found.polarity:
        cells["new_polarity"] = str(decided.polarity)
    # Another extractor may have found, since, what was not confirmed; or at once what had to be corrected.
    verdict = Verdict.CORRECTED if decided != found else Verdict.CONFIRMED
    cells["verdict"] = VERDICTS[Verdict.REJECTED if decision.decided is None else verdict][0]
    return cells


def _labelled(concept: str | None) -> tuple[str, str]:
    """The CURIE and the label of a concept."""
    if concept is None:
        return "", ""
    words = vocabulary()
    return compact(concept), words.label(concept) if concept in words else ""


def _context(document: Document, start: int, end: int) -> str:
    """The sentences that hold some words, which are marked; of long ones what is near the words."""
    from privagraph.loaders.extraction.sentences import sentences

    text = document.text
    first = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
    last = text.find("\n", end, end + _NEAR)
    last = min(len(text), end + _NEAR) if last < 0 else last
    lines = Document(
        text=text[first:last],
        blocks=(Block(BlockKind.PARAGRAPH, 0, last - first),),
        source=document.source,
        media_type="",
        input_hash="",
    )
    around = [each for each in sentences(lines) if first + each.end > start and first + each.start < end]
    first, last = (first + around[0].start, first + around[-1].end) if around else (start, end)
    first, last = min(first, start), max(last, end)
    return f"{text[first:start]}»{text[start:end]}«{text[end:last]}"
