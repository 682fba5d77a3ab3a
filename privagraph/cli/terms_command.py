"""``privagraph terms``: look a term of the vocabulary up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from privagraph.cli.options import format_option
from privagraph.cli.tables import aligned

if TYPE_CHECKING:
    from privagraph.ontology.vocabulary import Term

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph terms "email address"
  privagraph terms dpv:TargetedAdvertising
  privagraph terms advertising --limit 5 --format json
"""


@click.command("terms", epilog=_EPILOG)
@click.argument("text", required=False)
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="Show at most N terms.")
@format_option(("table", "json"), default="table")
def command(text: str | None, limit: int | None, format_: str) -> None:
    """Look a term of the vocabulary up, or search labels.

    TEXT is a CURIE such as pd:EmailAddress, an IRI, or some words of a label, or else words that policies use
    for a term, such as "zip code". A term is shown with the terms above and below it; words that several
    labels hold give the list of those terms. Without TEXT the top terms of the hierarchies that practices
    draw on are listed.
    """
    from privagraph.errors import UnknownTermError
    from privagraph.ontology.vocabulary import Branch, vocabulary

    words = vocabulary()
    if text is None:
        found = tuple(words.term(branch) for branch in Branch)[:limit]
    elif ":" in text or text in words:
        found = (words.term(text),)
    else:
        found = words.search(text, limit=limit)
        if not found:
            found = _said(text)[:limit]
            if not found:
                raise UnknownTermError(text, scheme="vocabulary", near=words.nearest(text))
            click.echo(f"no label holds {text!r}, but policies say so for:", err=True)
        exact = [term for term in found if term.label.casefold() == " ".join(text.casefold().split())]
        found = tuple(exact) if len(exact) == 1 else found
    if format_ == "json":
        click.echo(json.dumps([_described(term) for term in found], ensure_ascii=False, indent=2))
    elif len(found) == 1:
        click.echo(_page(found[0]))
    else:
        click.echo(aligned((term.curie, term.label, _place(term)) for term in found))


def _said(text: str) -> tuple[Term, ...]:
    """The terms that policies mean by these words, by the lexicon."""
    from privagraph.ontology.lexicon import KINDS, lexicon
    from privagraph.ontology.vocabulary import vocabulary

    phrase = " ".join(text.split())
    matches = (match for kind in KINDS for match in lexicon().find(phrase, 0, len(phrase), (kind,)))
    concepts = {match.concept for match in matches if (match.start, match.end) == (0, len(phrase))}
    return tuple(vocabulary().term(iri) for iri in sorted(filter(None, concepts)))


def _described(term: Term) -> dict[str, object]:
    """Everything about a term, for programs."""
    from privagraph.ontology.namespaces import compact
    from privagraph.ontology.vocabulary import vocabulary

    return {
        "iri": term.iri,
        "curie": term.curie,
        "label": term.label,
        "kind": str(term.kind),
        "definition": term.definition or None,
        "example": term.example or None,
        "broader": [compact(iri) for iri in term.broader],
        "paths": _paths(term),
        "narrower": [compact(iri) for iri in vocabulary().narrower(term.iri)],
    }


def _page(term: Term) -> str:
    """Everything about a term, for people."""
    from privagraph.ontology.vocabulary import vocabulary

    rows = [("label", term.label), ("IRI", term.iri), ("kind", str(term.kind))]
    if term.definition:
        rows.append(("definition", term.definition))
    if term.example:
        rows.append(("example", term.example))
    if term.broader:
        rows += zip(["broader"] + [""] * len(_paths(term)), _paths(term), strict=False)
    below = [vocabulary().term(iri) for iri in vocabulary().narrower(term.iri)]
    rows += [("" if index else "narrower", f"{t.curie}  {t.label}") for index, t in enumerate(below)]
    return f"{term.curie}\n" + "\n".join(f"  {line}" for line in aligned(rows).splitlines())


def _place(term: Term) -> str:
    """The shortest way down to a term, without itself."""
    return _paths(term)[0].rpartition(" > ")[0]


def _paths(term: Term) -> list[str]:
    """The ways down to a term from the tops of its hierarchies, the shortest first: ``top > ... > term``."""
    from privagraph.ontology.vocabulary import vocabulary

    words = vocabulary()

    def down(current: Term) -> list[tuple[str, ...]]:
        ways = [way for iri in current.broader for way in down(words.term(iri))]
        return [(*way, current.curie) for way in ways or [()]]

    return [" > ".join(way) for way in sorted(down(term), key=lambda way: (len(way), way))]
