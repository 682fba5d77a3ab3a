"""The named queries: ``.rq`` files that carry their own metadata in ``#+`` comments.

The header is YAML in comments (the convention of grlc, https://grlc.io), so that a file runs unchanged in any engine.
It is read strictly: an unknown, missing or doubled key is an error that names file and line, never a default. The
rules are in ``docs/queries.md``. What a query asks is in the header; how it is asked, in the SPARQL below it, which
this module does not look into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from privagraph.errors import QueryMetadataError, UnknownQueryError

__all__ = ["Kind", "Level", "Param", "ParamType", "Query", "catalogue", "load", "parse", "queries_table"]

Kind = Literal["answer", "check"]
"""An answer's rows are what was asked for; a check's rows are findings, and it passes when there are none."""

Level = Literal["error", "warn", "info"]
"""How grave a finding of a check is."""

ParamType = Literal["policy", "concept", "iri", "string", "integer", "date"]
"""What a parameter takes: ``policy`` an IRI, title or file name; ``concept`` a CURIE or an IRI; ``date`` YYYY-MM-DD."""

_KINDS = ("answer", "check")
_LEVELS = ("error", "warn", "info")
_TYPES = ("policy", "concept", "iri", "string", "integer", "date")
_REQUIRED = ("id", "title", "question", "kind", "params", "columns", "tags", "since")
_FINDING = ("problem", "fix", "level")
_OPTIONAL = ("asked",)
_KNOWN = (*_REQUIRED, *_FINDING, *_OPTIONAL)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VARIABLE = re.compile(r"[a-z][a-z0-9_]*")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_MARK = "#+"


@dataclass(frozen=True, slots=True)
class Param:
    """A value that a query takes; it is bound to the variable of that name, never pasted into the text.

    Attributes:
        name: Name of the variable, without its question mark.
        type: What it takes.
        required: Whether the query needs it; an optional one that is not given leaves the variable free.
    """

    name: str
    type: ParamType
    required: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A named query.

    Attributes:
        id: Its name, which is also its file's.
        title: What it lists, in a few words.
        question: The question that it answers, in one sentence.
        kind: An answer, or a check that passes when it has no rows.
        params: What it takes.
        columns: The columns of its answer, in order.
        tags: Words to find it by.
        since: The version of privagraph that first had it.
        asked: Other ways in which people ask it.
        text: The whole file, header included.
        problem: For a check: what a row means.
        fix: For a check: what to do about it.
        level: For a check: how grave a row is.
    """

    id: str
    title: str
    question: str
    kind: Kind
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    tags: tuple[str, ...]
    since: str
    text: str = field(repr=False)
    asked: tuple[str, ...] = field(default=(), repr=False)
    problem: str | None = None
    fix: str | None = None
    level: Level | None = None

    def param(self, name: str) -> Param | None:
        """The parameter of that name, or None."""
        return next((param for param in self.params if param.name == name), None)


def load(name: str) -> Query:
    """The named query.

    Args:
        name: Its id, such as ``mentions``.

    Returns:
        The query, with its metadata.

    Raises:
        UnknownQueryError: There is none of that name; the error offers the nearest ones.
        QueryMetadataError: The header of its file breaks the rules.

    Example:
        >>> load("mentions").columns[:3]
        ('source', 'policy', 'role')
    """
    if name not in _names():
        near = get_close_matches(name.strip().lower().replace("_", "-"), _names(), n=3, cutoff=0.5)
        near += [known for known in _names() if name and name in known and known not in near]
        raise UnknownQueryError(name, near[:3])
    return _load(name)


def catalogue(*, tag: str | None = None) -> tuple[Query, ...]:
    """All named queries in the order of their names.

    Args:
        tag: Only those that carry this tag.

    Returns:
        The queries; none when no query has the tag.

    Raises:
        QueryMetadataError: The header of a file breaks the rules.
    """
    queries = (_load(name) for name in _names())
    return tuple(query for query in queries if tag is None or tag in query.tags)


def queries_table() -> str:
    """All named queries as a table in Markdown, as ``docs/queries.md`` shows it."""
    lines = ["| query | question | parameters | tags |", "|---|---|---|---|"]
    for query in catalogue():
        name = f"`{query.id}`" if query.kind == "answer" else f"`{query.id}` (check: {query.level})"
        params = ", ".join(f"**{param.name}**" if param.required else param.name for param in query.params)
        lines.append(f"| {name} | {query.question} | {params} | {', '.join(query.tags)} |")
    return "\n".join(lines) + "\n"


@cache
def _names() -> tuple[str, ...]:
    folder = files("privagraph.queries.rq")
    return tuple(sorted(entry.name[:-3] for entry in folder.iterdir() if entry.name.endswith(".rq")))


@cache
def _load(name: str) -> Query:
    file = f"{name}.rq"
    query = parse((files("privagraph.queries.rq") / file).read_text(encoding="utf-8"), file=file)
    if query.id != name:
        raise QueryMetadataError(file, 1, f"id is {query.id!r}, but the file is named {name!r}")
    return query


def parse(text: str, *, file: str) -> Query:
    """Read a query and its header.

    Args:
        text: The whole ``.rq`` file.
        file: Its name, for messages.

    Returns:
        The query.

    Raises:
        QueryMetadataError: The header breaks the rules.
    """
    header = _Header(text, file)
    kind = header.choice("kind", _KINDS)
    if kind == "check":
        header.need(*_FINDING)
    else:
        for key in _FINDING:
            if key in header.values:
                raise header.error(key, f"{key!r} belongs to checks, and the kind is {kind!r}")
    identifier = header.line("id")
    if not _ID.fullmatch(identifier):
        raise header.error("id", f"id {identifier!r} is not lower-case words joined by hyphens")
    since = header.line("since")
    if not _VERSION.fullmatch(since):
        raise header.error("since", f"since {since!r} is not a version such as 0.1.0")
    return Query(
        id=identifier,
        title=header.line("title"),
        question=header.line("question"),
        kind=kind,  # type: ignore[arg-type]  # one of _KINDS
        params=tuple(header.params()),
        columns=header.words("columns", _VARIABLE, least=1),
        tags=header.words("tags", _ID, least=1),
        since=since,
        text=text,
        asked=header.sentences("asked"),
        problem=header.line("problem") if kind == "check" else None,
        fix=header.line("fix") if kind == "check" else None,
        level=header.choice("level", _LEVELS) if kind == "check" else None,  # type: ignore[arg-type]  # one of _LEVELS
    )


class _Header:
    """The ``#+`` lines of one file: values by key, and the line of each key."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        lines = text.splitlines()
        count = next((n for n, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
        if count == 0:
            raise QueryMetadataError(file, 1, f"the file does not begin with a header of {_MARK!r} lines")
        for number, line in enumerate(lines[count:], start=count + 1):
            if line.lstrip().startswith(_MARK):
                raise QueryMetadataError(file, number, f"a {_MARK!r} line after the header's end")
        self.values, self.lines = self._read("\n".join(line[len(_MARK) + 1 :] for line in lines[:count]))
        self.need(*_REQUIRED)

    def _read(self, source: str) -> tuple[dict[str, Any], dict[str, int]]:
        import yaml  # takes 20 ms, and most commands need no query

        try:
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml takes a tenth of the time
            node = yaml.compose(source, Loader=loader)
            values = yaml.load(source, Loader=loader)  # noqa: S506  # one of the safe ones
        except yaml.YAMLError as exc:
            mark = getattr(exc, "problem_mark", None)
            problem = getattr(exc, "problem", None) or "not YAML"
            raise QueryMetadataError(self.file, mark.line + 1 if mark else 1, f"not YAML: {problem}") from exc
        if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
            raise QueryMetadataError(self.file, 1, "the header is not a list of 'key: value' lines")
        lines: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if key.value in lines:
                raise QueryMetadataError(self.file, line, f"{key.value!r} stands twice")
            if key.value not in _KNOWN:
                near = get_close_matches(key.value, _KNOWN, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise QueryMetadataError(self.file, line, f"unknown key {key.value!r}{hint}")
            lines[key.value] = line
        return values, lines

    def error(self, key: str, reason: str) -> QueryMetadataError:
        return QueryMetadataError(self.file, self.lines.get(key, 1), reason)

    def need(self, *keys: str) -> None:
        for key in keys:
            if key not in self.values:
                raise self.error(key, f"no {key!r} in the header")

    def line(self, key: str) -> str:
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"{key} must be text, not {value!r}")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        value = self.line(key)
        if value not in allowed:
            raise self.error(key, f"{key} {value!r} is not one of {', '.join(allowed)}")
        return value

    def words(self, key: str, pattern: re.Pattern[str], *, least: int) -> tuple[str, ...]:
        value = self.values[key]
        if not isinstance(value, list) or len(value) < least:
            raise self.error(key, f"{key} must be a list such as [one, two], not {value!r}")
        for word in value:
            if not isinstance(word, str) or not pattern.fullmatch(word):
                raise self.error(key, f"{word!r} cannot stand in {key}")
        if len(set(value)) < len(value):
            raise self.error(key, f"{key} names one of its words twice")
        return tuple(value)

    def sentences(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be left out."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or (key in self.values and not value):
            raise self.error(key, f"{key} must be a list of sentences in quotation marks, not {value!r}")
        for sentence in value:
            if not isinstance(sentence, str) or not sentence.strip():
                raise self.error(key, f"{key} must hold sentences, not {sentence!r}")
        if len({sentence.casefold() for sentence in value}) < len(value):
            raise self.error(key, f"{key} says one thing twice")
        return tuple(value)

    def params(self) -> Iterator[Param]:
        value = self.values["params"]
        if not isinstance(value, Mapping):
            raise self.error(
                "params", f"params must be a mapping such as {{policy: optional policy}}, not {value!r}"
            )
        for name, kind in value.items():
            if not isinstance(name, str) or not _VARIABLE.fullmatch(name):
                raise self.error("params", f"{name!r} cannot name a parameter")
            type_ = str(kind).removeprefix("optional ")
            if type_ not in _TYPES:
                raise self.error("params", f"type {kind!r} of {name!r} is not one of {', '.join(_TYPES)}")
            yield Param(name, type_, required=type_ == str(kind))  # type: ignore[arg-type]  # one of _TYPES
