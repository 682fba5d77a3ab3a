"""Policies side by side, and what differs between two of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from privagraph.web.comparing import FEWEST, MOST, body, written
from privagraph.web.files import file_response
from privagraph.web.page_error import PageError
from privagraph.web.site import Site, site_of
from privagraph.web.streaming import CUT, parted, streamed

if TYPE_CHECKING:
    from privagraph.web.policies import PolicyCard

__all__ = ["router"]

router = APIRouter()

_FORMS = {
    "html": ("HTML", "html", "text/html"),
    "markdown": ("Markdown", "md", "text/markdown"),
    "csv": ("CSV", "csv", "text/csv"),
    "json": ("JSON", "json", "application/json"),
}
"""The forms of a comparison: what people call them, how their files end, and their media types."""
_PATIENCE = 0.4
"""How many seconds the whole page waits for a comparison before its top is shown without it."""
_LISTED = 60
"""How many policies are listed to choose from."""


@router.get("/compare")
async def compare(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """A choice of policies, and what was chosen side by side, or as what changed from one to the other."""
    asked = request.query_params
    cards = _cards(site, request)
    as_diff = asked.get("as") == "diff"
    wrong = _wrong(cards, as_diff=as_diff)
    compared = bool(cards and not wrong and not asked.get("list"))
    page = _page(request, site, cards, compared=compared, as_diff=as_diff, wrong=wrong)
    if not compared:
        return page
    top, bottom = parted(page)
    work = asyncio.ensure_future(site.cached(body, cards, as_diff))
    return await streamed(top, work, bottom, patience=_PATIENCE)


@router.get("/compare/file")
async def download(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """The same as a file."""
    form = request.query_params.get("form", "html")
    if form not in _FORMS:
        raise PageError(400, f"There is no form {form}.", f"Forms are {', '.join(_FORMS)}.")
    cards = _cards(site, request)
    as_diff = request.query_params.get("as") == "diff"
    wrong = _wrong(cards, as_diff=as_diff) or ("" if cards else "No policies were chosen.")
    if wrong:
        raise PageError(400, wrong, "The page that compares policies lets you choose them.")
    content = await site.run(written, tuple(card.iri for card in cards), form, as_diff)
    _, extension, media = _FORMS[form]
    name = "changes" if as_diff else "comparison"
    return file_response(content, f"{name}.{extension}", media)


@router.get("/static/compare-parts.css")
async def style() -> Response:
    """The style of the parts that the page and the files of comparisons share."""
    from privagraph.queries.pages import asset

    return Response(asset("parts.css"), media_type="text/css", headers={"Cache-Control": "no-cache"})


def _cards(site: Site, request: Request) -> tuple[PolicyCard, ...]:
    keys = dict.fromkeys(key for key in request.query_params.getlist("policy") if key)
    return tuple(site.policy(key) for key in keys)


def _wrong(cards: tuple[PolicyCard, ...], *, as_diff: bool) -> str:
    """What is wrong with a choice; empty where nothing is, or nothing was chosen yet."""
    if as_diff and cards and len(cards) != FEWEST:
        return f"What changed is told of two policies, and {len(cards)} {'was' if len(cards) == 1 else 'were'} chosen."
    if len(cards) > MOST:
        return f"At most {MOST} policies fit side by side, and {len(cards)} were chosen."
    return "One policy was chosen; choose at least one more." if len(cards) == 1 else ""


def _page(
    request: Request,
    site: Site,
    cards: tuple[PolicyCard, ...],
    *,
    compared: bool,
    as_diff: bool,
    wrong: str,
) -> Response:
    find = " ".join(request.query_params.get("find", "").split())
    fitting = [card for card in site.policies if card not in cards and card.holds(find)]
    return site.page(
        request,
        "compare.html.j2",
        title="What changed" if as_diff else "Compare policies",
        status=400 if wrong and len(cards) != 1 else 200,
        cards=cards,
        compared=compared,
        only=bool(request.query_params.get("only")),
        every=bool(request.query_params.get("every")),
        as_diff=as_diff,
        wrong=wrong,
        most=MOST,
        find=find,
        listed=fitting[:_LISTED],
        more=max(0, len(fitting) - _LISTED),
        forms=[(form, name) for form, (name, _, _) in _FORMS.items()],
        place=CUT,
    )
