"""``privagraph compare``: policies side by side."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privagraph.cli.delivery import deliver
from privagraph.cli.options import format_option, output_file_option
from privagraph.cli.policies import chosen_policies

if TYPE_CHECKING:
    from privagraph.cli.policies import Chosen
    from privagraph.queries.comparison.sayings import Saying

__all__ = ["command"]

_FORMATS = ("text", "markdown", "html", "json", "csv")

_EPILOG = """\b
Examples:
  privagraph compare ours.html theirs.html
  privagraph compare policies/*.md --format html --output side-by-side.html
  privagraph compare --graph graph acme.html kestrel.txt --all --words
  privagraph compare --graph graph --profile gdpr --format csv --output gaps.csv
"""


@click.command("compare", epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="The POLICYs are policies of this graph, by file name, title or IRI; all of them where none is named.",
)
@format_option(_FORMATS, default="text")
@output_file_option
@click.option(
    "--all", "every", is_flag=True, help="Show what is below each group too; html, csv and json always do."
)
@click.option(
    "--words", is_flag=True, help="Show the words behind each cell in text; html, csv and json always do."
)
@click.option(
    "--profile",
    "-p",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="Check the policies against this profile and compare the findings; can be given more than once.",
)
def command(
    names: tuple[str, ...],
    graph: str | None,
    format_: str,
    output: Path | None,
    every: bool,
    words: bool,
    profiles: tuple[str, ...],
) -> None:
    """Lay two to twenty policies side by side: data, purposes, recipients, legal bases, rights and more.

    POLICY is a policy: a file (HTML, Markdown, text, PDF, DOCX), an address, or a graph that holds one policy.

    Each cell says whether a policy states something, states it under a condition, denies it, or does not state it, and
    leads to its words. Below stands what only one of the policies says.
    """
    from privagraph.queries.comparison.gathering import compare
    from privagraph.queries.comparison.writing import written

    if len(names) == 1 or (not names and graph is None):
        raise click.UsageError("name two to twenty policies, or a graph with --graph / -g.")
    with chosen_policies(names, graph) as chosen:
        comparison = compare(chosen, findings=_findings(chosen, profiles))
    width = max(60, min(160, shutil.get_terminal_size((100, 24)).columns))
    answer = written(comparison, format_.lower(), every=every, words=words, width=width)
    deliver(answer.encode("utf-8", "backslashreplace"), output)


def _findings(chosen: Chosen, profiles: Sequence[str]) -> Mapping[str, Sequence[Saying]]:
    """What a validation finds in each policy; nothing where none was asked for."""
    if not profiles:
        return {}
    from privagraph.queries.comparison.gathering import finding
    from privagraph.shapes.validation import validate

    return {
        policy: [
            finding(
                each.rule.name,
                each.rule.name,
                str(each.severity),
                each.message,
                [(words.quote, words.start, words.end) for words in each.evidence],
            )
            for each in validate(store, profiles=list(profiles), policies={policy}).findings
        ]
        for store, policy in chosen
    }
