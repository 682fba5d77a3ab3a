"""``privagraph validate``: check a graph against profiles of shapes."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import click

from privagraph.cli import EXIT_FINDINGS
from privagraph.cli.options import format_option, output_file_option
from privagraph.shapes.rules import DEFAULT_PROFILES, Severity, profiles, select_profiles

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph validate --graph graph
  privagraph validate --graph graph --profile gdpr --format json --output report.json
  privagraph validate --graph graph --policy acme.html --fail-on warning

\b
Exit codes:
  0 no finding as grave as --fail-on   1 there is one   2 input cannot be used   3 a bug of ours
"""


@click.command("validate", epilog=_EPILOG)
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="The graph: a folder or file that `privagraph map` wrote.",
)
@click.option(
    "--profile",
    "-p",
    "profile_names",
    multiple=True,
    metavar="NAME",
    help="A set of rules to check; can be given more than once.  "
    f"[default: {' and '.join(DEFAULT_PROFILES)}]",
)
@click.option("--list-profiles", is_flag=True, help="Say what each profile checks, and stop.")
@click.option(
    "--policy",
    "policy_names",
    multiple=True,
    metavar="NAME",
    help="Check this policy alone, by file name, label or IRI; can be given more than once.",
)
@format_option(("text", "json", "turtle", "csv"), default="text")
@output_file_option
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    default=str(Severity.ERROR),
    show_default=True,
    help="End with exit code 1 if there is a finding at least as grave as this.",
)
def command(
    graph: str | None,
    profile_names: tuple[str, ...],
    list_profiles: bool,
    policy_names: tuple[str, ...],
    format_: str,
    output: Path | None,
    fail_on: str,
) -> None:
    """Check a graph against SHACL shapes and report what is missing or wrong.

    The profile `structure` checks the graph itself: evidence, offsets, IRIs, denials kept apart. The profile
    `gdpr` checks whether the policy says what Art. 13 of the General Data Protection Regulation asks for.
    """
    if list_profiles:
        _list_profiles()
        return
    if graph is None:
        raise click.UsageError("missing option '--graph' / '-g': name what `privagraph map` wrote.")
    names = profile_names or DEFAULT_PROFILES
    select_profiles(names)  # a wrong name should not wait for a large graph to be opened

    from privagraph.queries.choice import policies_named
    from privagraph.queries.store import GraphStore
    from privagraph.shapes.reports import write_report
    from privagraph.shapes.validation import validate

    with GraphStore.open(graph) as store:
        chosen = {iri for name in policy_names for iri in policies_named(store, name)}
        report = validate(store, profiles=names, policies=chosen or None)
    text = io.StringIO(newline="")
    write_report(report, format_, text)
    _deliver(text.getvalue(), output)
    if report.reaches(Severity(fail_on)):
        click.get_current_context().exit(EXIT_FINDINGS)


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


def _deliver(text: str, output: Path | None) -> None:
    """Write UTF-8, whatever the terminal's encoding is, to a file or to standard output.

    Raises:
        GraphError: The file cannot be written.
    """
    from privagraph.errors import GraphError

    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise GraphError(str(output), reason, "choose another place") from error
