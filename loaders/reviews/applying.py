"""A filled table, brought to the policies that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from privagraph.errors import InputError
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.reviews.answers import decision_of, is_filled
from privagraph.loaders.reviews.decisions import Decision, Person, Reviewed
from privagraph.loaders.reviews.matching import reviewed
from privagraph.loaders.reviews.rereading import Reread
from privagraph.loaders.reviews.rows import Finding, findings_of, short_name
from privagraph.loaders.reviews.sheets import SheetRow

__all__ = ["Applied", "applied", "person"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a table.

    Attributes:
        changed: The policies about which something new was decided, with what holds of them now.
        decisions: How many rows decided something new.
        unchanged: How many rows say what is decided already.
        undecided: How many rows nobody has filled in.
        problems: What is wrong with the rows that could not be applied.
    """

    changed: tuple[tuple[Reread, Reviewed], ...] = ()
    decisions: int = 0
    unchanged: int = 0
    undecided: int = 0
    problems: tuple[InputError, ...] = ()


def applied(rows: Collection[SheetRow], policies: Iterable[Reread], *, by: str, on: date) -> Applied:
    """Make decisions of the rows of a table.

    Args:
        rows: The rows.
        policies: The policies that they may be about.
        by: Who decides: a name or an IRI.
        on: On which day.

    Raises:
        InputError: Nobody is named by ``by``.
    """
    person(by, PolicyIris("", ""))
    filled = [row for row in rows if is_filled(row)]
    wanted = {row.cells["id"].partition("/")[0] for row in filled}
    known = {short_name(each.iris.policy): each for each in policies}
    findings: dict[str, Finding] = {
        finding.id: finding for name in sorted(wanted & set(known)) for finding in findings_of(known[name])
    }
    made: dict[str, Decision] = {}
    said: dict[str, tuple[int, object]] = {}
    problems: list[InputError] = []
    unchanged = 0
    for row in filled:
        try:
            finding = _found(row, findings, known)
            decision = decision_of(row, finding, by=person(by, finding.policy.iris), on=on)
            number, before = said.setdefault(finding.id, (row.number, decision))
            if before != decision:
                raise row.wrong(f"decides otherwise than row {number} about the same", "keep one of the rows")
        except InputError as error:
            problems.append(error)
            continue
        former = finding.decision
        if former and (former.decided, former.note) == (decision.decided, decision.note):
            unchanged += 1
        else:
            made[finding.id] = decision
    changed = [
        (
            known[name],
            _review(known[name], [each for id_, each in made.items() if id_.startswith(f"{name}/")]),
        )
        for name in sorted({id_.partition("/")[0] for id_ in made})
    ]
    return Applied(tuple(changed), len(made), unchanged, len(rows) - len(filled), tuple(problems))


def person(by: str, iris: PolicyIris) -> Person:
    """The person of a name, or of an IRI.

    Args:
        by: The name or the IRI.
        iris: The IRIs under whose base a person is named that has none of its own.

    Raises:
        InputError: It is neither.
    """
    name = " ".join(by.split())
    if not name:
        raise InputError("--by", "no name", "say who decided: a name, or an IRI such as an ORCID")
    if " " in name or not name.startswith(("http://", "https://", "mailto:", "urn:")):
        return Person(iris.person(name), name)
    try:
        NamedNode(name)
    except ValueError as error:
        raise InputError(
            name, f"no IRI ({error})", "give a name, or an absolute IRI such as an ORCID"
        ) from error
    return Person(name, name)


def _review(policy: Reread, more: Iterable[Decision]) -> Reviewed:
    return reviewed(policy.found, [*policy.decisions.values(), *more], policy.iris)


def _found(row: SheetRow, findings: dict[str, Finding], known: Collection[str]) -> Finding:
    id_ = row.cells["id"]
    if id_ in findings:
        return findings[id_]
    if id_.partition("/")[0] not in known:
        raise row.wrong(
            f"no policy {id_.partition('/')[0]!r} in the graph", "give the graph that it was written from"
        )
    raise row.wrong(
        f"no finding {id_!r} in the graph",
        "the policy was mapped anew since; write a new table, which has the decisions made so far",
    )
