"""The form of a named question: what each parameter takes, and what somebody has given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from privagraph.ontology.vocabulary import Branch, vocabulary

if TYPE_CHECKING:
    from privagraph.queries.catalogue import Param, Query
    from privagraph.web.policies import PolicyCard, PolicyIndex

__all__ = ["ORGANISATION_PARAMS", "Choice", "Field", "branch_of", "choice_of", "fields_of"]

ORGANISATION_PARAMS = frozenset(
    {"recipient", "agent", "organisation", "company", "controller", "operator", "iri"}
)
"""Names of the parameters of the type ``iri`` that take an organisation."""
_FEW = 60
"""Policies that a list for choosing has at most; among more, one is searched."""
_BRANCHES: Mapping[str, Branch] = {
    "data_category": Branch.PERSONAL_DATA,
    "purpose": Branch.PURPOSE,
    "recipient": Branch.ENTITY,
    "legal_basis": Branch.LEGAL_BASIS,
    "right": Branch.RIGHT,
    "measure": Branch.MEASURE,
    "tracking_technology": Branch.TECHNOLOGY,
    "location": Branch.LOCATION,
    "law": Branch.LAW,
    "processing": Branch.PROCESSING,
}
_LABELS = {
    "iri": "Organisation, concept or other node",
    "below": "Below which percentage",
    "before": "Before which day",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        name: The parameter.
        label: What the field is called.
        kind: ``select``, ``search`` (text with suggestions), ``date``, ``number`` or ``text``.
        value: What was given.
        required: Whether the question needs it.
        note: What the value means, or what may be given.
        options: For ``select``: values and what they are called.
        suggest: For ``search``: where suggestions come from.
        problem: What is wrong with the value; empty where nothing is.
    """

    name: str
    label: str
    kind: str
    value: str
    required: bool
    note: str = ""
    options: tuple[tuple[str, str], ...] = ()
    suggest: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks of a named question.

    Attributes:
        params: Values of parameters, as the question takes them.
        on: The day on which versions have to be in force; None for the current ones.
        all_versions: Whether replaced versions are asked too.
        problems: What is wrong, by the name of the field.
        missing: Parameters that the question needs and that were not given.
    """

    params: tuple[tuple[str, str], ...]
    on: date | None
    all_versions: bool
    problems: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it can be asked."""
        return not self.problems and not self.missing


def choice_of(query: Query, policies: PolicyIndex, given: Mapping[str, str]) -> Choice:
    """What the fields of a form ask.

    Args:
        query: The question.
        policies: The policies of the graph.
        given: What was given, by the name of the field; blanks are nothing.
    """
    problems: dict[str, str] = {}
    params: list[tuple[str, str]] = []
    for param in query.params:
        text = given.get(param.name, "").strip()
        if text:
            try:
                params.append((param.name, _read(query, param, text, policies)))
            except ValueError as error:
                problems[param.name] = str(error)
    on: date | None = None
    day = given.get("on", "").strip()
    if day:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            problems["on"] = f"“{day}” is no day; write it as 2024-05-31."
    named = {name for name, _ in params} | set(problems)
    missing = tuple(param.name for param in query.params if param.required and param.name not in named)
    return Choice(tuple(params), on, given.get("versions", "") == "all", problems, missing)


def fields_of(
    query: Query, policies: PolicyIndex, given: Mapping[str, str], choice: Choice
) -> tuple[Field, ...]:
    """The fields of a question's form.

    Args:
        query: The question.
        policies: The policies of the graph.
        given: What was given.
        choice: What that asks.
    """
    return tuple(
        _field(query, param, policies, given.get(param.name, "").strip(), choice) for param in query.params
    )


def branch_of(query: Query, param: Param) -> Branch | None:
    """The hierarchy that a parameter's concepts come from first; None where any will do."""
    from privagraph.queries.asking.parameters import kinds_of

    kinds = [kind for kind in kinds_of(query, param) if kind]
    return _BRANCHES.get(kinds[0]) if len(kinds) == 1 else None


def _field(query: Query, param: Param, policies: PolicyIndex, value: str, choice: Choice) -> Field:
    field = Field(
        name=param.name,
        label=_LABELS.get(param.name, param.name.replace("_", " ").capitalize()),
        kind="text",
        value=value,
        required=param.required,
        problem=choice.problems.get(param.name, ""),
    )
    if param.type == "policy":
        return _policy_field(field, policies, policies.by_iri.get(dict(choice.params).get(param.name, "")))
    if param.type == "concept":
        suggest = f"/suggest/concepts?question={query.id}&param={param.name}"
        return replace(field, kind="search", suggest=suggest, note=_concept_note(query, value))
    if param.type == "iri" and param.name in ORGANISATION_PARAMS:
        note = "The name of an organisation in the graph, or an IRI."
        return replace(field, kind="search", suggest="/suggest/organisations", note=note)
    if param.type == "iri":
        return replace(field, note="An IRI, such as those in the column “practice” of many answers.")
    if param.type == "date":
        return replace(field, kind="date")
    if param.type == "integer":
        return replace(field, kind="number")
    values = _values(query, param.name)
    if values:
        options = tuple((each, each.replace("-", " ").replace("_", " ")) for each in values)
        return replace(field, kind="select", options=options)
    if param.name == "source":
        return replace(field, kind="search", suggest="/suggest/files", note="The name of a mapped file.")
    return field


def _policy_field(field: Field, policies: PolicyIndex, chosen: PolicyCard | None) -> Field:
    label = "Another policy" if field.name == "other" else "Policy"
    value = field.value if chosen is None else chosen.key
    if len(policies) <= _FEW:
        return replace(field, label=label, kind="select", value=value, options=_policy_options(policies))
    note = f"All {len(policies):,}, unless you name one: type a company, a title or a file."
    if chosen is not None:
        note = f"{chosen.name} ({', '.join(chosen.sources)})"
    return replace(field, label=label, kind="search", value=value, suggest="/suggest/policies", note=note)


def _concept_note(query: Query, value: str) -> str:
    if value in vocabulary():
        label = vocabulary().label(value)
        return f"{label}, or anything narrower" if "narrower" in query.question else label
    return "Type a word, such as “e-mail”, or the short name of a concept."


def _policy_options(policies: PolicyIndex) -> tuple[tuple[str, str], ...]:
    return tuple(
        (card.key, f"{card.name} ({card.sources[0]})" if card.sources else card.name) for card in policies
    )


def _values(query: Query, name: str) -> list[str]:
    """The texts that a query itself lists for a variable."""
    lists = re.findall(rf"VALUES \?{name} \{{([^}}]*)\}}", query.text)
    return list(dict.fromkeys(text for found in lists for text in re.findall(r'"([^"]+)"', found)))


def _read(query: Query, param: Param, text: str, policies: PolicyIndex) -> str:
    """A value as the question takes it.

    Raises:
        ValueError: The value does not fit; the message is for the reader.
    """
    if param.type == "policy":
        return _policy(text, policies)
    if param.type == "concept":
        return _concept(query, param, text)
    if param.type == "integer" and not re.fullmatch(r"-?\d{1,9}", text):
        raise ValueError(f"“{text}” is no whole number.")
    if param.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(f"“{text}” is no day; write it as 2024-05-31.") from None
    return text


def _policy(text: str, policies: PolicyIndex) -> str:
    """The IRI of a policy by its key; another name is looked up in the graph, which says what is wrong with it."""
    card = policies.by_key.get(text)
    if card is not None:
        return card.iri
    called = [
        each for each in policies if text.casefold() in (each.controller.casefold(), each.title.casefold())
    ]
    return called[0].iri if len(called) == 1 else text


def _concept(query: Query, param: Param, text: str) -> str:
    """The short name of a concept by that, by its IRI, or by its label."""
    known = vocabulary()
    bare = text.removeprefix("<").removesuffix(">")
    if bare in known:
        return known.term(bare).curie
    if "://" in bare:
        return bare
    found = [
        term
        for term in known.search(text)
        if text.casefold() in (term.label.casefold(), term.curie.partition(":")[2].casefold())
    ]
    branch = branch_of(query, param)
    fitting = [term for term in found if branch is not None and known.is_a(term.iri, branch)] or found
    if fitting:
        return fitting[0].curie
    near = [known.label(curie) for curie in known.nearest(text)] or [
        term.label for term in known.search(text, limit=3)
    ]
    hint = (
        f"; did you mean {', '.join(near[:3])}?" if near else "; type a word and choose from the suggestions."
    )
    raise ValueError(f"The vocabulary has no concept “{text}”{hint}")
