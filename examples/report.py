"""Write a report in Markdown of what a graph of policies holds: an example of the Python interface.

python examples/report.py GRAPH [--output FILE] [--files FOLDER]

GRAPH is what `privagraph map` wrote. With --files the report ends with a list of the files in that folder. The same
graph gives the same report.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from privagraph import Answer, KnowledgeGraph, PolicySummary, PrivagraphError, __version__
from privagraph.shapes.results import Finding

WHAT_IS = {
    "graph": "the knowledge graph: an Oxigraph store, for `--graph`",
    "answers": "an answer to a named question, as CSV",
    "validation.txt": "what the checks found",
    ".dot": "the graph for Graphviz: `dot -Tsvg FILE -o graph.svg`",
    ".svg": "what is done with which data, as a picture",
    "report.html": "the whole story, to read in a browser or to print",
    "compare.html": "the policies side by side",
    "flows.html": "who gives data to whom, to move about in with a browser",
    ".graphml": "the graph for yEd, Gephi or Cytoscape",
    ".trig": "the graph as RDF, for any RDF tool",
}

# What is denied of everybody's data and yet stated, for the same or narrower data; to others, where that is denied.
DENIED_AND_STATED = """
SELECT DISTINCT ?denied ?stated ?policy WHERE {
  GRAPH ?policy {
    ?policy pg:deniesPractice ?no ; dpv:hasProcess ?yes .
    ?no pg:processing ?processing ; pg:deniedPersonalData ?wide ; pg:evidence/oa:hasSelector/oa:exact ?denied .
    ?yes pg:processing ?processing ; dpv:hasPersonalData ?narrow ; pg:evidence/oa:hasSelector/oa:exact ?stated .
    FILTER NOT EXISTS { ?no pg:deniedDataSubject ?few }
    FILTER (!EXISTS { ?no pg:deniedRecipient ?nobody } || EXISTS { ?yes dpv:hasRecipient ?somebody })
  }
  FILTER EXISTS { ?narrow skos:broader* ?wide }
}
ORDER BY ?denied ?stated
"""

PRACTICES = """
SELECT ?start ?practice ?does ?role ?words ?condition ?sentence ?policy WHERE {
  GRAPH ?policy {
    ?policy dpv:hasProcess ?practice .
    ?practice pg:processing ?processing ; pg:hasArgument ?mention ; pg:evidence/oa:hasSelector ?at, ?quote .
    ?at oa:start ?start .
    ?quote oa:exact ?sentence .
    ?mention pg:role ?of ; rdfs:label ?words .
    OPTIONAL { ?practice pg:condition ?condition }
  }
  OPTIONAL { ?processing skos:prefLabel ?does }
  BIND (STRAFTER(STR(?of), "#") AS ?role)
}
ORDER BY ?start ?practice ?role ?words
"""


def cell(value: object, longest: int = 300) -> str:
    """A value as it stands in a table of Markdown."""
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table of Markdown without doubled rows; a sentence where there are none."""
    body = dict.fromkeys(f"| {' | '.join(cell(value) for value in row)} |" for row in rows)
    if not body:
        return ["Nothing found.", ""]
    return [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *body, ""]


def columns(answer: Answer, *names: str) -> list[list[object]]:
    """Some columns of an answer; of several with a slash between, the first that has a value."""

    def first(row: Mapping[str, object], choice: str) -> object:
        return next((row[name] for name in choice.split("/") if row[name] is not None), None)

    return [[first(row, name) for name in names] for row in answer]


def practices(graph: KnowledgeGraph, policy: str) -> list[list[object]]:
    """One row a practice: what is done, with which data, why, for whom, under which condition, in which words."""
    found: dict[object, dict[str, object]] = {}
    roles: dict[object, dict[str, list[str]]] = {}
    for row in graph.query(PRACTICES, policy=policy):
        found[row["practice"]] = row
        words = roles.setdefault(row["practice"], {}).setdefault(str(row["role"]), [])
        if str(row["words"]) not in words:
            words.append(str(row["words"]))
    return [
        [
            row["does"],
            *(", ".join(roles[practice].get(role, ())) for role in ("data_category", "purpose", "recipient")),
            row["condition"],
            row["sentence"],
        ]
        for practice, row in found.items()
    ]


def section(graph: KnowledgeGraph, policy: PolicySummary, findings: Iterable[Finding]) -> list[str]:
    """What the graph holds of one policy."""

    def ask(question: str) -> Answer:
        return graph.query(question, policy=policy.iri)

    return [
        f"## {policy.title}",
        "",
        f"From `{', '.join(policy.sources)}`; controller: {policy.controller or 'not found'}; "
        f"effective {policy.effective or 'not said'}, updated {policy.updated or 'not said'}.",
        "",
        "### Who is responsible",
        "",
        *table(["who", "kind", "contact"], columns(ask("controllers"), "name", "kind", "contact")),
        "### What is done with which data",
        "",
        *table(
            ["does", "data", "purpose", "recipients", "condition", "in these words"],
            practices(graph, policy.iri),
        ),
        "### Who receives which data",
        "",
        *table(
            ["data", "recipient", "in these words"],
            columns(ask("recipients-by-data"), "data_label", "recipient_label/recipient", "sentence"),
        ),
        "### What is said not to happen",
        "",
        *table(
            ["not done", "with, for or to", "in these words"],
            columns(ask("denials"), "processing_label/processing", "words", "sentence"),
        ),
        "### Denied in general, stated in particular",
        "",
        "Places where the policy may contradict itself; a person has to judge.",
        "",
        *table(["denied", "stated"], columns(ask(DENIED_AND_STATED), "denied", "stated")),
        "### How long data is kept",
        "",
        *table(["duration", "words", "data"], columns(ask("retention"), "duration", "words", "data_words")),
        "### Where data goes",
        "",
        *table(
            ["place", "safeguard", "words"],
            columns(ask("transfers"), "destination_label", "safeguard_label", "words/safeguard_words"),
        ),
        "### Rights",
        "",
        *table(["right", "words"], columns(ask("rights"), "right_label/kind", "words")),
        "### What the checks found",
        "",
        *table(
            ["severity", "rule", "message"],
            (
                [item.severity.value, item.rule.name, item.message]
                for item in findings
                if item.policy == policy.iri
            ),
        ),
    ]


def file_list(folder: Path, base: Path) -> list[str]:
    """The files of the demonstration, with what each is for."""
    store = folder / "graph"
    files = [
        store,
        *sorted(path for path in folder.rglob("*") if path.is_file() and store not in path.parents),
    ]
    rows = []
    for path in files:
        what = WHAT_IS.get(path.name) or WHAT_IS.get(path.suffix) or WHAT_IS.get(path.parent.name, "")
        rows.append([f"`{os.path.relpath(path, base)}`", what])
    return ["## Files", "", *table(["path", "what it is"], rows)]


def report(graph: KnowledgeGraph) -> list[str]:
    """The lines of the whole report, without the list of files."""
    overview = graph.query("policies")
    findings = graph.validate().findings
    return [
        "# What privagraph found",
        "",
        f"Made by privagraph {__version__}. Each row quotes the words that it rests on.",
        "",
        *table(
            ["source", "controller", "effective", "mentions", "with a concept", "practices", "denied"],
            columns(
                overview, "source", "controller", "effective", "mentions", "grounded", "practices", "denials"
            ),
        ),
        *(line for policy in graph.policies for line in section(graph, policy, findings)),
    ]


def main() -> None:
    """Read the arguments, write the report, say where it is."""
    parser = argparse.ArgumentParser(description="Write a report of what a graph of policies holds.")
    parser.add_argument("graph", type=Path, help="what `privagraph map` wrote")
    parser.add_argument("--output", type=Path, help="the file to write; standard output when left out")
    parser.add_argument("--files", type=Path, help="list the files of this folder at the end")
    options = parser.parse_args()
    try:
        with KnowledgeGraph.open(options.graph) as graph:
            lines = report(graph)
    except PrivagraphError as error:
        sys.exit(f"report.py: {error}")
    if options.files:
        lines += file_list(options.files, Path.cwd())
    text = "\n".join(lines).rstrip() + "\n"
    if options.output is None:
        sys.stdout.write(text)
        return
    options.output.write_text(text, encoding="utf-8")
    print(f"report: {options.output}")


if __name__ == "__main__":
    main()
