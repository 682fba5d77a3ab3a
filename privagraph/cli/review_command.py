"""``privagraph review``: let a person look at what was found, and bring back what the person decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_FINDINGS
from privagraph.cli.counts import counted
from privagraph.cli.delivery import deliver
from privagraph.cli.options import CONFIDENCE, DAY, output_file_option
from privagraph.ontology.shown import harmless
from privagraph.review import BELOW, KINDS

if TYPE_CHECKING:
    from privagraph.loaders.reviews.applying import Applied

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph review --graph graph --output review.csv
  privagraph review --graph graph --what practices --below 0.6 --output practices.tsv
  privagraph review --graph graph --all --policy acme.html --output acme.csv
  privagraph review --graph graph --apply review.csv --by "Ada Krumm"

\b
Exit codes:
  0 fine   1 rows could not be applied; the others were   2 input cannot be used   3 a bug of ours
"""


# --graph is not the shared option: the graph can also be named without it.
@click.command("review", epilog=_EPILOG)
@click.argument("graph_named", required=False, metavar="[GRAPH]")
@click.option(
    "--graph", "-g", metavar="GRAPH", help="The graph: a folder or file that `privagraph map` wrote."
)
@output_file_option
@click.option(
    "--what",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help="What the table is of.",
)
@click.option(
    "--below",
    type=CONFIDENCE,
    metavar="X",
    help=f"List what is less sure than X and not decided yet.  [default: {BELOW}]",
)
@click.option(
    "--ungrounded", is_flag=True, help="List mentions without a concept too, however sure they are."
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="List everything, with what was decided, in the order of the text.",
)
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="List at most N.")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    help="List this policy alone, by file name, title or IRI; can be given more than once.",
)
@click.option(
    "--apply",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Bring the table FILE, filled in, back into the graph.",
)
@click.option("--by", metavar="WHO", help="With --apply: who decided, by name or IRI.")
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="With --apply: the day of the decisions.  [default: today]",
)
@click.pass_context
def command(
    context: click.Context,
    graph_named: str | None,
    graph: str | None,
    output: Path | None,
    what: str,
    below: float | None,
    ungrounded: bool,
    everything: bool,
    limit: int | None,
    policies: tuple[str, ...],
    table: Path | None,
    by: str | None,
    on: date | None,
) -> None:
    """Let a person look at what was found, and bring back what the person decides.

    Writes a table, CSV or (where FILE ends in .tsv) with tabs, of the findings that are least sure. In a
    spreadsheet the person writes right, wrong or changed into the column verdict, and corrections and notes into
    the columns after it. With --apply the decisions go into the graph, with who made them and when. They stay
    there when the policy is mapped again; one that fits nothing that is found then is told, and not in force.
    """
    place = graph or graph_named
    if place is None or (graph and graph_named):
        raise click.UsageError("name one graph, with '--graph' / '-g': what `privagraph map` wrote.")
    chosen = ("output", "what", "below", "ungrounded", "everything", "limit", "policies")
    if table is not None:
        _refuse(context, chosen, "are for writing a table, not for --apply")
        if not by:
            raise click.UsageError("--apply needs --by: who decided, by name or IRI.")
        from privagraph.review import apply_review

        made = apply_review(place, table, by=by, on=date(on.year, on.month, on.day) if on else None)
        _account(made, by)
        if made.problems:
            context.exit(EXIT_FINDINGS)
        return
    _refuse(context, ("by", "on"), "belong to --apply")
    if everything:
        _refuse(context, ("below", "ungrounded"), "choose some, and --all takes everything")
    _write(place, output, what, BELOW if below is None else below, ungrounded, everything, limit, policies)


def _refuse(context: click.Context, names: tuple[str, ...], why: str) -> None:
    """Options that mean nothing here are an error, not passed over."""
    given = [
        max(parameter.opts, key=len)
        for parameter in context.command.params
        if parameter.name in names
        and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"{', '.join(given)}: {why}.")


def _write(
    graph: str,
    output: Path | None,
    what: str,
    below: float,
    ungrounded: bool,
    everything: bool,
    limit: int | None,
    policies: tuple[str, ...],
) -> None:
    from privagraph.review import check_replaceable, review_table

    if output is not None:
        check_replaceable(output)
    table = review_table(
        graph,
        what=what,
        below=below,
        ungrounded=ungrounded,
        everything=everything,
        limit=limit,
        policies=policies,
        tabs=output is not None and output.suffix.lower() in (".tsv", ".tab"),
    )
    deliver(table.content, output)
    click.echo(
        f"{table.rows} of {table.findings} {what} to look at, {table.decided} decided before", err=True
    )
    if table.versions:
        one = next(iter(table.versions)).rpartition("/")[2]
        click.echo(
            f"  {len(table.versions)} policies share the name of their file: the column version tells them "
            f"apart, and --policy {one} lists one alone",
            err=True,
        )


def _account(made: Applied, by: str) -> None:
    """What became of the rows, in lines to read."""
    policies = counted(len(made.changed), "policy", "policies")
    click.echo(f"{counted(made.decisions, 'decision')} by {by} applied to {policies}", err=True)
    if made.unchanged:
        click.echo(f"  decided so before: {counted(made.unchanged, 'row')}", err=True)
    if made.undecided:
        click.echo(f"  without a verdict: {counted(made.undecided, 'row')}", err=True)
    if made.problems:
        click.echo(f"not applied: {counted(len(made.problems), 'row')}", err=True)
        for problem in made.problems:
            click.echo(harmless(f"  {problem}"), err=True)
