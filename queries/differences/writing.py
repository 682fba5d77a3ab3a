"""Changes written down: for a terminal, as Markdown, as a page, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import asdict

from privagraph.ontology.reading import Span
from privagraph.ontology.shown import escaped, one_line
from privagraph.ontology.spreadsheets import safe_row
from privagraph.queries.differences.changes import COLUMNS, Change, Effect, Place, PolicyDiff, TextChange
from privagraph.queries.pages import page, part

__all__ = ["FORMATS", "body", "fragment", "summary", "written"]

FORMATS = ("text", "markdown", "html", "json", "csv")
"""How changes can be written."""

_MEANINGS: Mapping[Effect, str] = {
    Effect.WEAKER: "privacy gets weaker",
    Effect.STRONGER: "privacy gets stronger",
    Effect.NEUTRAL: "neither weaker nor stronger",
}
_SUMMARIES: Mapping[Effect, str] = {
    Effect.WEAKER: "{} for weaker privacy",
    Effect.STRONGER: "{} for stronger privacy",
    Effect.NEUTRAL: "{} neutral",
}
_INDENT = "    "


def written(diff: PolicyDiff, format_: str, *, texts: bool = False, width: int = 100) -> str:
    """The changes in one of :data:`FORMATS`.

    Args:
        diff: The changes.
        format_: The format's name.
        texts: Whether passages that differ in their words alone are listed too; a table has no place for them.
        width: How many characters fit side by side, for text.

    Raises:
        ValueError: There is no such format.
    """
    shown = diff.text_changes if texts else ()
    if format_ == "text":
        return _text(diff, shown, width)
    if format_ == "markdown":
        return _markdown(diff, shown)
    if format_ == "html":
        return page("diff", diff=diff, texts=shown, summary=summary(diff), meanings=_MEANINGS)
    if format_ == "json":
        return _json(diff, shown)
    if format_ == "csv":
        return _csv(diff)
    raise ValueError(f"no format {format_!r}; use one of {', '.join(FORMATS)}")


def fragment(diff: PolicyDiff) -> str:
    """The changes as a part of a page, for notebooks."""
    return part("diff-fragment", diff=diff, summary=summary(diff))


def body(diff: PolicyDiff, *, places: tuple[Callable[[Span], str], Callable[[Span], str]]) -> str:
    """The changes as a part of a page where the words of both versions can be read.

    Args:
        diff: The changes.
        places: For the old and for the new version, where words in a span of its text can be read.
    """
    return part(
        "diff-part",
        diff=diff,
        texts=diff.text_changes,
        summary=summary(diff),
        meanings=_MEANINGS,
        places=places,
    )


def summary(diff: PolicyDiff) -> str:
    """How many changes there are, and what they mean for people."""
    if not diff.changes:
        return "No change of what is done with data was found."
    number = len(diff.changes)
    parts = [_SUMMARIES[effect].format(diff.count(effect)) for effect in Effect if diff.count(effect)]
    return f"{number} {'change' if number == 1 else 'changes'}: {', '.join(parts)}."


def _text(diff: PolicyDiff, texts: tuple[TextChange, ...], width: int) -> str:
    names = f"{one_line(diff.old.name)} → {one_line(diff.new.name)}"
    lines = [*_wrapped(names, width, "", ""), *_wrapped(summary(diff), width, "", "")]
    for effect in Effect:
        found = [each for each in diff.changes if each.effect is effect]
        if found:
            lines += ["", f"── {_MEANINGS[effect]} ──"]
        for each in found:
            lines += ["", *_wrapped(each.sentence, width, "• ", "  ")]
            if each.section:
                lines += _wrapped(f"under “{each.section}”", width, _INDENT)
            lines += _versions(each.old, each.new, width)
    if texts:
        lines += ["", "── other words, nothing else found ──"]
        for text in texts:
            lines += ["", *_versions(text.old, text.new, width)]
    return "\n".join(lines) + "\n"


def _versions(old: Place | None, new: Place | None, width: int) -> list[str]:
    lines = [] if old is None else _wrapped(_in_passage(old), width, f"{_INDENT}- ", f"{_INDENT}  ")
    return lines + ([] if new is None else _wrapped(_in_passage(new), width, f"{_INDENT}+ ", f"{_INDENT}  "))


def _in_passage(place: Place) -> str:
    """The passage; rows of a table show their cells apart."""
    return " | ".join(filter(None, map(str.strip, place.passage.split("\n"))))


def _wrapped(text: str, width: int, first: str, other: str | None = None) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        width=max(width, 40),
        initial_indent=first,
        subsequent_indent=first if other is None else other,
        break_on_hyphens=False,
    )


def _markdown(diff: PolicyDiff, texts: tuple[TextChange, ...]) -> str:
    lines = [f"# Changes: {escaped(diff.old.name)} → {escaped(diff.new.name)}", "", summary(diff)]
    for effect in Effect:
        found = [each for each in diff.changes if each.effect is effect]
        if found:
            lines += ["", f"## {_MEANINGS[effect].capitalize()}", ""]
        for each in found:
            under = f" (under “{escaped(each.section)}”)" if each.section else ""
            lines.append(f"- **{escaped(each.sentence)}**{under}")
            lines += _cited(each.old, each.new)
    if texts:
        lines += ["", "## Other words, nothing else found", ""]
        for text in texts:
            lines += ["- Passage", *_cited(text.old, text.new)]
    return "\n".join(lines) + "\n"


def _cited(old: Place | None, new: Place | None) -> list[str]:
    sides = (("before", old), ("now", new))
    return [f"  - {name}: {_marked(place)}" for name, place in sides if place is not None]


def _marked(place: Place) -> str:
    """The passage with its words in bold; emphasis has to begin and end at a word."""
    if place.words == place.passage:
        return escaped(_in_passage(place))
    left = escaped(place.before) + (" " if place.before[-1:].isspace() else "")
    right = (" " if place.after[:1].isspace() else "") + escaped(place.after)
    return f"{left}**{escaped(place.words)}**{right}"


def _json(diff: PolicyDiff, texts: tuple[TextChange, ...]) -> str:
    said = {
        "old": asdict(diff.old),
        "new": asdict(diff.new),
        "counts": {str(effect): diff.count(effect) for effect in Effect},
        "changes": [_values(each) for each in diff.changes],
    }
    if texts:
        said["text_changes"] = [{"old": _place(each.old), "new": _place(each.new)} for each in texts]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _values(change: Change) -> Mapping[str, object]:
    return {
        "kind": change.kind,
        "aspect": change.aspect,
        "direction": change.direction,
        "effect": change.effect,
        "sentence": change.sentence,
        "section": change.section,
        "old": _place(change.old),
        "new": _place(change.new),
    }


def _place(place: Place | None) -> Mapping[str, object] | None:
    if place is None:
        return None
    return {
        "words": place.words,
        "start": place.span.start,
        "end": place.span.end,
        "concept": place.concept,
        "passage": place.passage,
        "passage_start": place.passage_span.start,
        "passage_end": place.passage_span.end,
        "section": place.section,
        "practices": list(place.practices),
    }


def _csv(diff: PolicyDiff) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(safe_row(row) for row in diff.rows())
    return stream.getvalue()
