"""A query written so that a server of any make answers it as the engine here would.

The engine here knows the prefixes of the project and binds values to variables
(:meth:`privagraph.queries.store.GraphStore.query`). The SPARQL Protocol has neither, so prefixes are declared, and a
variable is replaced by its value wherever the query means that variable: in sub-selects only where they hand it out
(https://www.w3.org/TR/sparql11-query/#variableScope). A value is written by the engine as one term, which can be
nothing but that term; no words of a user are ever pasted in.

This looks at tokens, braces and parentheses only. Whether a text is SPARQL at all is for the engine here to say before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from privagraph.errors import QueryError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.sparql import tokens

__all__ = ["looks_outside_graphs", "with_prefixes", "with_values"]

_NODES = frozenset({"iri", "name", "string"})
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"([\w-]+):")


def with_prefixes(text: str, base: str | None = None) -> str:
    r"""A query that declares the prefixes of the project which it uses without declaring them.

    Args:
        text: The query.
        base: What its relative IRIs are relative to.

    Example:
        >>> with_prefixes("ASK { ?p a pg:PrivacyPolicy }")
        'PREFIX pg: <https://w3id.org/privagraph/ns#>\nASK { ?p a pg:PrivacyPolicy }'
    """
    declared, used = {*_DECLARED.findall(text)}, {*_USED.findall(text)}
    missing = sorted(prefix for prefix in PREFIXES if prefix in used and prefix not in declared)
    head = [f"BASE <{base}>\n"] if base else []
    return "".join([*head, *(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in missing), text])


def looks_outside_graphs(text: str) -> bool:
    """Whether a query has patterns outside of ``GRAPH``, so that it matters what the default graph holds.

    Args:
        text: The query.

    Example:
        >>> looks_outside_graphs("SELECT ?s { GRAPH ?g { ?s a pg:Mention } FILTER(?s != ?g) }")
        False
    """
    for part in _parts(text):
        if part.kind == "word" and part.text.upper() == "DESCRIBE":
            return True
        if (
            part.kind in _NODES
            and part.brace == "pattern"
            and part.stage == "pattern"
            and not part.in_graph
            and len(part.words) == 1
            and part.words[0] not in ("GRAPH", "VALUES")
        ):
            return True
    return False


def with_values(text: str, values: Mapping[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]) -> str:
    """A query in which variables have values.

    Args:
        text: The query, which is SPARQL.
        values: The values, by the names of their variables.

    Returns:
        The query; it hands out the same columns, with the values in them.

    Raises:
        QueryError: A value has no name that could be sent, or the query itself computes what should be given.

    Example:
        >>> with_values("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s", {"s": ox.NamedNode("urn:a")})
        'SELECT (<urn:a> AS ?s) ?o { <urn:a> ?p ?o } ORDER BY (<urn:a>)'
    """
    for name, value in sorted(values.items()):
        if isinstance(value, ox.BlankNode | ox.Triple):
            raise QueryError(
                f"?{name} cannot be {value} for a SPARQL server; give an IRI, a text or a number"
            )
        text = _with_value(text, name, str(value))
    return text


@dataclass(slots=True, eq=False)
class _Select:
    """A query or sub-query, while its tokens pass.

    Attributes:
        outer: The query around it.
        columns: The names that it hands out; None for all.
        stage: Where one is in it: ``head`` before its pattern, ``pattern``, or ``tail`` after it.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    """

    outer: _Select | None = None
    columns: set[str] | None = field(default_factory=set)
    stage: str = "head"
    form: str = ""

    def hands_out(self, name: str) -> bool:
        """Whether a variable of that name is the one that the whole query means by it."""
        if self.outer is None:
            return True
        return (self.columns is None or name in self.columns) and self.outer.hands_out(name)


@dataclass(slots=True)
class _Brace:
    """What an open brace holds: a ``pattern``, ``data`` of VALUES, or a ``template``; ``query`` stands for none."""

    kind: str
    select: _Select
    in_graph: bool = False
    main: bool = False
    words: list[str] = field(default_factory=lambda: [""])
    """The last bare word, in capitals: outside of parentheses, and in each that is open."""


@dataclass(slots=True)
class _Part:
    """A token and where it stands; for a brace or parenthesis that closes, where what it closes stands."""

    text: str
    kind: str
    brace: str
    in_graph: bool
    words: tuple[str, ...]
    select: _Select
    stage: str
    closes: str = ""

    @property
    def variable(self) -> str:
        return self.text[1:] if self.kind == "name" and self.text[0] in "?$" else ""

    def behind(self, word: str) -> bool:
        """Whether it stands behind a word, or in the parenthesis behind it."""
        return word in self.words[-2:]


def _parts(text: str) -> Iterator[_Part]:
    """The tokens of a query."""
    stack = [_Brace("query", _Select())]
    for kind, token in tokens(text):
        top = stack[-1]
        closes = ""
        if token == "}" and len(stack) > 1:
            closed = stack.pop()
            if closed.main:
                closed.select.stage = "tail"
            closes = "main" if closed.main and closed.select.outer is None else closed.kind
            top = stack[-1]
            top.words[-1] = ""
        elif token == ")" and len(top.words) > 1:
            top.words.pop()
        elif kind == "word":
            word = token.upper()
            top.words[-1] = word
            if word == "SELECT" and top.kind == "pattern":
                top.select = _Select(outer=top.select, form=word)
            elif word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") and top.kind == "query":
                top.select.form = word
        select = top.select
        if select.stage == "head" and select.form == "SELECT":
            _note_column(select, token, kind, top)
        yield _Part(token, kind, top.kind, top.in_graph, tuple(top.words), select, select.stage, closes)
        if token == "(":
            top.words.append("")
        elif token == "{":
            stack.append(_opened(top))


def _note_column(select: _Select, token: str, kind: str, top: _Brace) -> None:
    if token == "*" and len(top.words) == 1:
        select.columns = None
    variable = kind == "name" and token[0] in "?$"
    if variable and select.columns is not None and (len(top.words) == 1 or top.words[-1] == "AS"):
        select.columns.add(token[1:])


def _opened(top: _Brace) -> _Brace:
    """The brace that opens in another one."""
    select, word = top.select, top.words[-1]
    if word == "VALUES":
        return _Brace("data", select, top.in_graph)
    if word == "CONSTRUCT":
        return _Brace("template", select)
    main = select.stage == "head"
    if main:
        select.stage = "pattern"
    return _Brace("pattern", select, top.in_graph or word == "GRAPH", main)


def _with_value(text: str, name: str, term: str) -> str:
    parts = list(_parts(text))
    named = (f"{name}_{number}" for number in range(1, len(text)) if f"{name}_{number}" not in text)
    made: list[str] = []
    waiting: list[str] = []
    """Conditions that come behind what is open."""
    bound = -1
    for part in parts:
        if part.variable == name and part.select.hands_out(name):
            if part.words[-2:-1] == ("BOUND",):
                made[bound] = ""
                made.append("true")
                continue
            written, condition = _replaced(part, name, term, named)
            made.append(written)
            waiting += condition
            continue
        if part.kind == "word" and part.text.upper() == "BOUND":
            bound = len(made)
        if part.closes == "main" and part.select.form == "SELECT" and part.select.columns is None:
            made.append(f" BIND({term} AS ?{name}) ")
        made.append(part.text)
        computed = part.text == ")" and part.brace != "data" and "VALUES" not in part.words
        if waiting and (part.closes == "data" or computed):
            made += waiting
            waiting = []
    return "".join(made)


def _replaced(part: _Part, name: str, term: str, named: Iterator[str]) -> tuple[str, list[str]]:
    """What stands for a variable at its place, and conditions that follow from it."""
    computed = part.words[-1] == "AS"
    if part.behind("VALUES") or (computed and part.stage == "pattern"):
        if part.stage != "pattern":
            raise _computed(name)
        other = next(named)
        return f"?{other}", [f" FILTER(sameTerm(?{other}, {term})) "]
    if computed:
        raise _computed(name)
    if part.stage == "head" and part.brace != "template" and len(part.words) == 1:
        if part.select.form == "DESCRIBE":
            return term, []
        return f"({term} AS ?{name if part.select.outer is None else next(named)})", []
    return (f"({term})" if part.stage == "tail" and len(part.words) == 1 else term), []


def _computed(name: str) -> QueryError:
    return QueryError(
        f"the query computes ?{name} itself, so a SPARQL server cannot be given a value for it; use another variable"
    )
