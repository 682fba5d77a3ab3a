"""``privagraph network``: the graph as a network, measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from privagraph.cli.counts import counted
from privagraph.cli.delivery import destination, reader_width
from privagraph.cli.options import filter_options, format_option, graph_option, output_file_option
from privagraph.queries.networks.measures import MEASURES
from privagraph.queries.networks.rows import FORMATS
from privagraph.queries.networks.views import VIEWS

if TYPE_CHECKING:
    from privagraph.queries.networks import Polarity
    from privagraph.queries.networks.rows import Format

__all__ = ["command"]

_WIDTH = max(len(name) for name in (*VIEWS, *MEASURES))
_EPILOG = "\n\n".join(
    (
        """\b
Examples:
  privagraph network flows --graph graph --top 20
  privagraph network sharing --graph graph --measure pagerank --measure degree --top 10
  privagraph network flows --graph graph --from pd:EmailAddress --to Mailgun
  privagraph network similarity --graph graph --measure community --format csv""",
        "\b\nViews:\n" + "\n".join(f"  {each.name:<{_WIDTH}}  {each.shows}" for each in VIEWS.values()),
        "\b\nMeasures:\n" + "\n".join(f"  {each.name:<{_WIDTH}}  {each.says}" for each in MEASURES.values()),
    )
)


@click.command("network", epilog=_EPILOG)
@click.argument("view", metavar="VIEW", type=click.Choice(tuple(VIEWS), case_sensitive=False))
@graph_option
@filter_options(polarity_default="both in full and practices; else affirmed")
@click.option(
    "--measure",
    "-m",
    "measures",
    multiple=True,
    metavar="NAME",
    type=click.Choice((*MEASURES, "all"), case_sensitive=False),
    help="List the nodes with this measure instead of the edges; can be given more than once. `all` takes all.",
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@click.option(
    "--from", "start", metavar="CONCEPT", help="With --to: the shortest flow of this category of data."
)
@click.option(
    "--to", "end", metavar="NAME", help="With --from: the organisation or kind of recipient that it ends at."
)
@format_option(FORMATS, default="table")
@output_file_option
def command(
    view: str,
    graph: str,
    policies: tuple[str, ...],
    data: str | None,
    purpose: str | None,
    recipient: str | None,
    polarity: str | None,
    measures: tuple[str, ...],
    top: int | None,
    start: str | None,
    end: str | None,
    format_: str,
    output: Path | None,
) -> None:
    """See the graph as a network of who gives what to whom, and measure it.

    Lists the edges of a view, the heaviest first, each with words that it rests on; with --measure its nodes; with
    --from and --to the steps of the shortest flow between them. `privagraph export --view VIEW` writes the whole
    network for other tools.
    """
    from privagraph.queries import networks
    from privagraph.queries.networks.rows import edge_rows, measure_rows, step_rows, write_rows
    from privagraph.queries.networks.similarity import AT_LEAST
    from privagraph.queries.store import GraphStore

    if (start is None) != (end is None):
        raise click.UsageError("--from and --to go together: some data, and who gets them.")
    if start is not None and not view.startswith("flows"):
        raise click.UsageError("--from and --to follow the flows; use them with `flows` or `flows-by-data`.")
    if start is not None and (data or recipient or polarity or measures):
        raise click.UsageError("--from and --to go with --policy, --purpose and --top alone.")
    with GraphStore.open(graph) as store:
        filters = networks.filters_named(
            store,
            policies=policies,
            data=data,
            purpose=purpose,
            recipient=recipient,
            polarity=cast("Polarity | None", polarity),
        )
        if start is not None:
            ends = networks.filters_named(store, data=start, recipient=end)
            network = networks.view(store, "flows-by-data", filters=filters)
            steps = networks.shortest_flow(network, str(ends.data), str(ends.recipient))
            rows, said = step_rows(steps[:top]), counted(len(steps), "step")
            if not steps:
                said = f"no policy states that {start} comes to {end}; `--recipient` lists what does"
        else:
            network = networks.view(store, view, filters=filters)
            said = f"{view}: {counted(len(network), 'node')}, {counted(network.number_of_edges(), 'edge')}"
            if view == "similarity" and len(network) > 1 and not network.number_of_edges():
                said += f"; no two are alike by {AT_LEAST} or more"
            names = tuple(MEASURES) if "all" in measures else measures
            rows = measure_rows(network, names, top=top) if measures else edge_rows(network, top=top)
    with destination(output) as stream:
        write_rows(rows, cast("Format", format_), stream, width=reader_width(output))
    if format_ == "table":
        click.echo(said, err=True)
