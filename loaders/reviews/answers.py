"""What people have written into the rows: a decision, or what is wrong with the row.

``verdict`` and the columns after it are the person's, and a row without any of these is not decided. The columns
before them are read only to see that nobody has changed them by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from privagraph.loaders.facts import Polarity, Role
from privagraph.loaders.reviews.decisions import Claim, Decision, Person, Verdict, claim_of
from privagraph.loaders.reviews.rows import NO_CONCEPT, VERDICTS, Finding
from privagraph.loaders.reviews.sheets import SheetRow
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import TermKind, vocabulary

__all__ = ["decision_of", "is_filled"]

_SAY = "write right, wrong or changed"
_PROCESSING = ("dpv:Processing",)

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
    for verdict, words in VERDICTS.items():
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
    if said.casefold() == NO_CONCEPT:
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


def _curie(concept: str | None) -> str:
    return compact(concept) if concept else ""
