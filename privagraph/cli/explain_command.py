"""``privagraph explain``: one fact of a graph, back to its words."""

from __future__ import annotations

import shutil
import sys

import click

from privagraph.cli.options import format_option, graph_option

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph explain practice/79ad6d83e4aa3a3c --graph graph
  privagraph explain https://w3id.org/privagraph/id/agent/stripe --graph graph
  privagraph explain pd:EmailAddress --graph graph --format markdown

\b
Exit codes:
  0 fine   2 input cannot be used   3 a bug of ours
"""


@click.command("explain", epilog=_EPILOG)
@click.argument("iri", metavar="IRI")
@graph_option
@format_option(("text", "markdown", "json"), default="text")
def command(iri: str, graph: str, format_: str) -> None:
    """Show one fact of a graph: its words, what they say, how it was found, how sure that is, what follows.

    IRI names a practice, a mention, an observation, an organisation, a policy or a concept, as the answers of queries
    do; its end will do where no other ends so, such as practice/79ad6d83e4aa3a3c. A concept can be a CURIE.
    """
    from privagraph.queries.explaining import explain
    from privagraph.queries.explaining.forms import FORMS
    from privagraph.queries.store import GraphStore

    with GraphStore.open(graph) as store:
        told = explain(store, iri)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(FORMS[format_.lower()](told, width), nl=False)
