"""``privagraph map``: policies into a graph."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from privagraph.cli import EXIT_BUG, EXIT_FINDINGS, EXIT_INPUT
from privagraph.cli.accounts import mapped_lines, passed_over_lines, trouble_lines
from privagraph.cli.options import CONFIDENCE, base_option
from privagraph.cli.progress import ProgressLine
from privagraph.loaders.extractors import DEFAULT_EXTRACTOR, EXTRACTORS
from privagraph.ontology.shown import harmless

if TYPE_CHECKING:
    from privagraph.loaders.llm import LlmExtractor
    from privagraph.loaders.pipeline import MapReport

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph map policy.html --output graph
  privagraph map policies/ more/*.pdf --output graph.trig
  privagraph map https://example.org/privacy --output graph
  privagraph map policy-2024.html policy-2025.html --versions --output graph
  cat policy.txt | privagraph map - --output graph.nq
  privagraph map corpus.jsonl.gz --column-html page --shards parts
  privagraph map policies/ --cluster tcp://10.0.0.1:8786 --shards /shared/parts
  privagraph map policy.html --output graph --extractor llm \\
    --llm-url http://localhost:11434/v1 --model qwen3:8b

\b
Exit codes:
  0    something was mapped; what was left out is listed
  1    with --strict: something was left out
  2    nothing could be mapped, the graph cannot be written, or the language model cannot be used
  3    a bug of ours kept a source out of the graph; the others are in it
  130  interrupted, by Ctrl-C or a request to end; what was done stays
"""


@click.command("map", epilog=_EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--output",
    "-o",
    metavar="OUT",
    help="Where the graph goes: a folder, which becomes a store or is one and is added to; or a file whose "
    "name ends in .trig, .nq, .ttl or .jsonld, which is replaced.",
)
@click.option(
    "--shards",
    metavar="PLACE",
    help="Write the graphs of all policies into this folder, or to an address such as s3://bucket/graphs, as N-Quads "
    "in files packed with zstd; without OUT, only there.",
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
@click.option(
    "--extractor",
    type=click.Choice(list(EXTRACTORS)),
    default=DEFAULT_EXTRACTOR,
    show_default=True,
    help="What finds the practices. llm asks a language model: passages of the policies are sent to --llm-url.",
)
@click.option(
    "--llm-url",
    metavar="URL",
    help="Address of an OpenAI-compatible service. Its key, if it needs one, is read from the environment "
    "variable PRIVAGRAPH_LLM_KEY.",
)
@click.option("--model", metavar="NAME", help="Name of the language model at the service.")
@click.option(
    "--llm-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="The longest time for one answer.  [default: 120]",
)
@click.option(
    "--llm-max-requests",
    type=click.IntRange(min=0),
    metavar="N",
    help="The most requests to send; a policy for which they do not suffice is left out.  [default: no limit]",
)
@click.option(
    "--llm-batch",
    type=click.IntRange(min=1),
    metavar="N",
    help="The most passages in one request.  [default: 8]",
)
@click.option(
    "--llm-short",
    is_flag=True,
    default=None,
    help="Leave the list of concepts out of the questions, for models with little room.",
)
@click.option(
    "--llm-cache",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where answers are kept, so that nothing is asked twice.  [default: the user's cache folder]",
)
@click.option(
    "--min-confidence",
    type=CONFIDENCE,
    default=0.0,
    metavar="X",
    help="Leave out mentions and practices that are less sure than X, from 0 to 1.  [default: 0, keep all]",
)
@click.option(
    "--reviews",
    metavar="GRAPH",
    help="Apply the decisions of reviewers in this graph too; those in OUT are always applied again.",
)
@click.option("--versions", is_flag=True, help="The sources are versions of one policy, the oldest first.")
@click.option(
    "--revision-of",
    metavar="POLICY",
    help="The source is a new version of this policy in OUT, by file name, title or IRI. A file of the same name as "
    "one of the same controller is one anyway.",
)
@click.option(
    "--column-id", metavar="NAME", help="The column, or key, of tables and JSON Lines that names each policy."
)
@click.option("--column-text", metavar="NAME", help="The one that holds it as text.")
@click.option("--column-html", metavar="NAME", help="The one that holds it as a web page.")
@click.option("--column-url", metavar="NAME", help="The one with the address it was found at.")
@click.option("--column-date", metavar="NAME", help="The one with the day or time when it was retrieved.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="Map so many policies at the same time, each in a process of its own; with 1, this process does the work.  "
    "[default: one for each processor, if there is enough to do]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have the workers of a Dask scheduler, such as tcp://HOST:8786, map the policies. They write to --shards "
    "PLACE, which all machines have to share.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Leave out a document that takes longer.  [default: 300; none with --extractor llm]",
)
@click.option(
    "--memory-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="GB",
    help="Leave out a document that takes more memory.  [default: 2]",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where is kept what the tagger read, so that it reads a passage that recurs once only.  "
    "[default: the user's cache folder; none with --cluster]",
)
@click.option(
    "--cache-size",
    type=click.FloatRange(min=0, min_open=True),
    metavar="GB",
    help="How much room that may take.  [default: 1]",
)
@click.option("--no-cache", is_flag=True, help="Keep nothing of what the tagger read.")
@click.option(
    "--again", is_flag=True, help="Map inputs again too that have not changed since an earlier run."
)
@click.option("--strict", is_flag=True, help="Exit with 1 when any source was left out.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def command(
    sources: tuple[str, ...],
    output: str | None,
    shards: str | None,
    output_format: str | None,
    base: str,
    allow_private_addresses: bool,
    extractor: str,
    llm_url: str | None,
    model: str | None,
    llm_timeout: float | None,
    llm_max_requests: int | None,
    llm_batch: int | None,
    llm_short: bool | None,
    llm_cache: str | None,
    min_confidence: float,
    reviews: str | None,
    versions: bool,
    revision_of: str | None,
    column_id: str | None,
    column_text: str | None,
    column_html: str | None,
    column_url: str | None,
    column_date: str | None,
    jobs: int | None,
    cluster: str | None,
    time_limit: float | None,
    memory_limit: float | None,
    cache: str | None,
    cache_size: float | None,
    no_cache: bool,
    again: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Map privacy policies into a knowledge graph.

    SOURCE is a file (HTML, Markdown, text, PDF, DOCX), a folder with such files, a pattern, an http(s)
    address, or - for standard input. A source that cannot be used is left out and listed with its reason; the
    others are mapped.
    """
    from privagraph.corpus.limits import MEMORY, SECONDS
    from privagraph.loaders.inputs import Columns
    from privagraph.loaders.tagging.cache import default_folder
    from privagraph.mapping import map_policies

    if output is None and shards is None:
        raise click.UsageError("Say where the graph goes: --output OUT, or --shards PLACE, or both.")
    if revision_of is not None and (versions or len(sources) > 1):
        raise click.UsageError(
            "--revision-of goes with one source; several versions of one policy: --versions."
        )
    if shards is not None and (versions or revision_of is not None):
        raise click.UsageError("--shards hold no versions of policies; map them with --output alone.")
    asked = {
        "--llm-url": llm_url,
        "--model": model,
        "--llm-timeout": llm_timeout,
        "--llm-max-requests": llm_max_requests,
        "--llm-batch": llm_batch,
        "--llm-short": llm_short,
        "--llm-cache": llm_cache,
    }
    llm = _llm({name: value for name, value in asked.items() if value is not None}, extractor)
    if llm is not None and not quiet:
        click.echo(llm.destination, err=True)
    if llm is not None and jobs not in (None, 1):
        raise click.UsageError("--extractor llm asks one service within one limit, so it takes --jobs 1.")
    if cluster is not None and shards is None:
        raise click.UsageError(
            "--cluster needs --shards PLACE: a folder that all machines share, or an address such as s3://."
        )
    if cluster is not None and jobs is not None:
        raise click.UsageError(
            "--jobs is for this machine; a cluster has as many as its workers have threads."
        )
    if cluster is not None and llm is not None:
        raise click.UsageError("--extractor llm asks one service within one limit, so it takes no --cluster.")
    progress = ProgressLine() if sys.stderr.isatty() and not quiet else None
    try:
        report = map_policies(
            sources,
            output,
            output_format=output_format,
            shards=shards,
            base=base,
            allow_private_addresses=allow_private_addresses,
            columns=Columns(column_id, column_text, column_html, column_url, column_date),
            extractor=llm or extractor,
            min_confidence=min_confidence,
            reviews=reviews,
            versions=versions,
            revision_of=revision_of,
            jobs=jobs,
            cluster=cluster,
            time_limit=time_limit or (None if llm else SECONDS),
            memory_limit=round(memory_limit * 1e9) if memory_limit else MEMORY,
            again=again,
            # folders that several machines share are no place for it, and that of the user may be one
            cache=None if no_cache or (cluster and not cache) else cache or default_folder(),
            cache_size=round(cache_size * 1e9) if cache_size else None,
            progress=progress,
        )
    except KeyboardInterrupt:
        click.echo(f"\n{_interrupted(output, shards)}", err=True)
        raise
    for line in _account(report, [place for place in (output, shards) if place], quiet=quiet):
        click.echo(harmless(line), err=True)
    if llm is not None and not quiet:
        click.echo(f"language model: {llm.usage}", err=True)
    if report.failed:
        return EXIT_BUG
    if not report.mapped:
        return EXIT_INPUT
    return EXIT_FINDINGS if strict and report.left_out else 0


def _llm(asked: dict[str, Any], extractor: str) -> LlmExtractor | None:  # values of options, of many types
    """The extractor that asks a language model, where it was chosen; its options are refused where it was not.

    Args:
        asked: The options that were given, by their names on the command line.
        extractor: The name of the extractor that was chosen.
    """
    if extractor != "llm":
        if asked:
            raise click.UsageError(f"{', '.join(asked)}: for a language model, add --extractor llm.")
        return None
    missing = [name for name in ("--llm-url", "--model") if not asked.get(name)]
    if missing:
        raise click.UsageError(
            f"--extractor llm needs {' and '.join(missing)}: which service is asked, and which model of it."
        )
    from privagraph.loaders.llm import LlmExtractor

    arguments = {name.removeprefix("--llm-").lstrip("-").replace("-", "_"): asked[name] for name in asked}
    return LlmExtractor(concepts=not arguments.pop("short", False), **arguments)


def _interrupted(output: str | None, shards: str | None) -> str:
    """What is left of a run that was interrupted, and how it goes on."""
    kept = [place for place in (output, shards) if place and (os.path.isdir(place) or "://" in place)]
    if not kept:
        return f"nothing was written to {output}"
    places = " and ".join(kept)
    return f"what was mapped so far is in {places}; the same command goes on from there"


def _account(report: MapReport, places: Sequence[str], *, quiet: bool) -> Iterator[str]:
    """What became of the sources, in lines to read."""
    if not quiet:
        yield from mapped_lines(report)
    yield from trouble_lines(report)
    if not quiet:
        yield from passed_over_lines(report)
    if not report.mapped:
        written = any(os.path.isdir(place) for place in places)
        yield "privagraph: nothing could be mapped" + ("" if written else ", and nothing was written")
    elif not quiet:
        yield from (f"graph: {place}" for place in places)
