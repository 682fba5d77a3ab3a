"""``privagraph export``: hand a graph to another tool."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from privagraph.cli.counts import counted
from privagraph.cli.options import filter_options, graph_option
from privagraph.ontology.shown import harmless
from privagraph.queries.export.registry import FORMATS, Kind
from privagraph.queries.networks import VIEWS

if TYPE_CHECKING:
    from privagraph.queries.export import Exported
    from privagraph.queries.networks import Polarity

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph export --graph graph --to graphml --output graph.graphml
  privagraph export --graph graph --to svg --view flows --output flows.svg
  privagraph export --graph graph --to html --view practices --policy acme.html --output acme-graph.html
  privagraph export --graph graph --to cypher --policy acme.html --output acme.cypher
  privagraph export --graph graph --to mermaid --data pd:Contact --polarity denied
  privagraph export --graph graph --to neo4j --output neo4j/
"""
_WIDTH = max(len(name) for name in (*FORMATS, *VIEWS))
_EPILOG += "\n\b\nFormats:\n" + "\n".join(
    f"  {each.name:<{_WIDTH}}  {each.purpose}" for each in FORMATS.values()
)
_EPILOG += "\n\n\b\nViews:\n" + "\n".join(f"  {each.name:<{_WIDTH}}  {each.shows}" for each in VIEWS.values())


@click.command("export", epilog=_EPILOG)
@graph_option
@click.option(
    "--to",
    required=True,
    metavar="FORMAT",
    type=click.Choice(tuple(FORMATS), case_sensitive=False),
    help="The format of the tool; they are listed below.",
)
@click.option(
    "--output",
    "-o",
    metavar="PATH",
    help="Write to this file instead of standard output. A folder, or a name that ends in a slash, gets all the files "
    "that the format has.",
)
@click.option(
    "--view",
    metavar="VIEW",
    type=click.Choice(tuple(VIEWS), case_sensitive=False),
    default="full",
    show_default=True,
    help="Which network to write; they are listed below.",
)
@filter_options(polarity_default="both; affirmed in views that count")
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many nodes a picture (svg, png, html) may show; of more, the first policies or the nodes with the most "
    "neighbours are drawn.  [default: 500]",
)
@click.option(
    "--width",
    metavar="PIXELS",
    type=click.IntRange(min=16, max=20_000),
    help="How wide a png is; twice the size of the svg unless given.",
)
def command(
    graph: str,
    to: str,
    output: str | None,
    view: str,
    policies: tuple[str, ...],
    data: str | None,
    purpose: str | None,
    recipient: str | None,
    polarity: str | None,
    most: int | None,
    width: int | None,
) -> None:
    """Write a graph in the format of another tool, or as a picture.

    The RDF formats hold the graph as it is. Network formats hold a view of it: in `full`, policies, practices,
    organisations and concepts are nodes, properties are edges, and the words behind each fact are attributes of its
    edge. What a policy denies is in it, marked with the polarity `denied`.
    """
    from privagraph.queries.drawing import MOST, Drawing
    from privagraph.queries.export import export
    from privagraph.queries.networks import filters_named
    from privagraph.queries.store import GraphStore

    format_ = FORMATS[to.lower()]
    if format_.folder and output is None:
        raise click.UsageError(
            f"{to} is {' and '.join(format_.files)}; name a folder for them with --output FOLDER/."
        )
    if most is not None and format_.kind is not Kind.PICTURE:
        raise click.UsageError(f"--most is for pictures (svg, png, html); {to} is written whole.")
    if width is not None and format_.name != "png":
        raise click.UsageError(f"--width is for png; {to} has no pixels.")
    drawing = Drawing(most=most or MOST, width=width)
    with GraphStore.open(graph) as store:
        filters = filters_named(
            store,
            policies=policies,
            data=data,
            purpose=purpose,
            recipient=recipient,
            polarity=cast("Polarity | None", polarity.lower() if polarity else None),
        )
        if output is not None:
            written = export(store, to.lower(), output, view=view.lower(), filters=filters, drawing=drawing)
        else:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "export"
                written = export(store, to.lower(), file, view=view.lower(), filters=filters, drawing=drawing)
                sys.stdout.flush()
                sys.stdout.buffer.write(file.read_bytes())
                sys.stdout.buffer.flush()
    where = _where(written) if output is not None and Path(output).is_dir() else ""
    click.echo(_summary(written, format_.kind, view.lower()) + where, err=True)
    for note in written.notes:
        click.echo(harmless(f"note: {note}"), err=True)


def _summary(written: Exported, kind: Kind, view: str) -> str:
    policies = counted(written.policies, "policy", "policies")
    practices = f"{counted(written.practices, 'practice')} ({written.denied} denied)"
    size = {
        Kind.NETWORK: f"{counted(written.nodes, 'node')}, {counted(written.edges, 'edge')}",
        Kind.PICTURE: f"{counted(written.nodes, 'node')}, {counted(written.edges, 'edge')}",
        Kind.RDF: counted(written.quads, "quad"),
        Kind.TABLES: counted(written.rows, "row"),
        Kind.DOCUMENT: counted(len(written.files), "file"),
    }[kind]
    if view != "full":
        return f"wrote {view} of {policies}, from {practices}: {size}"
    return f"wrote {policies}, {practices}, {counted(written.mentions, 'mention')}: {size}"


def _where(written: Exported) -> str:
    """The files that were written into a folder; many are counted before."""
    names = [file.name for file in written.files]
    return f" in {', '.join(names)}" if 0 < len(names) < 4 else ""
