"""``privagraph ask``: a question in plain English, answered by the named query that asks the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_INPUT
from privagraph.cli.answers import answer_format_option, show
from privagraph.cli.options import on_option, output_file_option
from privagraph.cli.tables import aligned
from privagraph.ontology.shown import harmless

if TYPE_CHECKING:
    from privagraph.queries.asking import Asked

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph ask "Who gets my e-mail address?" --graph graph
  privagraph ask "How long does acme.html keep location data?" --graph graph
  privagraph ask "Do they sell my data?" --graph graph --format csv --output sale.csv
  privagraph ask "Can I have my account deleted?"
  privagraph ask "Is my data encrypted?" --sparql

\b
Exit codes:
  0 answered (or, without --graph, understood)   1 a check has findings
  2 not answered: no question of the catalogue fits, or a value is missing   3 a bug of ours
"""


@click.command("ask", epilog=_EPILOG)
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="The graph: a folder or file that `privagraph map` wrote, or the address of a SPARQL server. Without it, only "
    "what is understood is shown.",
)
@answer_format_option
@on_option
@click.option("--all-versions", is_flag=True, help="Ask versions of a policy too that a newer one replaced.")
@output_file_option
@click.option("--sparql", is_flag=True, help="Show the SPARQL text of the query too.")
def command(
    question: tuple[str, ...],
    graph: str | None,
    format_: str | None,
    on: date | None,
    all_versions: bool,
    output: Path | None,
    sparql: bool,
) -> None:
    """Ask a question in plain English.

    The question is matched to the named queries (`privagraph query --list`), and its parameters are read from its
    words: policies by file, title or company, kinds of data, purposes, recipients, days. What was understood is shown
    beside the answer, with near questions where it is not sure. Nothing is made up: where no query fits there is no
    answer.
    """
    text = " ".join(question).strip()
    if not text:
        raise click.UsageError('the question is empty; write one, such as "Who gets my data?".')
    if on is not None and all_versions:
        raise click.UsageError("--date and --all-versions exclude each other.")

    from privagraph.queries.asking import ask, understand

    if graph is None:
        if format_ or output or on or all_versions:
            raise click.UsageError("--format, --output, --date and --all-versions need --graph.")
        asked = understand(text)
    else:
        from privagraph.queries.store import GraphStore

        with GraphStore.open(graph) as store:
            asked = ask(store, text, on=on, all_versions=all_versions)
    beside = graph is not None or asked.advice is not None  # the answer alone is what programs read
    click.echo(harmless(_understood(asked)), err=beside)
    if sparql and asked.sparql:
        click.echo(f"\n{asked.sparql}", nl=False, err=beside)
    if asked.advice:
        click.echo(harmless(asked.advice), err=True)
        click.get_current_context().exit(EXIT_INPUT)
    if asked.caution:
        click.echo(harmless(asked.caution), err=True)
    if asked.answer is not None:
        click.echo(err=True)
        show(asked.answer, format_, output)


def _understood(asked: Asked) -> str:
    """What a question was understood as, for people."""
    rows: list[tuple[str, str]] = []
    if asked.query is not None:
        sure = "" if asked.sure else ", not sure"
        rows += [("question", asked.query.question), ("query", f"{asked.query.id} ({asked.score:.2f}{sure})")]
        for reading in asked.readings:
            label = f" ({reading.label})" if reading.label not in ("", reading.value) else ""
            rows.append((reading.param, f"{reading.value}{label}, from “{reading.words}”"))
    if asked.unread:
        rows.append(("not understood", ", ".join(f"“{word}”" for word in asked.unread)))
    if asked.query is not None and not asked.advice:
        rows.append(("the same", asked.command or ""))
    if not asked.sure:
        width = max((len(near.query.id) for near in asked.near), default=0)
        for number, near in enumerate(asked.near):
            rows.append(("" if number else "near", f"{near.query.id.ljust(width)}  {near.query.question}"))
    return aligned(rows)
