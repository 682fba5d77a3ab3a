"""``privagraph validate``: check policies, or any graph, against profiles of shapes."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_BUG, EXIT_FINDINGS, EXIT_INPUT
from privagraph.cli.accounts import passed_over_lines, trouble_lines
from privagraph.cli.delivery import deliver
from privagraph.cli.options import DAY, format_option, output_file_option
from privagraph.ontology.shown import harmless
from privagraph.shapes.engines import DEFAULT_ENGINE, ENGINES
from privagraph.shapes.rules import DEFAULT_PROFILES, Profile, Severity, profiles, select_profiles

if TYPE_CHECKING:
    from privagraph.loaders.pipeline import MapReport
    from privagraph.queries.store import GraphStore
    from privagraph.shapes.results import Finding

__all__ = ["command"]

_FORMATS = ("text", "markdown", "html", "json", "csv", "sarif", "junit", "turtle", "jsonld")

_EPILOG = """\b
Examples:
  privagraph validate privacy.html
  privagraph validate --graph graph
  privagraph validate privacy.html --profile ccpa --profile caloppa --format html --output report.html
  privagraph validate --graph graph --policy acme.html --fail-on warning
  privagraph validate privacy.md --format sarif --output privacy.sarif
  privagraph validate privacy.md --write-baseline known.json
  privagraph validate privacy.md --baseline known.json
  privagraph validate --graph data.ttl --shapes shapes.ttl
  privagraph validate --explain gdpr:right-access

\b
Exit codes:
  0 no finding as grave as --fail-on   1 there is one   2 input cannot be used   3 a bug of ours
"""


@click.command("validate", epilog=_EPILOG)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="Check this instead of SOURCEs: a folder or file that `privagraph map` wrote, any RDF file, or the "
    "address of a SPARQL server.",
)
@click.option(
    "--profile",
    "-p",
    "profile_names",
    multiple=True,
    metavar="NAME",
    help="A set of rules to check; can be given more than once.  "
    f"[default: {', '.join(DEFAULT_PROFILES)}; none with --shapes]",
)
@click.option(
    "--shapes",
    "shape_files",
    multiple=True,
    metavar="FILE",
    help="A SHACL file of your own to check; can be given more than once.",
)
@click.option("--list-profiles", is_flag=True, help="Say what each profile checks, and stop.")
@click.option(
    "--explain",
    metavar="RULE",
    help="Say what a rule asks for, why, and what to do, or which rules a profile has, and stop.",
)
@click.option(
    "--policy",
    "policy_names",
    multiple=True,
    metavar="NAME",
    help="Check this policy alone, by file name, label or IRI; can be given more than once.",
)
@click.option(
    "--date",
    "day",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="The day for which policies are checked, for rules on their age.  [default: today]",
)
@format_option(_FORMATS, default="text")
@output_file_option
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    default=str(Severity.ERROR),
    show_default=True,
    help="End with exit code 1 if there is a finding at least as grave as this.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    help="Findings in this file are known: they are counted, and do not lead to exit code 1.",
)
@click.option(
    "--write-baseline",
    metavar="FILE",
    help="Write the findings to this file, to be known from now on; then end with exit code 0.",
)
@click.option(
    "--sources-at",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="With --graph: where the original files are, for reports that point at their lines.  [default: .]",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check so many policies at the same time.  [default: as many as there are processors]",
)
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=DEFAULT_ENGINE,
    show_default=True,
    help="What runs the shapes; shifty finds the same and is faster, and has to be installed: privagraph[fast].",
)
def command(
    sources: tuple[str, ...],
    graph: str | None,
    profile_names: tuple[str, ...],
    shape_files: tuple[str, ...],
    list_profiles: bool,
    explain: str | None,
    policy_names: tuple[str, ...],
    day: datetime | None,
    format_: str,
    output: Path | None,
    fail_on: str,
    baseline: str | None,
    write_baseline: str | None,
    sources_at: Path | None,
    jobs: int | None,
    engine: str,
) -> int:
    """Check policies against SHACL shapes, and report what is missing, contradictory or vague.

    SOURCE is a policy: a file (HTML, Markdown, text, PDF, DOCX), a folder or an address, as for `privagraph
    map`. A graph that is there already is checked with --graph instead.

    Each finding says what is wrong and what to do, names the clause of law, and quotes the words of the policy
    that it rests on. --list-profiles tells what can be checked.
    """
    if list_profiles:
        _list_profiles()
        return 0
    if explain is not None:
        from privagraph.cli.explanations import explanation

        click.echo(explanation(explain))
        return 0
    if bool(sources) == (graph is not None):
        raise click.UsageError("name either policies to check or, with --graph / -g, a graph.")
    if sources and sources_at is not None:
        raise click.UsageError("--sources-at goes with --graph; the SOURCEs are known.")
    chosen = _chosen(
        profile_names, shape_files
    )  # a wrong name should not wait for a large graph to be opened

    from privagraph.queries.choice import policies_named
    from privagraph.queries.versions import policies_to_ask
    from privagraph.shapes.baselines import Baseline
    from privagraph.shapes.baselines import write_baseline as write_known
    from privagraph.shapes.originals import Originals
    from privagraph.shapes.reports import ReportContext, write_report
    from privagraph.shapes.validation import validate

    known = None if baseline is None else Baseline.read(baseline)
    # UTF-8 at once, whatever the terminal's encoding is: text in memory can take four times the room.
    text = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="")
    with _checked(sources, graph) as (store, mapped):
        only = {iri for name in policy_names for iri in policies_named(store, name)}
        report = validate(
            store,
            profiles=chosen,
            policies=only or policies_to_ask(store),
            on=day.date() if day else date.today(),
            jobs=jobs,
            engine=engine,
        )
        context = ReportContext(
            colour=output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
            width=max(80, min(120, shutil.get_terminal_size((100, 24)).columns)),
            baseline=known,
            originals=Originals(
                store, folder=None if sources else sources_at or Path(), files=_originals(sources, mapped)
            ),
            fail_on=Severity(fail_on),
        )
        write_report(report, format_, text, context=context)
    text.flush()
    deliver(text.detach().getbuffer(), output)
    if mapped is not None:
        for line in (*trouble_lines(mapped), *passed_over_lines(mapped)):
            click.echo(harmless(line), err=True)
    if write_baseline is not None:
        count = write_known(report, write_baseline)
        click.echo(f"baseline: {count} known findings in {write_baseline}", err=True)
    counted = () if write_baseline is not None else report.findings if known is None else known.new(report)
    return _exit_code(counted, mapped, Severity(fail_on))


def _chosen(names: Sequence[str], files: Sequence[str]) -> tuple[Profile, ...]:
    """The profiles of the package and those of one's own."""
    from privagraph.shapes.own import own_profile

    for name in names:
        if "," in name:
            each = " ".join(f"--profile {part.strip()}" for part in name.split(",") if part.strip())
            raise click.UsageError(f"{name!r} names several profiles; give --profile once for each: {each}")
    return select_profiles([*(names or (() if files else DEFAULT_PROFILES)), *map(own_profile, files)])


@contextmanager
def _checked(sources: Sequence[str], graph: str | None) -> Iterator[tuple[GraphStore, MapReport | None]]:
    """The graph to check: one that is there, or one that the sources are mapped into, in memory."""
    if graph is not None:
        from privagraph.queries.store import GraphStore

        with GraphStore.open(graph) as store:
            yield store, None
        return
    from privagraph.graph import KnowledgeGraph

    with KnowledgeGraph.map(sources) as made:
        yield made.store, made.report


def _originals(sources: Sequence[str], mapped: MapReport | None) -> Mapping[str, Path]:
    """The files among the sources, by the names that the graph has for them."""
    from privagraph.loaders.sources import sources as enumerated

    if mapped is None:
        return {}
    unusable = {each.source for each in mapped.left_out}
    found = enumerated(each for each in sources if each not in unusable)
    return {each.name: each.path for each in found if each.path is not None}


def _exit_code(findings: Iterable[Finding], mapped: MapReport | None, fail_on: Severity) -> int:
    """What the run ends with: a source that could not be checked is graver than a finding."""
    if mapped is not None and mapped.failed:
        return EXIT_BUG
    if mapped is not None and mapped.left_out:
        return EXIT_INPUT
    return EXIT_FINDINGS if any(each.severity.reaches(fail_on) for each in findings) else 0


def _list_profiles() -> None:
    blocks = []
    for profile in profiles():
        counts = Counter(rule.severity for rule in profile.rules)
        by_severity = ", ".join(f"{counts[each]} {each}" for each in Severity if counts[each])
        blocks.append(
            f"{profile.name}: {profile.title} (since {profile.since})\n"
            f"{click.wrap_text(profile.description, initial_indent='  ', subsequent_indent='  ')}\n"
            f"  {len(profile.rules)} rules: {by_severity}"
        )
    click.echo("\n\n".join(blocks))
