"""``privagraph reason``: prove the ontology consistent, and infer the classes of practices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_FINDINGS
from privagraph.cli.options import format_option
from privagraph.cli.tables import aligned

if TYPE_CHECKING:
    import pyoxigraph

    from privagraph.ontology.reasoning import Inference, Proof

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph reason
  privagraph reason --graph graph
  privagraph reason --graph graph --output classes.trig
  privagraph reason --graph graph --add
"""


# --graph is not the shared option: without it the command proves the ontology alone.
@click.command("reason", epilog=_EPILOG)
@click.option(
    "--graph", "-g", metavar="GRAPH", help="The graph: a folder or file that `privagraph map` wrote."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what was inferred to FILE; its name ends in .trig, .nq, .ttl or .jsonld.",
)
@click.option("--add", is_flag=True, help="Add what was inferred to the graph.")
@format_option(("table", "json"), default="table")
@click.pass_context
def command(context: click.Context, graph: str | None, output: Path | None, add: bool, format_: str) -> None:
    """Let an OWL reasoner prove the ontology, and infer the classes of practices.

    Without --graph, HermiT examines the whole vocabulary: that it is consistent, and that every class can
    have members; exit code 1 when not. With --graph it infers which practices are, for instance, sharing with
    a third party, processing of special categories or a transfer to a third country, and shows how many.
    Denied practices are never in a class. Mapping a policy again takes added classes away.

    HermiT runs on Java 8 or newer.
    """
    from privagraph.ontology.reasoning import infer, prove

    if graph is None:
        if add or output:
            raise click.UsageError("--add and --output need a graph; name it with --graph.")
        proof = prove()
        click.echo(_proof_json(proof) if format_ == "json" else _proof_text(proof))
        context.exit(0 if proof.holds else EXIT_FINDINGS)
    from privagraph.queries.formats import EXTENSIONS, format_of, write_quads
    from privagraph.queries.store import GraphStore

    if output is not None and format_of(output, writing=True) is None:
        names = " ".join(each.extension for each in EXTENSIONS.values() if each.written)
        raise click.UsageError(
            f"no graph is written under the name {str(output)!r}; let it end in one of {names}."
        )
    with GraphStore.open(graph) as store:
        quads = list(store.quads())
    found = infer(quads)
    if output is not None:
        write_quads(sorted(found.quads, key=lambda quad: str(quad.graph_name)), output)
        click.echo(f"{output}: {len(found.quads)} statements", err=True)
    if add:
        _add(graph, quads, found)
        click.echo(f"{graph}: {len(found.quads)} statements added", err=True)
    click.echo(_classes_json(found) if format_ == "json" else _classes_text(found))


def _add(graph: str, quads: list[pyoxigraph.Quad], found: Inference) -> None:
    """Add the inferred statements to the graph that the quads came from."""
    from pyoxigraph import NamedNode

    from privagraph.queries.formats import write_quads
    from privagraph.queries.store import GraphStore

    if Path(graph).is_file():
        write_quads(sorted([*quads, *found.quads], key=lambda quad: str(quad.graph_name)), Path(graph))
        return
    graphs: dict[str, list[pyoxigraph.Quad]] = {}
    for quad in found.quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(quad)
    with GraphStore.open(graph, writable=True) as store:
        for policy, new in graphs.items():
            store.write_policy(policy, [*store.quads(policy), *new])


def _proof_text(proof: Proof) -> str:
    if not proof.consistent:
        return "inconsistent: the ontology contradicts itself"
    if proof.unsatisfiable:
        classes = "\n".join(f"  {iri}" for iri in proof.unsatisfiable)
        return f"consistent; classes that can have no member:\n{classes}"
    return f"consistent; each of {proof.classes} classes can have members"


def _proof_json(proof: Proof) -> str:
    return json.dumps(
        {
            "consistent": proof.consistent,
            "classes": proof.classes,
            "unsatisfiable": list(proof.unsatisfiable),
        },
        indent=2,
    )


def _classes_text(found: Inference) -> str:
    """The classes that have members, the most frequent first."""
    from privagraph.ontology.vocabulary import vocabulary

    words = vocabulary()
    head = f"{found.practices} practices"
    filled = sorted((-len(practices), iri) for iri, practices in found.members.items() if practices)
    if not filled:
        return f"{head}, none in a class"
    rows = [(words.term(iri).curie, str(-count), words.label(iri)) for count, iri in filled]
    return f"{head}\n{aligned(rows, right=[1])}"


def _classes_json(found: Inference) -> str:
    """All classes with their members."""
    from privagraph.ontology.vocabulary import vocabulary

    terms = [vocabulary().term(iri) for iri in found.members]
    listed = [
        {"class": term.iri, "curie": term.curie, "label": term.label, "practices": found.members[term.iri]}
        for term in terms
    ]
    return json.dumps({"practices": found.practices, "classes": listed}, ensure_ascii=False, indent=2)
