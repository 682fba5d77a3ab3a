"""A report and its policies as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from privagraph.report.charts import Chart
from privagraph.report.concepts import Concepts
from privagraph.report.counting import Numbers
from privagraph.report.marked import Passage
from privagraph.report.problems import Clash, FindingGroup, Unfitted
from privagraph.report.sides import Bar, Sides
from privagraph.report.values import CardLine, Denial, Kept, Ledger, Matrix, Place, Recipient, Right, Thing

__all__ = ["PolicyPart", "Report"]


@dataclass(frozen=True, slots=True)
class PolicyPart:
    """All that a report says of one policy.

    Attributes:
        id: What its anchors begin with.
        number: Its number in the report.
        iri: Its IRI.
        name: What it is called: its company, else its title or file.
        file: Names of the files that it was read from.
        language: Tag of the language that it is written in; empty where it is not known.
        updated: The day of its last change, else from which it holds; None where it says neither.
        numbers: What is counted of it.
        is_shown: Whether its part stands in the report; else it is counted alone.
        items: For each profile with items how many are met, missing and open.
    """

    id: str
    number: int
    iri: str
    name: str
    file: str
    language: str
    updated: date | None
    numbers: Numbers
    is_shown: bool = True
    card: tuple[CardLine, ...] = ()
    matrix: Matrix = Matrix()  # noqa: RUF009  # it is frozen
    ledgers: tuple[Ledger, ...] = ()
    loose: tuple[Thing, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    places: tuple[Place, ...] = ()
    safeguards: tuple[Thing, ...] = ()
    kept: tuple[Kept, ...] = ()
    rights: tuple[Right, ...] = ()
    ways: tuple[tuple[str, tuple[Thing, ...]], ...] = ()
    told: tuple[tuple[str, tuple[Thing, ...]], ...] = ()
    denials: tuple[Denial, ...] = ()
    clashes: tuple[Clash, ...] = ()
    findings: tuple[FindingGroup, ...] = ()
    items: tuple[tuple[str, int, int, int], ...] = ()
    unfitted: tuple[Unfitted, ...] = ()
    chart: Chart | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report, to be laid out.

    Attributes:
        title: Its title.
        policies: The policies, in the order of their files.
        totals: What is counted of all together.
        checked: Names of the profiles that were checked; none where nothing was.
        day: The day for which they were checked.
        sides: The policies beside each other; None where they are one, or too many.
        bars: How many policies state what, by topic, where they are too many to stand beside each other.
        chart: Which data goes where, of all policies together; None for a single one.
        shared: Which recipients several policies share.
        concepts: Explains the concepts that the report names.
    """

    title: str
    policies: tuple[PolicyPart, ...]
    totals: Numbers
    checked: tuple[tuple[str, str], ...] = ()
    day: date | None = None
    sides: Sides | None = None
    bars: tuple[tuple[str, tuple[Bar, ...], int], ...] = ()
    chart: Chart | None = None
    shared: Chart | None = None
    concepts: Concepts = field(default_factory=Concepts)

    @property
    def several(self) -> bool:
        """Whether it is about more than one policy."""
        return len(self.policies) > 1

    @property
    def shown(self) -> tuple[PolicyPart, ...]:
        """The policies whose parts stand in the report."""
        return tuple(each for each in self.policies if each.is_shown)
