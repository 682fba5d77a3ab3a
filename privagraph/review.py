"""People look at what was found: tables to fill in, and what they decide brought back into the graph."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from privagraph.errors import GraphError, InputError, UnreadableSourceError
from privagraph.ontology.roles import GROUNDED_ROLES
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    from privagraph.loaders.reviews.applying import Applied
    from privagraph.loaders.reviews.rereading import Reread
    from privagraph.loaders.reviews.rows import Finding

__all__ = ["BELOW", "KINDS", "ReviewTable", "apply_review", "check_replaceable", "review_table"]

KINDS = ("mentions", "practices")
"""What there are tables of."""
BELOW = 0.7
"""What is less sure than this should be looked at, unless somebody asks for something else."""


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """A table to fill in.

    Attributes:
        content: The file.
        rows: How many findings are in it.
        findings: How many there are altogether in the policies that were asked for.
        decided: How many of them were decided before.
        versions: By the IRI of each policy whose file has the name of another one's, what the column ``version`` says.
    """

    content: bytes
    rows: int
    findings: int
    decided: int
    versions: Mapping[str, str] = field(default_factory=dict)


def review_table(
    graph: str | os.PathLike[str],
    *,
    what: str = "mentions",
    below: float = BELOW,
    ungrounded: bool = False,
    everything: bool = False,
    limit: int | None = None,
    policies: Collection[str] = (),
    tabs: bool = False,
) -> ReviewTable:
    """The findings that a person should look at, as a table.

    Args:
        graph: A store's folder, or a file with a graph.
        what: One of :data:`KINDS`.
        below: Findings that are less sure than this and were not decided before, the least sure first.
        ungrounded: Mentions too that no concept fits, though their role asks for one.
        everything: All findings, those that were decided included, in the order of the text.
        limit: How many rows at most.
        policies: Names of the policies to look at; all, in their current versions, when empty.
        tabs: Whether tabs are between the cells (TSV), not commas (CSV).

    Raises:
        GraphError: There is no graph or no such policy, or it is not as ``privagraph map`` writes it.
    """
    from privagraph.loaders.reviews.rereading import reread
    from privagraph.loaders.reviews.rows import COLUMNS, findings_of, row_of, versions_of
    from privagraph.loaders.reviews.sheets import written_sheet
    from privagraph.queries.choice import policies_named
    from privagraph.queries.versions import policies_to_ask

    with GraphStore.open(graph) as store:
        named = {iri for name in policies for iri in policies_named(store, name)}
        chosen = named or policies_to_ask(store) or store.policies()
        read = [reread(iri, store.quads(iri)) for iri in chosen]
    every = [
        finding
        for policy in sorted(read, key=lambda each: (each.sources, each.iris.policy))
        for finding in findings_of(policy)
        if finding.name.startswith(what[:-1])
    ]
    decided = sum(finding.decision is not None for finding in every)
    if everything:
        asked = every
    else:
        asked = [each for each in every if each.decision is None and _asks(each, below, ungrounded)]
        asked.sort(key=lambda each: each.found.confidence)
    versions = versions_of(read)
    rows = [row_of(each, version=versions.get(each.policy.iris.policy, "")) for each in asked[:limit]]
    content = written_sheet(COLUMNS[what], rows, tabs=tabs)
    return ReviewTable(content, len(rows), len(every), decided, versions)


def _asks(finding: Finding, below: float, ungrounded: bool) -> bool:
    """Whether a finding asks to be looked at."""
    found = finding.found
    if found.confidence < below:
        return True
    bare = getattr(found, "concept", "practice") is None and getattr(found, "agent", None) is None
    return ungrounded and bare and str(getattr(found, "role", "")) in GROUNDED_ROLES


def check_replaceable(place: str | os.PathLike[str]) -> None:
    """Check that a new table may be written to a place: that nobody's verdicts are lost by it.

    Args:
        place: Where the table is to go.

    Raises:
        InputError: There is a table that somebody has filled in, or a file that may be one and cannot be read.
    """
    from privagraph.loaders.reviews.answers import is_filled
    from privagraph.loaders.reviews.sheets import read_sheet

    file = Path(place)
    if not file.is_file():
        return
    try:
        content = file.read_bytes()
        rows = read_sheet(content, name=str(place), needed=("id", "verdict")) if content.strip() else []
    except InputError as error:
        reason = f"is there already and cannot be read as a table ({error.reason})"
        raise InputError(str(place), reason, "write to another file, or move this one away") from error
    except OSError as error:
        reason = f"is there already and cannot be read ({error.strerror})"
        raise InputError(str(place), reason, "write to another file") from error
    filled = sum(map(is_filled, rows))
    if filled:
        many = "1 row" if filled == 1 else f"{filled} rows"
        reason = f"holds the verdicts of a person in {many}, which would be lost"
        raise InputError(str(place), reason, "apply it, and write to another file")


def apply_review(
    graph: str | os.PathLike[str], table: str | os.PathLike[str], *, by: str, on: date | None = None
) -> Applied:
    """Bring what a person decided into the graph.

    Rows that cannot be applied are left out and told; all others are applied together.

    Args:
        graph: A store's folder, or a file with a graph, which is written anew.
        table: A table that :func:`review_table` made and a person filled in.
        by: Who decided: a name, or an IRI.
        on: On which day; today when None.

    Returns:
        What became of the rows.

    Raises:
        InputError: The file is no such table, or nobody is named.
        GraphError: The graph cannot be read or written.
    """
    from privagraph.loaders.reviews.applying import applied
    from privagraph.loaders.reviews.rows import short_name
    from privagraph.loaders.reviews.sheets import read_sheet
    from privagraph.queries.formats import write_quads
    from privagraph.shapes.derivation.recording import with_contradictions

    name = os.fspath(table)
    try:
        content = Path(table).read_bytes()
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise UnreadableSourceError(name, reason, "give the table that `privagraph review` wrote") from error
    rows = read_sheet(content, name=Path(table).name, needed=("id", "verdict"))
    wanted = {row.cells["id"].partition("/")[0] for row in rows}
    is_file = not Path(graph).is_dir()
    with GraphStore.open(graph, writable=not is_file and _is_filled(Path(graph))) as store:
        policies = [iri for iri in store.policies() if short_name(iri) in wanted]
        _check_apart(store.location, policies)
        made = applied(rows, _reread(store, policies), by=by, on=on or date.today())
        new = {
            policy.iris.policy: set(with_contradictions(policy.iris.policy, policy.quads(review)))
            for policy, review in made.changed
        }
        if is_file and new:
            others = [quad for quad in store.quads() if getattr(quad.graph_name, "value", "") not in new]
            every = [*others, *(quad for quads in new.values() for quad in quads)]
            write_quads(sorted(every, key=lambda quad: str(quad.graph_name)), Path(graph))
        elif new:
            store.replace_policies(new)
    return made


def _reread(store: GraphStore, policies: Collection[str]) -> list[Reread]:
    from privagraph.loaders.reviews.rereading import reread

    return [reread(iri, store.quads(iri)) for iri in policies]


def _is_filled(folder: Path) -> bool:
    """Whether a folder is a store; opening another one to write would make a new one of it."""
    from privagraph.queries.store import is_store

    return is_store(folder)


def _check_apart(location: str, policies: Collection[str]) -> None:
    """A table names policies by their content, so that one content under two bases cannot be told apart."""
    from privagraph.loaders.reviews.rows import short_name

    names = [short_name(iri) for iri in policies]
    twice = sorted(iri for iri in policies if names.count(short_name(iri)) > 1)
    if twice:
        raise GraphError(
            location,
            f"holds one policy under two bases: {', '.join(twice)}",
            "map each base into a graph of its own",
        )
