"""An explanation as text, Markdown, HTML and JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

from markupsafe import Markup

from privagraph.ontology.shown import escaped, one_line
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.explaining.values import Explanation, Fact, Words

__all__ = ["FORMS", "as_html"]

_NAME = 32
"""A name that is longer stands on a line of its own."""


def _as_text(told: Explanation, width: int | None) -> str:
    """Lines for a terminal."""
    return "\n".join(_lines(told, width or 100)) + "\n"


def _lines(told: Explanation, width: int) -> Iterator[str]:
    yield from _wrapped(f"{told.kind}: {one_line(told.label)}", "", width)
    if told.source:
        yield f"in {one_line(told.source)}"
    yield told.iri
    if told.words:
        yield ""
        for words in told.words:
            says = f" = {one_line(words.says)}" if words.says else ""
            yield f"{words.what}{says}, characters {words.start} to {words.end}"
            yield from _wrapped(one_line(f"{words.before}«{words.quote}»{words.after}"), "    ", width)
    for title, facts in _sections(told):
        yield ""
        yield title
        longest = max((len(fact.name) for fact in facts if len(fact.name) <= _NAME), default=_NAME)
        for fact in facts:
            name, value = one_line(fact.name), one_line(fact.value)
            if len(name) > longest:
                yield f"  {name}"
                name = ""
            yield from _wrapped(f"{name:<{longest}}  {value}", "  ", width, longest + 4)
            if fact.iri is not None and "://" in fact.iri and fact.iri not in vocabulary():
                yield f"{'':<{longest + 4}}{fact.iri}"


def _sections(told: Explanation) -> list[tuple[str, Sequence[Fact]]]:
    every = (("What it says", told.facts), ("How it was found", told.found), ("What follows", told.follows))
    return [(title, facts) for title, facts in every if facts]


def _wrapped(text: str, before: str, width: int, hanging: int | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=before,
        subsequent_indent=before if hanging is None else " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _as_markdown(told: Explanation, _width: int | None) -> str:
    lines = [f"## {escaped(told.kind)}: {escaped(told.label)}", ""]
    lines += [f"`{told.iri}`" + (f" in {escaped(told.source)}" if told.source else ""), ""]
    for words in told.words:
        says = f" ({escaped(words.says)})" if words.says else ""
        lines.append(f"- {escaped(words.what)}{says}: {_quoted(words)}")
    for title, facts in _sections(told):
        lines += ["", f"### {title}", ""]
        lines += [f"- {escaped(fact.name)}: {escaped(fact.value)}{_link(fact)}" for fact in facts]
    return "\n".join(lines) + "\n"


def _quoted(words: Words) -> str:
    """The words in bold between what stands around them."""
    before = escaped(words.before) + " " * words.before.endswith(" ")
    return f"{before}**{escaped(words.quote)}**{' ' * words.after.startswith(' ')}{escaped(words.after)}"


def _link(fact: Fact) -> str:
    return f" (`{fact.iri}`)" if fact.iri and "://" in fact.iri else ""


def as_html(told: Explanation) -> str:
    """A fragment of HTML, for notebooks; all that the policy says is escaped."""
    words = Markup().join(
        Markup("<li>{}{}: {}<mark>{}</mark>{}</li>\n").format(
            each.what, f" ({each.says})" if each.says else "", each.before, each.quote, each.after
        )
        for each in told.words
    )
    sections = Markup().join(
        Markup("<h4>{}</h4>\n<dl>\n{}</dl>\n").format(title, Markup().join(map(_definition, facts)))
        for title, facts in _sections(told)
    )
    return Markup(
        "<section>\n<h3>{}: {}</h3>\n<p><code>{}</code> {}</p>\n<ul>\n{}</ul>\n{}</section>\n"
    ).format(told.kind, told.label, told.iri, told.source, words, sections)


def _definition(fact: Fact) -> Markup:
    return Markup('<dt>{}</dt><dd title="{}">{}</dd>\n').format(fact.name, fact.iri or "", fact.value)


def _as_json(told: Explanation, _width: int | None) -> str:
    return json.dumps(asdict(told), ensure_ascii=False, indent=2) + "\n"


FORMS: Mapping[str, Callable[[Explanation, int | None], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "json": _as_json,
}
"""The forms, by name: functions of an explanation and of how many characters fit side by side (None: no limit)."""
