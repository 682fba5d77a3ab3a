"""``privagraph export``: hand a graph to another tool."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli.counts import counted
from privagraph.cli.options import graph_option, output_file_option
from privagraph.queries.export.registry import FORMATS

if TYPE_CHECKING:
    from privagraph.queries.export import Exported

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph export --graph graph --to graphml --output graph.graphml
  privagraph export --graph graph --to dot --policy acme.html | dot -Tsvg > acme.svg
  privagraph export --graph graph --to trig --output graph.trig
"""
_EPILOG += "\n\b\nFormats:\n" + "\n".join(f"  {each.name:<11} {each.purpose}" for each in FORMATS.values())


@click.command("export", epilog=_EPILOG)
@graph_option
@click.option(
    "--to",
    required=True,
    type=click.Choice(tuple(FORMATS), case_sensitive=False),
    help="The format of the tool.",
)
@output_file_option
@click.option("--policy", metavar="NAME", help="Only this policy, by file name, title or IRI.")
def command(graph: str, to: str, output: Path | None, policy: str | None) -> None:
    """Write a graph in the format of another tool, with all that it holds.

    The RDF formats hold the graph as it is. The others hold it as a network: policies, practices, organisations and
    concepts are nodes, properties are edges, and the words behind each fact are attributes of its edge. Practices that
    a policy denies are in it, marked with the polarity `denied`.
    """
    from privagraph.queries.choice import policy_named
    from privagraph.queries.export import export
    from privagraph.queries.store import GraphStore

    with GraphStore.open(graph) as store:
        chosen = policy_named(store, policy) if policy else None
        if output is not None:
            written = export(store, to.lower(), output, policy=chosen)
        else:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "export"
                written = export(store, to.lower(), file, policy=chosen)
                sys.stdout.flush()
                sys.stdout.buffer.write(file.read_bytes())
                sys.stdout.buffer.flush()
    click.echo(_summary(written), err=True)


def _summary(written: Exported) -> str:
    policies = counted(written.policies, "policy", "policies")
    size = f"{written.nodes} nodes, {written.edges} edges" if written.nodes else f"{written.quads} quads"
    practices = f"{written.practices} practices ({written.denied} denied)"
    return f"wrote {policies}, {practices}, {written.mentions} mentions: {size}"
