"""The rows that people fill in: one for each finding, and what they make of it.

The columns before ``verdict`` say what was found and are read back only to see that nobody has changed them by
mistake; ``verdict`` and those after it are the person's. A row without any of these is not decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.facts import Mention, Polarity, Practice, Role
from privagraph.loaders.naming import finding_names
from privagraph.loaders.reviews.decisions import Claim, Decision, Person, Verdict, claim_of
from privagraph.loaders.reviews.matching import reviewed
from privagraph.loaders.reviews.rereading import Reread
from privagraph.loaders.reviews.sheets import SheetRow
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import TermKind, vocabulary

__all__ = [
    "COLUMNS",
    "Finding",
    "decision_of",
    "findings_of",
    "is_filled",
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

_VERDICTS: Mapping[Verdict, tuple[str, ...]] = {
    Verdict.CONFIRMED: ("right", "correct", "ok", "yes", "confirmed"),
    Verdict.REJECTED: ("wrong", "incorrect", "no", "rejected"),
    Verdict.CORRECTED: ("changed", "change", "corrected"),
}
"""The words for each verdict; the first is the one that is written."""
_NONE = "none"
"""What stands in ``new_concept`` where no concept fits."""
_SAY = "write right, wrong or changed"
_PROCESSING = ("dpv:Processing",)
_NEAR = 600
"""The most characters of context on either side; a policy on one line would else be read whole for each of its rows."""

_TOPS: Mapping[Role, tuple[str, ...]] = {
    Role.DATA_CATEGORY: ("dpv:PersonalData",),
    Role.PURPOSE: ("dpv:Purpose",),
    Role.LEGITIMATE_INTEREST: ("dpv:Purpose", "dpv:LegalBasis"),
    Role.RECIPIENT: ("dpv:Entity",),
    Role.CONTROLLER: ("dpv:Entity",),
    Role.PROCESSOR_ROLE: ("dpv:Entity",),
    Role.DPO: ("dpv:Entity",),
    Role.DATA_SUBJECT: ("dpv:Entity",),
    Role.SOURCE: ("dpv:DataSource", "dpv:Entity"),
    Role.LEGAL_BASIS: ("dpv:LegalBasis",),
    Role.RETENTION: ("dpv:StorageCondition", "dpv:Duration"),
    Role.RIGHT: ("dpv:Right",),
    Role.SECURITY_MEASURE: ("dpv:TechnicalOrganisationalMeasure",),
    Role.TRANSFER_SAFEGUARD: ("dpv:TechnicalOrganisationalMeasure", "dpv:LegalBasis"),
    Role.STORAGE_LOCATION: ("dpv:Location",),
    Role.TRANSFER_DESTINATION: ("dpv:Location",),
    Role.JURISDICTION: ("dpv:Location",),
    Role.TRACKING_TECHNOLOGY: ("dpv:Technology", "dpv:Processing"),
}
"""What a concept must lie under, for the roles whose concepts are of one kind."""


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


# What is written


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
        cells[column] = _curie(decided.concept) or _NONE
    if decided.polarity is not found.polarity:
        cells["new_polarity"] = str(decided.polarity)
    # Another extractor may have found, since, what was not confirmed; or at once what had to be corrected.
    verdict = Verdict.CORRECTED if decided != found else Verdict.CONFIRMED
    cells["verdict"] = _VERDICTS[Verdict.REJECTED if decision.decided is None else verdict][0]
    return cells


def _labelled(concept: str | None) -> tuple[str, str]:
    """The CURIE and the label of a concept."""
    if concept is None:
        return "", ""
    words = vocabulary()
    return compact(concept), words.label(concept) if concept in words else ""


def _curie(concept: str | None) -> str:
    return compact(concept) if concept else ""


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


# What is read


def is_filled(row: SheetRow) -> bool:
    """Whether a person has written anything into a row."""
    return any(
        row.cells.get(column)
        for column in ("verdict", "new_role", "new_concept", "new_processing", "new_polarity", "note")
    )


def decision_of(row: SheetRow, finding: Finding, *, by: Person, on: date) -> Decision:
    """The decision that a row tells.

    Args:
        row: A row with anything in the columns of the person.
        finding: What it is about.
        by: Who decides.
        on: On which day.

    Raises:
        InputError: It tells none, or one that cannot be.
    """
    claim = claim_of(finding.found)
    _check_unchanged(row, claim)
    verdict = _verdict(row)
    decided = Claim(_role(row) or claim.role, _concept(row, claim), _polarity(row) or claim.polarity)
    if verdict is Verdict.CORRECTED and decided == claim:
        news = [column for column in row.cells if column.startswith("new_")]
        raise row.wrong(
            "changed, but into what was found",
            f"fill in {', '.join(news[:-1])} or {news[-1]}, or write right as the verdict",
        )
    if verdict is not Verdict.CORRECTED and decided != claim:
        raise row.wrong(
            f"the verdict is {row.cells['verdict']}, but a correction is filled in",
            "write changed as the verdict, or empty the columns of the correction",
        )
    if (decided.role, decided.concept) != (claim.role, claim.concept):
        _check_fits(row, decided)
    former = finding.decision
    return Decision(
        finding=finding.name,
        start=finding.found.start,
        end=finding.found.end,
        found=claim,
        confidence=round(finding.found.confidence, 4),
        verdict=verdict,
        decided=None if verdict is Verdict.REJECTED else decided,
        by=by,
        on=on,
        note=" ".join(row.cells.get("note", "").split()),
        replaces=former.iri(finding.policy.iris) if former else None,
    )


def _check_unchanged(row: SheetRow, claim: Claim) -> None:
    """What was found is told in the row for people; a correction belongs into the columns after the verdict."""
    stands = {
        "role": str(claim.role),
        "concept": _curie(claim.concept),
        "processing": _curie(claim.concept),
        "polarity": str(claim.polarity),
    }
    for column, found in stands.items():
        if column in row.cells and row.cells[column] != found:
            raise row.wrong(
                f"the column {column} is {row.cells[column] or 'empty'}, but {found or 'nothing'} was found",
                f"leave it as it was, and write a correction into new_{column}",
            )


def _verdict(row: SheetRow) -> Verdict:
    said = row.cells["verdict"].casefold()
    for verdict, words in _VERDICTS.items():
        if said in words:
            return verdict
    if said:
        raise row.wrong(f"no verdict {row.cells['verdict']!r}", _SAY)
    if not any(cell for column, cell in row.cells.items() if column.startswith("new_")):
        raise row.wrong("a note, but no verdict", _SAY)
    return Verdict.CORRECTED


def _role(row: SheetRow) -> Role | None:
    said = row.cells.get("new_role", "")
    name = said.removeprefix("pg:").casefold().replace(" ", "_").replace("-", "_")
    if said and name not in set(Role):
        raise row.wrong(f"no role {said!r}", f"the roles are {', '.join(Role)}")
    return Role(name) if said else None


def _polarity(row: SheetRow) -> Polarity | None:
    said = row.cells.get("new_polarity", "")
    name = said.removeprefix("pg:").casefold()
    if said and name not in set(Polarity):
        raise row.wrong(f"no polarity {said!r}", "write affirmed or denied")
    return Polarity(name) if said else None


def _concept(row: SheetRow, claim: Claim) -> str | None:
    """The concept that a row decides on, by a CURIE, an IRI or a label."""
    said = row.cells.get("new_processing" if claim.role is None else "new_concept", "")
    if not said:
        return claim.concept
    if said.casefold() == _NONE:
        if claim.role is None:
            raise row.wrong(
                "a practice has a processing", "write it into new_processing, or wrong as the verdict"
            )
        return None
    words = vocabulary()
    labelled = [
        each for each in words.search(said) if each.label.casefold() == " ".join(said.casefold().split())
    ]
    known = (
        [words.term(said)] if said in words else [each for each in labelled if each.kind is TermKind.CLASS]
    )
    if len(known) != 1:
        near = [each.curie for each in known] or list(words.nearest(said))
        hint = f"write {' or '.join(near)}" if near else "`privagraph terms` finds concepts"
        many = "more than one concept is" if known else "no concept of the vocabulary is"
        raise row.wrong(f"{many} called {said!r}", hint)
    if known[0].kind is not TermKind.CLASS:
        raise row.wrong(f"{known[0].curie} is no concept", "`privagraph terms` finds concepts")
    return known[0].iri


def _check_fits(row: SheetRow, decided: Claim) -> None:
    """Whether a concept is of the kind that its role asks for, or a processing that of a practice."""
    tops = _PROCESSING if decided.role is None else _TOPS.get(decided.role, ())
    if decided.concept is None or not tops or decided.concept not in vocabulary():
        return
    if not any(vocabulary().is_a(decided.concept, top) for top in tops):
        whose = "a practice" if decided.role is None else f"the role {decided.role}"
        raise row.wrong(
            f"{compact(decided.concept)} does not fit {whose}, which takes what is under {' or '.join(tops)}",
            "write another concept" + ("" if decided.role is None else " into new_concept, or none"),
        )
