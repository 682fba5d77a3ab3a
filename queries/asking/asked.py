"""A question in plain English, answered by the query of the catalogue that asks the same.

Nothing is made up: what is answered is a named query, shown with its parameters and the words that they were read from.
Where no query fits, a value is missing, a name fits several policies, or another command answers the question, there is
no answer, and :attr:`Asked.advice` says what to do.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from markupsafe import Markup

from privagraph.ontology.organisations import organisations
from privagraph.queries.asking.matching import Match, Near, matcher
from privagraph.queries.asking.parameters import AGENT, Reading
from privagraph.queries.asking.terms import thesaurus
from privagraph.queries.catalogue import Query
from privagraph.queries.store import GraphStore
from privagraph.queries.summaries import PolicySummary, policy_summaries
from privagraph.queries.versions import policies_to_ask

if TYPE_CHECKING:
    from privagraph.queries.answers import Answer

__all__ = ["Asked", "Refusal", "ask", "understand", "understood"]

Refusal = Literal["ambiguous", "several", "far", "missing"]
"""Why there is no answer: a name fits several policies, several are named, no query is near, a value is missing."""

_NAMED = "ASK { GRAPH ?policy { ?subject ?property <%s> } }"
_SHOWN = 3
"""The most policies that an advice names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it was understood as, and the answer.

    Attributes:
        question: The question.
        query: The named query that it was matched to, or None when none fits.
        score: How near that query is to the question, from 0 to 1; that of the nearest one where none fits.
        sure: Whether it is near, and nearer than all others by a margin.
        readings: The values of its parameters, and the words that they were read from.
        near: Other queries that come near, nearest first.
        unread: Words of the question that were not understood.
        advice: Why there is no answer and what to do, in a sentence; None where there is nothing to say.
        answer: The answer; None where there is none, or no graph was asked.
        caution: What to know before the answer is used, such as that a company of the question has no policy in the
            graph; None where there is nothing to say.
        refusal: Why there is no answer, for programs; None where there is nothing to say.
        policies: IRIs of the policies that the question names, in its order.
    """

    question: str
    query: Query | None
    score: float
    sure: bool
    readings: tuple[Reading, ...]
    near: tuple[Near, ...]
    unread: tuple[str, ...]
    advice: str | None
    answer: Answer | None = None
    caution: str | None = None
    refusal: Refusal | None = None
    policies: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Asked {self.question!r}: {self.query.id if self.query else 'no question fits'}, {self.score:.2f}>"

    @property
    def params(self) -> dict[str, str]:
        """The values of the query's parameters, by name."""
        return {reading.param: reading.value for reading in self.readings}

    @property
    def sparql(self) -> str | None:
        """The text of the query, in which the parameters are variables; None when none fits."""
        return None if self.query is None else self.query.text

    @property
    def command(self) -> str | None:
        """The command that asks the same without matching, but for the graph; None when no query fits."""
        if self.query is None:
            return None
        params = (f" --param {shlex.quote(f'{name}={value}')}" for name, value in self.params.items())
        return f"privagraph query {self.query.id}{''.join(params)}"

    def _repr_html_(self) -> str:
        """The question, what it was understood as, and the answer, for a notebook."""
        parts = [Markup("<p><em>{}</em></p>\n").format(self.question)]
        if self.query is not None:
            parts.append(
                Markup("<p><strong>{}</strong>: {} <small>({}, {:.2f})</small></p>\n").format(
                    self.query.title, self.query.question, self.query.id, self.score
                )
            )
        if self.readings:
            read = (
                Markup("<li>{} = <code>{}</code>{}, from “{}”</li>").format(
                    each.param, each.value, f" ({each.label})" if each.label else "", each.words
                )
                for each in self.readings
            )
            parts.append(Markup("<ul>{}</ul>\n").format(Markup().join(read)))
        parts += [Markup("<p>{}</p>\n").format(said) for said in (self.advice, self.caution) if said]
        if self.near and not self.sure:
            near = (
                Markup("<li><code>{}</code>: {}</li>").format(each.query.id, each.query.question)
                for each in self.near
            )
            parts.append(Markup("<p>Near:</p>\n<ul>{}</ul>\n").format(Markup().join(near)))
        answer = "" if self.answer is None else self.answer._repr_html_()
        return str(Markup().join(parts)) + answer


def understand(
    question: str, policies: Sequence[PolicySummary] = (), *, preferred: frozenset[str] | None = None
) -> Asked:
    """What a question is understood as, without a graph to answer it.

    Args:
        question: The question, in plain English.
        policies: The policies that it may name.
        preferred: IRIs of those that are meant where a name fits others too.

    Example:
        >>> asked = understand("How long do they keep my phone number?")
        >>> asked.params
        {'concept': 'pd:TelephoneNumber'}
    """
    match = matcher().match(question, policies, preferred=preferred)
    best = match.best or (match.near[0] if match.near else None)
    refusal, advice = _advice(match)
    return Asked(
        question,
        match.best.query if match.best else None,
        best.score if best else 0.0,
        match.sure,
        match.best.readings if match.best else (),
        match.near,
        match.unread,
        advice,
        refusal=refusal,
        policies=tuple(dict.fromkeys(each.iri for named in match.policies for each in named.policies)),
    )


def ask(store: GraphStore, question: str, *, on: date | None = None, all_versions: bool = False) -> Asked:
    """The answer of a graph to a question.

    Args:
        store: The graph.
        question: The question, in plain English.
        on: Ask the versions of policies that are in force on this day.
        all_versions: Ask versions too that a newer one replaced.

    Returns:
        What the question was understood as; with the answer, unless there is an advice that says why there is none.

    Raises:
        GraphError: No policy is in force on that day.
    """
    from privagraph.queries.answers import run

    asked = understood(store, question, on=on, all_versions=all_versions)
    if asked.query is None or asked.advice:
        return asked
    return replace(asked, answer=run(store, asked.query, asked.params, on=on, all_versions=all_versions))


def understood(
    store: GraphStore, question: str, *, on: date | None = None, all_versions: bool = False
) -> Asked:
    """What a question is understood as by whoever knows a graph: its policies, and its names of organisations.

    Args:
        store: The graph.
        question: The question, in plain English.
        on: Prefer the versions of policies that are in force on this day.
        all_versions: Take versions too that a newer one replaced.

    Returns:
        The same as :func:`ask` without the answer.

    Raises:
        GraphError: No policy is in force on that day.
    """
    preferred = policies_to_ask(store, on=on, all_versions=all_versions)
    policies = policy_summaries(store)
    asked = understand(question, policies, preferred=preferred)
    if asked.query is None or asked.advice:
        return asked
    known = _agents(store, asked.readings, policies)
    readings = tuple(replace(each, value=known.get(each.value) or each.value) for each in asked.readings)
    asked = replace(asked, readings=readings)
    unknown = [each.words for each in readings if known.get(each.value, "") is None]
    return replace(asked, caution=_caution(asked, unknown))


def _agents(
    store: GraphStore, readings: Sequence[Reading], policies: Sequence[PolicySummary]
) -> dict[str, str | None]:
    """The IRIs that a graph has for the organisations that were read, for it may have another base; None for none."""
    agents = {each.value for each in readings if each.value.startswith(AGENT)}
    bases = sorted({policy.iri.rpartition("policy/")[0] for policy in policies})
    return {
        agent: next((iri for base in bases if store.query(_NAMED % (iri := _moved(agent, base)))), None)
        for agent in agents
    }


def _moved(agent: str, base: str) -> str:
    return f"{base}agent/{quote(agent.removeprefix(AGENT))}"


def _caution(asked: Asked, unknown: Sequence[str]) -> str | None:
    """What a question names that the graph does not have."""
    if unknown:
        return f"No policy of this graph names {_quoted(unknown)}."
    names = [word for word in asked.unread if word[:1].isupper() and _is_name(word, asked.question)]
    if names:
        have = "has" if len(names) == 1 else "have"
        return f"{_quoted(names)} {have} no policy in this graph; the answer is not chosen by that name."
    return None


def _is_name(word: str, question: str) -> bool:
    """Whether a word in capitals is a name: any but the first of a question, and that too where it is well known."""
    known = organisations()
    return not question.lstrip().startswith(word) or known.get(known.key(word)) is not None


def _quoted(words: Sequence[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)


def _advice(match: Match) -> tuple[Refusal, str] | tuple[None, None]:
    """Why a question has no answer, and what to do; twice None where it has one."""
    for named in match.policies:
        if len(named.policies) > 1:
            names = [each.sources[0] if each.sources else each.title for each in named.policies]
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            return "ambiguous", (
                f"“{named.words}” fits several policies: {', '.join(names[:_SHOWN])}{more}; name one by its file or "
                "by its whole title."
            )
    chosen = list(dict.fromkeys(named.policies[0] for named in match.policies))
    if len(chosen) > 1:
        command = (
            "diff"
            if len(chosen) == 2 and not thesaurus().commands["diff"].isdisjoint(match.words)
            else "compare"
        )
        called = " ".join(shlex.quote(each.sources[0] if each.sources else each.title) for each in chosen)
        return "several", (
            f"The question names {len(chosen)} policies; `privagraph {command} {called}` answers that."
        )
    if match.best is None:
        return "far", (
            "No question of the catalogue is near enough to this one; ask it in other words, or choose one that "
            "`privagraph query --list` shows."
        )
    if match.best.missing:
        wanted = " and ".join(match.best.missing)
        return "missing", (
            f"The question does not give {wanted}, which {match.best.query.id} needs; name it in the question, or "
            f"give it: privagraph query {match.best.query.id} --param {match.best.missing[0]}=..."
        )
    return None, None
