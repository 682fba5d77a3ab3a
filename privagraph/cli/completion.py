"""What the shell offers while a command is typed: names and tags of queries, their parameters, policies, concepts.

Switched on by what click makes for a shell (https://click.palletsprojects.com/en/stable/shell-completion/), such as
``eval "$(_PRIVAGRAPH_COMPLETE=bash_source privagraph)"``. What cannot be found out is not offered; nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from privagraph.errors import PrivagraphError

if TYPE_CHECKING:
    from privagraph.queries.catalogue import Param

__all__ = ["complete_name", "complete_param", "complete_tag"]


def complete_name(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The named queries, each with its question; files where none begins so."""
    from privagraph.queries.catalogue import catalogue

    named = [
        CompletionItem(query.id, help=query.question) for query in catalogue() if query.id.startswith(typed)
    ]
    return named or [CompletionItem(typed, type="file")]


def complete_tag(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The tags of the catalogue."""
    from privagraph.queries.catalogue import catalogue

    return _beginning(typed, sorted({tag for query in catalogue() for tag in query.tags}))


def complete_param(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The parameters of the query that was named, and after the equals sign their values."""
    from privagraph.queries.catalogue import load

    with suppress(PrivagraphError):
        named = ctx.params.get("name") or next(iter(ctx.args), "")  # a half-typed line leaves it there
        query = load(str(named))
        name, equals, _ = typed.partition("=")
        if not equals:
            return _beginning(typed, [f"{param.name}=" for param in query.params])
        param = query.param(name)
        if param is not None:
            return _beginning(typed, (f"{name}={value}" for value in _values(ctx, param)))
    return []


def _values(ctx: click.Context, param: Param) -> Iterator[str]:
    if param.type == "policy" and ctx.params.get("graph"):
        from privagraph.queries.store import GraphStore
        from privagraph.queries.summaries import policy_summaries
        from privagraph.queries.waiting import was_left

        if was_left(Path(ctx.params["graph"])):
            return  # to open it would put in what waits, which may take a minute
        with GraphStore.open(ctx.params["graph"]) as store:
            for policy in policy_summaries(store):
                yield from policy.sources
    elif param.type == "concept":
        from privagraph.ontology.vocabulary import vocabulary

        yield from (term.curie for term in vocabulary())


def _beginning(typed: str, values: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(value) for value in dict.fromkeys(values) if value.startswith(typed)]
