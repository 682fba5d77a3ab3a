"""The named questions: a list to choose from, a page with a form and an answer for each, and free questions."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from privagraph.errors import PrivagraphError, UnknownQueryError
from privagraph.queries.catalogue import Query, catalogue, load
from privagraph.web.answering.asked import AskedView, asked_view
from privagraph.web.answering.downloads import FILES, file_of_question, files_there
from privagraph.web.answering.fields import Choice, choice_of, fields_of
from privagraph.web.answering.readable import readable
from privagraph.web.answering.rows import PART, part_of_question
from privagraph.web.answering.topics import filtered, topics
from privagraph.web.answering.view import ROWS, TableView, view_of
from privagraph.web.files import file_response
from privagraph.web.links import page_number
from privagraph.web.page_error import PageError
from privagraph.web.patience import soon
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.presence import while_waited_for

__all__ = ["router"]

router = APIRouter(prefix="/questions")
_LONGEST = 500
"""Characters of a free question that count."""
_OPTIONS = ("on", "versions")


@router.get("")
async def questions(
    request: Request,
    site: Annotated[Site, Depends(site_of)],
    q: str = "",
    tag: str = "",
    ask: str = "",
    whole: str = "",
) -> HTMLResponse:
    """All named questions, and a box for free ones."""
    ask = ask.strip()[:_LONGEST]
    view = None
    if ask:
        waited = _understood(site, ask)
        view = await waited if whole else await soon(waited)
    found = filtered(catalogue(), q, tag)
    return site.page(
        request,
        "questions.html.j2",
        title="Questions",
        q=q,
        tag=tag,
        ask=ask,
        view=view,
        fragment="/questions/understood?" + urlencode({"ask": ask}),
        found=found,
        topics=topics(found),
        tags=sorted({each for query in catalogue() for each in query.tags}),
        total=len(catalogue()),
    )


@router.get("/understood")
async def understood(request: Request, site: Annotated[Site, Depends(site_of)], ask: str = "") -> Response:
    """What a free question was understood as, to be put into the page."""
    view = await while_waited_for(request, _understood(site, ask.strip()[:_LONGEST]))
    return site.page(request, "asked-fragment.html.j2", title="Your question", view=view)


@router.get("/{name}")
async def question(
    request: Request, site: Annotated[Site, Depends(site_of)], name: str, whole: str = ""
) -> HTMLResponse:
    """A named question: its form, and its answer."""
    asked = _asked(request, site, name)
    view: TableView | None = None
    problem = ""
    if asked.choice.is_complete:
        waited = _view(site, asked)
        try:
            view = await waited if whole else await soon(waited)
        except PrivagraphError as error:
            problem = f"{error}."
    sparql, unread = _sparql(asked)
    return site.page(
        request,
        "question.html.j2",
        title=asked.query.title,
        asked=asked,
        fields=fields_of(asked.query, site.policies, asked.given, asked.choice),
        view=view,
        problem=problem,
        files=files_there(),
        sparql=sparql,
        unread=unread,
        curl=f"curl {shlex.quote(str(request.base_url).rstrip('/') + asked.file('csv'))}",
    )


@router.get("/{name}/answer")
async def answer(request: Request, site: Annotated[Site, Depends(site_of)], name: str) -> Response:
    """A page of the answer, to be put into the page of the question."""
    asked = _asked(request, site, name)
    if not asked.choice.is_complete:
        raise PageError(400, "The question needs other values.", "The form says which.")
    try:
        view = await while_waited_for(request, _view(site, asked))
    except PrivagraphError as error:
        return site.page(request, "answer-refused.html.j2", title=asked.query.title, problem=f"{error}.")
    return site.page(
        request,
        "answer-fragment.html.j2",
        title=asked.query.title,
        asked=asked,
        view=view,
        files=files_there(),
    )


@router.get("/{name}/answer.{extension}")
async def file(
    request: Request, site: Annotated[Site, Depends(site_of)], name: str, extension: str
) -> Response:
    """The whole answer as a file."""
    asked = _asked(request, site, name)
    kind = FILES.get(extension)
    if kind is None:
        raise PageError(404, f"There is no such format: {extension}.", f"Take one of {', '.join(FILES)}.")
    if not asked.choice.is_complete:
        raise PageError(400, "The question needs other values.", "Its page says which.")
    choice = asked.choice
    work = site.run_long(
        file_of_question,
        name,
        choice.params,
        extension,
        on=choice.on,
        all_versions=choice.all_versions,
        most=site.settings.answer_bytes,
    )
    content = await while_waited_for(request, work)
    return file_response(content, f"{asked.query.id}.{extension}", kind.media_type)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A named question with what was given.

    Attributes:
        query: The question.
        given: Values of the fields, as they were given.
        choice: What they ask.
        page: Which page of the answer.
    """

    query: Query
    given: Mapping[str, str]
    choice: Choice
    page: int

    def address(self, *, page: int = 1, **more: str) -> str:
        """The address of this question's page."""
        return f"/questions/{self.query.id}" + self._state({"page": str(page) if page > 1 else "", **more})

    @property
    def fragment(self) -> str:
        """Where the answer comes from."""
        return f"/questions/{self.query.id}/answer" + self._state(
            {"page": str(self.page) if self.page > 1 else ""}
        )

    def file(self, extension: str) -> str:
        """Where the answer can be downloaded."""
        return f"/questions/{self.query.id}/answer.{extension}" + self._state({})

    def _state(self, more: Mapping[str, str]) -> str:
        named = [*(param.name for param in self.query.params), *_OPTIONS]
        state = {name: self.given[name] for name in named if self.given.get(name, "").strip()}
        state |= {name: value for name, value in more.items() if value}
        return "?" + urlencode(state) if state else ""


def _asked(request: Request, site: Site, name: str) -> _Asked:
    try:
        query = load(name)
    except UnknownQueryError as error:
        near = f"Did you mean {', '.join(error.near)}?" if error.near else ""
        raise PageError(
            404, f"There is no question called {name}.", near or "The list has them all."
        ) from None
    given = dict(request.query_params)
    return _Asked(query, given, choice_of(query, site.policies, given), page_number(given.get("page", "")))


async def _view(site: Site, asked: _Asked) -> TableView:
    choice, first = asked.choice, (asked.page - 1) * ROWS // PART * PART
    part = await site.cached_long(
        part_of_question,
        asked.query.id,
        choice.params,
        on=choice.on,
        all_versions=choice.all_versions,
        first=first,
    )
    return view_of(part, site.policies, page=asked.page, spoken=True)


async def _understood(site: Site, text: str) -> AskedView:
    from privagraph.queries.asking import understood

    return asked_view(await site.cached(understood, text), site.policies)


def _sparql(asked: _Asked) -> tuple[str, tuple[str, ...]]:
    """The query with its values, and the parameters whose values only the graph can read."""
    terms: dict[str, ox.NamedNode | ox.Literal | ox.BlankNode] = {}
    unread: list[str] = []
    for name, value in asked.choice.params:
        term = readable(asked.query, name, value)
        if term is None:
            unread.append(name)
        else:
            terms[name] = term
    from privagraph.queries.spelling import with_values, without_header

    return with_values(without_header(asked.query.text), terms), tuple(unread)
