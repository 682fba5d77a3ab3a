"""The first page: which policies there are, and what they say together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from privagraph.report.naming import language_name
from privagraph.web.figures import graph_figures
from privagraph.web.listing import COLUMNS, Wanted, languages_of, listed
from privagraph.web.site import Site, site_of

__all__ = ["router"]

router = APIRouter()

_Served = Annotated[Site, Depends(site_of)]


def _wanted(q: str = "", language: str = "", versions: str = "", sort: str = "", page: str = "") -> Wanted:
    return Wanted.read(words=q, language=language, versions=versions, sort=sort, page=page)


_Asked = Annotated[Wanted, Depends(_wanted)]


@router.get("/")
async def overview(request: Request, site: _Served, wanted: _Asked) -> HTMLResponse:
    """The policies of the graph."""
    cards = site.policies.cards
    if not cards:
        return site.page(request, "overview-empty.html.j2", title="Nothing here yet")
    mentions = sum(card.mentions for card in cards)
    return site.page(
        request,
        "overview.html.j2",
        title="Policies",
        table=listed(cards, wanted),
        columns=COLUMNS,
        languages=languages_of(cards),
        language_name=language_name,
        replaced=sum(bool(card.newer) for card in cards),
        practices=sum(card.practices for card in cards),
        denials=sum(card.denials for card in cards),
        mentions=mentions,
        ungrounded=sum(card.ungrounded for card in cards),
    )


@router.get("/overview/table")
async def table(request: Request, site: _Served, wanted: _Asked) -> HTMLResponse:
    """The list alone, for a script that changes it while words are typed."""
    return site.page(
        request,
        "overview-table.html.j2",
        title="Policies",
        table=listed(site.policies.cards, wanted),
        columns=COLUMNS,
    )


@router.get("/overview/figures")
async def figures(request: Request, site: _Served, part: str = "") -> HTMLResponse:
    """What the policies say together; a page of its own, or with ``part`` what a script puts into the overview."""
    return site.page(
        request,
        "overview-figures-part.html.j2" if part else "overview-figures.html.j2",
        title="Most named",
        figures=await site.cached(graph_figures),
    )
