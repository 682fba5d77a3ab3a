"""``privagraph map``: policies into a graph."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_BUG, EXIT_FINDINGS, EXIT_INPUT
from privagraph.cli.options import base_option

if TYPE_CHECKING:
    from privagraph.loaders.pipeline import MapReport

__all__ = ["command"]

_SHOWN = 10
"""How many notes and files of other kinds are shown by name; sources that were left out are all shown."""

_EPILOG = """\b
Examples:
  privagraph map policy.html --output graph
  privagraph map policies/ more/*.pdf --output graph.trig
  privagraph map https://example.org/privacy --output graph
  cat policy.txt | privagraph map - --output graph.nq

\b
Exit codes:
  0  something was mapped; what was left out is listed
  1  with --strict: something was left out
  2  nothing could be mapped, or the graph cannot be written
  3  a bug of ours kept a source out of the graph; the others are in it
"""


@click.command("map", epilog=_EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="OUT",
    help="Where the graph goes: a folder, which becomes a store or is one and is added to; or a file whose "
    "name ends in .trig, .nq, .ttl or .jsonld, which is replaced.",
)
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(["store", "trig", "nq", "ttl", "jsonld"], case_sensitive=False),
    help="What to write, where the name of OUT does not tell it.",
)
@base_option
@click.option(
    "--allow-private-addresses",
    is_flag=True,
    help="Fetch addresses in private networks and on this machine too.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when any source was left out.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def command(
    sources: tuple[str, ...],
    output: str,
    output_format: str | None,
    base: str,
    allow_private_addresses: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Map privacy policies into a knowledge graph.

    SOURCE is a file (HTML, Markdown, text, PDF, DOCX), a folder with such files, a pattern, an http(s)
    address, or - for standard input. A source that cannot be used is left out and listed with its reason; the
    others are mapped.
    """
    from privagraph.graph import map_policies

    shown = sys.stderr.isatty() and not quiet
    try:
        report = map_policies(
            sources,
            output,
            output_format=output_format,
            base=base,
            allow_private_addresses=allow_private_addresses,
            progress=_show_progress if shown else None,
        )
    except KeyboardInterrupt:
        kept = "what was mapped so far is in" if os.path.isdir(output) else "nothing was written to"
        click.echo(f"\n{kept} {output}", err=True)
        raise
    for line in _account(report, output, quiet=quiet):
        click.echo(line, err=True)
    if report.failed:
        return EXIT_BUG
    if not report.mapped:
        return EXIT_INPUT
    return EXIT_FINDINGS if strict and report.left_out else 0


def _show_progress(done: int, total: int, name: str) -> None:
    """One line on the terminal that changes; it is wiped at the end."""
    width = shutil.get_terminal_size().columns - 1
    line = f"{done}/{total} {name}" if name else ""
    click.echo(f"\r{line[:width]:<{width}}\r", nl=False, err=True)


def _account(report: MapReport, output: str, *, quiet: bool) -> Iterator[str]:
    """What became of the sources, in lines to read."""
    if report.mapped and not quiet:
        denied = sum(each.denied for each in report.mapped)
        ungrounded = sum(each.ungrounded for each in report.mapped)
        yield (
            f"mapped {_count(report.policies, 'policy', 'policies')} "
            f"from {_count(len(report.mapped), 'source')}: "
            f"{_count(report.mentions, 'mention')} ({ungrounded} without a concept), "
            f"{_count(report.practices, 'practice')} ({denied} denied)"
        )
        same = sum(not each.changed for each in report.mapped)
        if same:
            yield f"  already there and unchanged: {same}"
        notes = [f"  note: {each.source}: {note}" for each in report.mapped for note in each.notes]
        yield from notes[:_SHOWN]
        if len(notes) > _SHOWN:
            yield f"  and {len(notes) - _SHOWN} more notes"
    if report.left_out:
        yield f"left out {_count(len(report.left_out), 'source')}:"
        for each in report.left_out:
            yield f"  {each.source}: {each.reason}; {each.advice}"
    if report.failed:
        yield f"failed on {_count(len(report.failed), 'source')}, a fault of privagraph; please report it:"
        for failure in report.failed:
            yield f"  {failure.source}: {failure.error}"
            if os.environ.get("PRIVAGRAPH_TRACEBACK"):
                yield failure.trace
    if report.passed_over and not quiet:
        names = ", ".join(report.passed_over[:_SHOWN]) + (", ..." if len(report.passed_over) > _SHOWN else "")
        yield f"passed over {_count(len(report.passed_over), 'file')} of other kinds: {names}"
    if not report.mapped:
        yield "privagraph: nothing could be mapped, and nothing was written"
    elif not quiet:
        yield f"graph: {output}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
