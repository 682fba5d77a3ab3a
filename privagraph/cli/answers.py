"""How commands write the answer of a query: the options for it, the rows, and what people want to know beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from privagraph.cli import EXIT_FINDINGS
from privagraph.cli.counts import counted
from privagraph.cli.delivery import destination, reader_width

if TYPE_CHECKING:
    from privagraph.queries.answers import Answer, Format

__all__ = ["FORMATS", "answer_format_option", "show"]

_F = TypeVar("_F", bound=Callable[..., object])

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "html", "parquet", "turtle")
"""The formats of answers; :data:`privagraph.queries.answers.FORMATS`, without what it takes to import that."""


def answer_format_option(function: _F) -> _F:
    """``--format``: how to write the answer, as ``format_: str | None``."""
    return click.option(
        "--format",
        "-f",
        "format_",
        type=click.Choice(FORMATS, case_sensitive=False),
        help="How to write the answer.  [default: table; turtle for CONSTRUCT and DESCRIBE]",
    )(function)


def show(answer: Answer, format_: str | None, output: Path | None) -> None:
    """Write an answer, and end with the exit code for findings where a check has some.

    Args:
        answer: The answer.
        format_: One of :data:`FORMATS`; the one that suits the answer when None.
        output: The file to write; standard output when None.

    Raises:
        GraphError: The file cannot be written.
        QueryError: The format does not fit the answer.
    """
    from privagraph.queries.answers import write

    chosen = (format_ or ("turtle" if answer.kind == "construct" else "table")).lower()
    with destination(output) as stream:
        write(answer, cast("Format", chosen), stream, width=reader_width(output))
    _comment(answer, chosen)
    if answer.findings:
        click.get_current_context().exit(EXIT_FINDINGS)


def _comment(answer: Answer, format_: str) -> None:
    """What a person wants to know beside the rows; not for programs, so on standard error."""
    if answer.query is not None and answer.query.kind == "check":
        found = len(answer)
        if found:
            click.echo(
                f"{answer.query.level}: {counted(found, 'finding')}. {answer.query.problem} "
                f"To do: {answer.query.fix}",
                err=True,
            )
        else:
            click.echo("passed: no findings", err=True)
    elif answer.kind == "select" and format_ == "table":
        count = len(answer)
        click.echo(counted(count, "row") if count else "no rows", err=True)
