"""``privagraph query``: ask a graph a named question, or one of your own."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli.answers import answer_format_option, show
from privagraph.cli.completion import complete_name, complete_param, complete_tag
from privagraph.cli.options import on_option, output_file_option

if TYPE_CHECKING:
    from privagraph.queries.catalogue import Query

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph query --list
  privagraph query recipients-by-data --graph graph
  privagraph query retention --graph graph --param policy=acme.html
  privagraph query evidence-of --graph graph --param concept=pd:Contact
  privagraph query practices --graph graph --format csv --output practices.csv
  privagraph query my-question.rq --graph graph --format json
  privagraph query -e 'SELECT ?p { ?p a pg:DeniedPractice }' --graph graph

\b
Exit codes:
  0 fine   1 a check has findings   2 input cannot be used   3 a bug of ours
"""


@click.command("query", epilog=_EPILOG)
@click.argument("name", required=False, metavar="[NAME | FILE.rq]", shell_complete=complete_name)
@click.option(
    "--text", "-e", metavar="TEXT", help="Ask this SPARQL text; `-e -` reads it from standard input."
)
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="The graph: a folder or file that `privagraph map` wrote, or the address of a SPARQL server.",
)
@answer_format_option
@click.option(
    "--param",
    "-p",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for a parameter of the query; can be given more than once.",
    shell_complete=complete_param,
)
@on_option
@click.option("--all-versions", is_flag=True, help="Ask versions of a policy too that a newer one replaced.")
@output_file_option
@click.option("--list", "list_", is_flag=True, help="List the named queries, and stop.")
@click.option(
    "--tag", metavar="TAG", help="With --list: only the queries with this tag.", shell_complete=complete_tag
)
@click.option(
    "--describe",
    metavar="NAME",
    help="Show a named query with its SPARQL text, and stop.",
    shell_complete=complete_name,
)
def command(
    name: str | None,
    text: str | None,
    graph: str | None,
    format_: str | None,
    pairs: tuple[str, ...],
    on: date | None,
    all_versions: bool,
    output: Path | None,
    list_: bool,
    tag: str | None,
    describe: str | None,
) -> None:
    """Ask a graph a named question, or a SPARQL query of your own.

    A name is one of those that --list shows; a name that ends in .rq, or holds a slash, is a file. The prefixes of the
    project (dpv, pd, eu-gdpr, pg, oa, prov, skos ...) need not be declared. Patterns outside GRAPH see all policies
    and the vocabulary together. Queries only read: SPARQL Update and SERVICE are refused.

    Of a policy that was mapped in several versions a named question asks the current one; --date and --all-versions
    choose others. SPARQL of your own sees all of them.
    """
    if list_ or tag:
        _list(tag)
        return
    if describe:
        _describe(describe)
        return
    params = _params(pairs)
    query, where = _question(name, text)
    if on is not None and all_versions:
        raise click.UsageError("--date and --all-versions exclude each other.")
    if graph is None:
        raise click.UsageError("missing option '--graph' / '-g': name what `privagraph map` wrote.")

    from privagraph.queries.answers import run
    from privagraph.queries.store import GraphStore

    with GraphStore.open(graph) as store:
        answer = run(store, query, params, where=where, on=on, all_versions=all_versions)
    show(answer, format_, output)
    if isinstance(query, str) and not answer and not answer.truth:
        _doubt(query)


def _doubt(text: str) -> None:
    """Say which terms of a query that found nothing do not exist."""
    from privagraph.queries.sparql import unknown_terms

    for term, near in unknown_terms(text):
        hint = f"; did you mean {near}?" if near else ""
        click.echo(f"note: the vocabulary has no term {term}{hint}", err=True)


def _question(name: str | None, text: str | None) -> tuple[Query | str, str]:
    """What is asked, and what to call it in messages."""
    from privagraph.queries.catalogue import load

    if (name is None) == (text is None):
        raise click.UsageError(
            "give one of: the NAME of a query, a FILE.rq, or a text with -e; --list shows the names."
        )
    if text is not None:
        return (sys.stdin.read() if text == "-" else text), "the query text"
    assert name is not None  # one of the two is given
    if "{" in name:
        raise click.UsageError("a SPARQL text goes after -e.")
    if not (name.lower().endswith((".rq", ".sparql")) or "/" in name or "\\" in name):
        return load(name), name

    from privagraph.errors import UnreadableSourceError

    try:
        return Path(name).read_text(encoding="utf-8-sig"), name
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            name, "not UTF-8", "save the query as UTF-8, which SPARQL asks for"
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        advice = "check the file's name, or use a name that `privagraph query --list` shows"
        raise UnreadableSourceError(name, f"cannot be read ({reason})", advice) from error


def _params(pairs: tuple[str, ...]) -> dict[str, str]:
    params: dict[str, str] = {}
    for pair in pairs:
        written, equals, value = pair.partition("=")
        name = written.removeprefix("?")
        if not equals or not name:
            raise click.UsageError(f"--param takes NAME=VALUE, not {pair!r}.")
        if name in params:
            raise click.UsageError(f"--param {name} is given twice.")
        params[name] = value
    return params


def _list(tag: str | None) -> None:
    from privagraph.queries.catalogue import catalogue

    found = catalogue(tag=tag)
    if not found:
        tags = sorted({each for query in catalogue() for each in query.tags})
        raise click.UsageError(f"no query has the tag {tag!r}; there are {', '.join(tags)}.")
    width = max(len(query.id) for query in found)
    for query in found:
        click.echo(f"{query.id.ljust(width)}  {query.question}")


def _describe(name: str) -> None:
    from privagraph.queries.catalogue import load

    query = load(name)
    click.echo(f"{query.id}: {query.title}\n\n  {query.question}\n")
    if query.kind == "check":
        click.echo(f"  A check ({query.level}): it passes when there are no rows.")
        click.echo(f"  Problem: {query.problem}\n  To do: {query.fix}\n")
    for param in query.params:
        need = "needed" if param.required else "optional"
        click.echo(f"  --param {param.name}=...  ({param.type}, {need})")
    click.echo(
        f"  Columns: {', '.join(query.columns)}\n  Tags: {', '.join(query.tags)}\n  Since: {query.since}\n"
    )
    click.echo(query.text, nl=False)
