"""``privagraph load``: a graph onto a SPARQL server, or into a store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from privagraph.cli.counts import counted
from privagraph.cli.progress import show_line
from privagraph.ontology.shown import harmless

if TYPE_CHECKING:
    from privagraph.queries.endpoints.loading import LoadReport

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph load graph --endpoint http://localhost:7878/query
  privagraph load shards/ --endpoint https://sparql.example/policies/query --jobs 4
  privagraph load graph --endpoint http://localhost:3030/ds/query --graph-store-url http://localhost:3030/ds/data
  privagraph load shards/ --output graph

\b
Exit codes:
  0 fine   2 input cannot be used   3 a bug of ours   130 interrupted
"""


@click.command("load", epilog=_EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--endpoint", "-e", metavar="URL", help="Where the server takes queries.")
@click.option(
    "--output", "-o", metavar="STORE", help="Load into this store instead: a folder, made if it is not there."
)
@click.option(
    "--update-url",
    metavar="URL",
    help="Where the server takes updates.  [default: .../update beside .../query; .../statements below "
    "/repositories/NAME; else the endpoint]",
)
@click.option(
    "--graph-store-url",
    metavar="URL",
    help="Put each policy by the Graph Store Protocol, at this address, instead of by updates.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The file that remembers what was sent.  [default: one for each server in your user folder]",
)
@click.option("--again", is_flag=True, help="Send what is there already, too.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="How many requests may be under way at the same time.",
)
@click.option(
    "--batch",
    type=click.IntRange(1),
    default=4,
    show_default=True,
    metavar="MB",
    help="How many megabytes of small policies go into one update.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when all is well.")
def command(
    sources: tuple[str, ...],
    endpoint: str | None,
    output: str | None,
    update_url: str | None,
    graph_store_url: str | None,
    state: str | None,
    again: bool,
    jobs: int,
    batch: int,
    quiet: bool,
) -> None:
    """Put a graph on a SPARQL server, or into a store.

    SOURCE is a store, a file with a graph, or a folder with N-Quads (.nq, .nq.gz, .nq.zst) such as `privagraph map
    --shards` writes. Policies go one by one, each as a whole, and take the place of what is there under their names;
    the vocabulary goes with them. What was sent before and is still there is not sent again, so a load that was
    interrupted goes on when it is started again.

    A password never stands on the command line: set PRIVAGRAPH_AUTHORIZATION to the header that the server asks for,
    or put its host into ~/.netrc.
    """
    if (endpoint is None) == (output is None):
        raise click.UsageError("name either a server with --endpoint or a store with --output.")
    if output is not None and (update_url or graph_store_url or state):
        raise click.UsageError("--update-url, --graph-store-url and --state are for servers; leave them out.")

    from privagraph.queries.endpoints.loading import load_graph

    shown = sys.stderr.isatty() and not quiet
    try:
        report = load_graph(
            sources,
            endpoint=endpoint,
            output=output,
            update_url=update_url,
            graph_store_url=graph_store_url,
            state=state,
            again=again,
            jobs=jobs,
            batch=batch * 1_000_000,
            progress=_show_progress if shown else None,
        )
    except KeyboardInterrupt:
        click.echo("\nwhat was loaded so far stays; the same command goes on from there", err=True)
        raise
    if shown:
        show_line("")
    if not quiet:
        click.echo(harmless(_summary(report)), err=True)


def _show_progress(policies: int, quads: int, place: str) -> None:
    """One line on the terminal that changes."""
    show_line(harmless(f"{counted(policies, 'policy', 'policies')}, {quads:,} quads, {place}"))


def _summary(report: LoadReport) -> str:
    policies = counted(report.policies, "policy", "policies")
    return f"{policies}: {report.sent:,} loaded ({report.quads:,} quads), {report.unchanged:,} unchanged"
