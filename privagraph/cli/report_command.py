"""``privagraph report``: one file that tells the story of policies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from privagraph.cli.delivery import destination
from privagraph.cli.options import DAY, output_file_option

__all__ = ["command"]

_FORMATS = ("html", "markdown")

_EPILOG = """\b
Examples:
  privagraph report graph --output report.html
  privagraph report graph --output report.md
  privagraph report graph --policy acme.html --policy kestrel.txt --output two.html
  privagraph report graph --profile gdpr --profile clarity --title "Suppliers, spring review" -o report.html
"""


@click.command("report", epilog=_EPILOG)
@click.argument("graph", metavar="GRAPH", required=False)
@click.option("--graph", "-g", "option", metavar="GRAPH", help="The graph, as other commands take it.")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    help="Only this policy, by file name, title or IRI; can be given more than once.",
)
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(_FORMATS, case_sensitive=False),
    help="How to write it.  [default: markdown where FILE ends in .md, else html]",
)
@output_file_option
@click.option("--title", default="", metavar="TEXT", help="The title of the report.")
@click.option(
    "--profile",
    "-p",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="A set of rules to check the policies against; can be given more than once.  "
    "[default: structure, gdpr, consistency]",
)
@click.option("--no-findings", is_flag=True, help="Check no rules; the report is there sooner.")
@click.option(
    "--date",
    "day",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="The day for which policies are checked, for rules on their age.  [default: today]",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check so many policies at the same time.  [default: as many as there are processors]",
)
def command(
    graph: str | None,
    option: str | None,
    policies: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    title: str,
    profiles: tuple[str, ...],
    no_findings: bool,
    day: datetime | None,
    jobs: int | None,
) -> None:
    """Write one file that tells the story of one or many policies, for people to read and to print.

    GRAPH is a folder or file that `privagraph map` wrote, or the address of a SPARQL server.

    The report says who, when and which law; what is done with which data and why; who gets it, where it goes, how
    long it is kept; rights, denials, contradictions, and what a validation finds. Several policies are laid side by
    side. Every number, cell and bar leads to the quoted words. The page loads nothing, and works without a server.
    """
    from privagraph.queries.store import GraphStore
    from privagraph.report import report_on, write_to
    from privagraph.shapes.rules import DEFAULT_PROFILES, select_profiles

    if (graph is None) == (option is None):
        raise click.UsageError("name one graph: the folder or file that `privagraph map` wrote.")
    if profiles and no_findings:
        raise click.UsageError("--profile checks rules, and --no-findings does not; give one of them.")
    checking = () if no_findings else select_profiles(profiles or DEFAULT_PROFILES)
    by_name = output is not None and output.suffix.lower() in (".md", ".markdown")
    with GraphStore.open(graph or option or "") as store:
        report = report_on(
            store,
            policies=policies,
            profiles=checking,
            title=title,
            on=day.date() if day else None,
            jobs=jobs,
        )
    is_markdown = format_.lower() == "markdown" if format_ else by_name
    with destination(output) as stream:
        write_to(stream, report, "markdown" if is_markdown else "html")
    if output is not None:
        shown, every = len(report.shown), len(report.policies)
        click.echo(f"report: {output}, {every} {'policy' if every == 1 else 'policies'}", err=True)
        if shown < every:
            click.echo(
                f"  note: {every - shown} of them are counted without a part of their own, to keep the file small; "
                "name some with --policy",
                err=True,
            )
