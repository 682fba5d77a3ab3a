"""``privagraph diff``: what changed between two versions of a policy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli import EXIT_FINDINGS
from privagraph.cli.delivery import deliver
from privagraph.cli.options import format_option, output_file_option
from privagraph.cli.policies import chosen_policies, read_chosen

if TYPE_CHECKING:
    from privagraph.queries.differences import PolicyDiff

__all__ = ["command"]

_FORMATS = ("text", "markdown", "html", "json", "csv")

_EPILOG = """\b
Examples:
  privagraph diff privacy-2025.html privacy-2026.html
  privagraph diff old.md new.md --format html --output changes.html
  privagraph diff --graph graph privacy-2025.html privacy-2026.html
  privagraph diff --graph graph privacy.html
  git show HEAD~1:privacy.md > old.md && privagraph diff old.md privacy.md --fail-on weaker

\b
Exit codes:
  0 no change that --fail-on asks for   1 there is one   2 input cannot be used   3 a bug of ours
"""


@click.command("diff", epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="OLD NEW")
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="OLD and NEW are policies of this graph, by file name, title or IRI; one name alone is compared with the "
    "version before it.",
)
@format_option(_FORMATS, default="text")
@output_file_option
@click.option(
    "--text", "texts", is_flag=True, help="List passages too of which nothing but the words changed."
)
@click.option(
    "--fail-on",
    type=click.Choice(("any", "weaker", "never")),
    default="any",
    show_default=True,
    help="End with exit code 1 if there is a change, or one that makes privacy weaker.",
)
def command(
    names: tuple[str, ...], graph: str | None, format_: str, output: Path | None, texts: bool, fail_on: str
) -> int:
    """Show what changed between two versions of a policy: what is done with data now that was not, and the reverse.

    OLD and NEW are policies: files (HTML, Markdown, text, PDF, DOCX), addresses, or graphs that hold one policy.

    A sentence that was reworded, moved, split or renumbered is no change. Each change is told in a sentence, says
    whether it makes people's privacy weaker or stronger, and shows the words of both versions.
    """
    from privagraph.queries.differences import diff_policies
    from privagraph.queries.differences.writing import written

    if len(names) != 2 and not (graph is not None and len(names) == 1):
        raise click.UsageError(
            "name two versions, OLD and NEW; or, with --graph / -g, one policy of the graph."
        )
    with chosen_policies(names, graph) as chosen:
        if len(chosen) == 1:
            from privagraph.queries.differences.versions import version_pair

            store, policy = chosen[0]
            chosen = [(store, each) for each in version_pair(store, policy)]
        old, new = read_chosen(chosen)
    diff = diff_policies(old, new)
    width = max(60, min(120, shutil.get_terminal_size((100, 24)).columns))
    deliver(
        written(diff, format_.lower(), texts=texts, width=width).encode("utf-8", "backslashreplace"), output
    )
    return EXIT_FINDINGS if _fails(diff, fail_on) else 0


def _fails(diff: PolicyDiff, fail_on: str) -> bool:
    return fail_on != "never" and bool(diff.count("weaker") if fail_on == "weaker" else diff.changes)
