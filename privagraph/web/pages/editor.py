"""The SPARQL editor: a query, its answer as a table and as a graph; the address has the query."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from privagraph.errors import PrivagraphError, QuerySyntaxError, UnknownQueryError
from privagraph.ontology.namespaces import PREFIXES
from privagraph.queries.catalogue import catalogue, load
from privagraph.queries.sparql import unknown_terms
from privagraph.queries.spelling import without_header
from privagraph.web.answering.examples import EXAMPLES
from privagraph.web.answering.picture import picture_of_text
from privagraph.web.answering.rows import PART, part_of_text
from privagraph.web.answering.topics import topics
from privagraph.web.answering.view import ROWS, TableView, view_of
from privagraph.web.links import page_number
from privagraph.web.page_error import PageError
from privagraph.web.patience import soon
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.formats import GRAPHS, AnswerFormat
from privagraph.web.sparql.formats import ROWS as ROW_FORMATS
from privagraph.web.sparql.presence import while_waited_for

__all__ = ["router"]

router = APIRouter(prefix="/query")
_PLACE = re.compile(r"line (\d+), column (\d+)")


@router.get("")
async def editor(
    request: Request,
    site: Annotated[Site, Depends(site_of)],
    query: str = "",
    question: str = "",
    page: str = "",
    whole: str = "",
) -> HTMLResponse:
    """The editor, with a query in it; the query's answer follows."""
    asked = _Asked(query, page_number(page))
    shown: _Shown | None = None
    if query.strip():
        waited = _answer(site, asked)
        shown = await waited if whole else await soon(waited)
    return site.page(
        request,
        "editor.html.j2",
        title="SPARQL",
        asked=asked,
        text=query or _text_of(question) or EXAMPLES[0].query,
        waits=bool(query.strip()) and shown is None,
        shown=shown,
        examples=EXAMPLES,
        topics=topics(catalogue()),
        prefixes=json.dumps(dict(PREFIXES)),
        seconds=site.settings.seconds,
    )


@router.get("/answer")
async def answer(
    request: Request, site: Annotated[Site, Depends(site_of)], query: str = "", page: str = ""
) -> Response:
    """The answer to a query, to be put into the page."""
    asked = _Asked(query, page_number(page))
    shown = await while_waited_for(request, _answer(site, asked))
    return site.page(request, "editor-answer.html.j2", title="Answer", asked=asked, shown=shown)


@router.get("/picture")
async def picture(request: Request, site: Annotated[Site, Depends(site_of)], query: str = "") -> Response:
    """The answer to a query as a graph to be drawn."""
    try:
        scene = await while_waited_for(request, site.cached_long(picture_of_text, query))
    except PrivagraphError as error:
        return JSONResponse({"problem": f"{error}."})
    return JSONResponse(scene)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, and which page of its answer.

    Attributes:
        query: The text.
        page: The page.
    """

    query: str
    page: int

    def address(self, *, page: int = 1, **more: str) -> str:
        """The address of the editor with this query."""
        return "/query?" + urlencode(self._state(page, more))

    @property
    def fragment(self) -> str:
        """Where the answer comes from."""
        return "/query/answer?" + urlencode(self._state(self.page, {}))

    def file(self, kind: AnswerFormat) -> str:
        """Where the whole answer can be downloaded."""
        return "/sparql?" + urlencode({"query": self.query, "format": kind.name, "cells": "safe"})

    def _state(self, page: int, more: dict[str, str]) -> dict[str, str]:
        return {"query": self.query} | ({"page": str(page)} if page > 1 else {}) | more


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of the answer to a query: its rows, or why there are none.

    Attributes:
        problem: Why there are none; empty where there are.
        place: Line and column at which the query breaks, where that is the problem.
        view: The rows.
        files: Formats in which the whole answer can be had.
        drawable: Whether there is something to draw.
        unknown: Terms of the query that their vocabularies do not have, each with the nearest that there is.
    """

    problem: str = ""
    place: tuple[str, str] | None = None
    view: TableView | None = None
    files: tuple[AnswerFormat, ...] = ()
    drawable: bool = False
    unknown: tuple[tuple[str, str | None], ...] = ()


async def _answer(site: Site, asked: _Asked) -> _Shown:
    try:
        first = (asked.page - 1) * ROWS // PART * PART
        part = await site.cached_long(part_of_text, asked.query, first=first)
    except QuerySyntaxError as error:
        place = _PLACE.search(error.reason)
        return _Shown(f"{error}.", (place[1], place[2]) if place else None)
    except PrivagraphError as error:
        return _Shown(f"{error}.")
    view = view_of(part, site.policies, page=asked.page, spoken=False)
    return _Shown(
        view=view,
        files=GRAPHS if view.kind == "construct" else ROW_FORMATS,
        drawable=_is_drawable(view),
        unknown=tuple(unknown_terms(asked.query)),
    )


def _is_drawable(view: TableView) -> bool:
    """Whether an answer has IRIs that can be joined."""
    return view.kind == "construct" or any(sum(bool(cell.url) for cell in row) > 1 for row in view.rows)


def _text_of(question: str) -> str:
    """The SPARQL of a named question."""
    if not question:
        return ""
    try:
        return without_header(load(question).text)
    except UnknownQueryError:
        raise PageError(
            404, f"There is no question called {question}.", "The list of questions has them all."
        ) from None
