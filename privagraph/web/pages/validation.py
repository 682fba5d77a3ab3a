"""The page of what the shapes find."""

from __future__ import annotations

import asyncio
import io
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from privagraph.shapes.rules import Severity, profiles
from privagraph.web.checks import AT_ONCE
from privagraph.web.files import file_response
from privagraph.web.forms import posted_fields
from privagraph.web.page_error import PageError
from privagraph.web.policies import PolicyCard
from privagraph.web.site import Site, site_of
from privagraph.web.streaming import CUT, parted, streamed
from privagraph.web.validation_choice import Choice
from privagraph.web.validation_page import shown

__all__ = ["router"]

router = APIRouter()

_FORMS = {
    "html": ("HTML", "html", "text/html"),
    "markdown": ("Markdown", "md", "text/markdown"),
    "json": ("JSON", "json", "application/json"),
    "csv": ("CSV", "csv", "text/csv"),
    "sarif": ("SARIF", "sarif", "application/sarif+json"),
    "junit": ("JUnit", "xml", "application/xml"),
    "turtle": ("Turtle", "ttl", "text/turtle"),
    "jsonld": ("JSON-LD", "jsonld", "application/ld+json"),
    "text": ("text", "txt", "text/plain"),
}
"""The forms of a report: what people call them, how their files end, and their media types."""
_PATIENCE = 0.5
"""How many seconds a page waits for the check of few policies before it shows how far that is."""
_FEW, _LONGEST = 2, 20.0
"""For how few policies a page waits longer, with its top shown meanwhile, and how many seconds."""
_LISTED = 50
"""How many of the policies that were not checked are listed to choose from."""


@router.get("/validation")
async def validation(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """What was found; few policies are checked at once, many when somebody asks for it."""
    choice = Choice.of(request.query_params, site)
    cards = await _chosen(site, choice)
    iris = [card.iri for card in cards]
    checks = site.checks
    left = checks.missing(iris, choice.profiles)
    run = checks.under_way(iris, choice.profiles)
    if run is None and 0 < len(left) <= AT_ONCE and not checks.held(left, choice.profiles):
        run = checks.run(left, choice.profiles, address=choice.address())
        await site.jobs.wait(run.job, _PATIENCE)
    if run is None or run.job.is_over or len(left) > _FEW:
        return await _page(request, site, choice, cards)

    async def later() -> str:
        await site.jobs.wait(run.job, _LONGEST)
        return parted(await _page(request, site, choice, cards))[1]

    top, _ = parted(await _page(request, site, choice, cards, refreshes=False))
    return await streamed(top, asyncio.ensure_future(later()), "", patience=0)


@router.post("/validation")
async def check(request: Request, site: Annotated[Site, Depends(site_of)]) -> RedirectResponse:
    """Check policies: those that are ticked, or all that the page is about."""
    form = await posted_fields(request)
    choice = Choice.of(form, site)
    ticked = [site.policy(str(key)) for key in form.getlist("tick")]
    cards = await _chosen(site, choice) if form.get("all") else ticked
    address = choice.address()
    if cards:
        site.checks.run([card.iri for card in cards], choice.profiles, address=address)
    return RedirectResponse(address, status_code=303)


@router.get("/validation/report")
async def download(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """What was found, in one of the forms of a report; the filters count."""
    form = request.query_params.get("form", "html")
    if form not in _FORMS:
        raise PageError(400, f"There is no form {form}.", f"Forms are {', '.join(_FORMS)}.")
    choice = Choice.of(request.query_params, site)
    cards = await _chosen(site, choice)
    report = choice.narrowed(site.checks.report([card.iri for card in cards], choice.profiles))
    if not report.policies:
        raise PageError(409, "No policy was checked yet.", "Check some on the page of validation first.")
    from privagraph.shapes.reports import write_report

    stream = io.StringIO(newline="")
    await run_in_threadpool(write_report, report, form, stream)
    _, extension, media = _FORMS[form]
    return file_response(stream.getvalue(), f"validation.{extension}", media)


@router.get("/static/validation-parts.css")
async def style() -> Response:
    """The style of the parts that the page and the file of a report share."""
    from privagraph.shapes.reports.html_templates import asset

    return Response(asset("parts.css"), media_type="text/css", headers={"Cache-Control": "no-cache"})


async def _page(
    request: Request, site: Site, choice: Choice, cards: list[PolicyCard], *, refreshes: bool = True
) -> HTMLResponse:
    """The page with what is known by now; without scripts it looks again by itself while policies are checked."""
    checks, by_iri = site.checks, site.policies.by_iri
    iris = [card.iri for card in cards]
    left = checks.missing(iris, choice.profiles)
    run = checks.under_way(iris, choice.profiles)
    report = checks.report(iris, choice.profiles)
    found = await run_in_threadpool(shown, report, choice, site.policies)
    return site.page(
        request,
        "validation.html.j2",
        title="Validation",
        choice=choice,
        found=found,
        checked=len(report.policies),
        chosen=len(cards),
        left=len(left),
        to_choose=[by_iri[iri] for iri in left[:_LISTED]],
        minutes=round(checks.seconds(len(left)) / 60),
        problems=[(by_iri[iri], why) for iri, why in checks.problems(iris, choice.profiles).items()],
        job=run and run.job,
        profiles=profiles(),
        severities=list(Severity),
        forms=[(form, name) for form, (name, _, _) in _FORMS.items()],
        refreshes=refreshes,
        cut=CUT,
    )


async def _chosen(site: Site, choice: Choice) -> list[PolicyCard]:
    """The policies that a page is about: those that were named, else all in their current versions."""
    if choice.policies:
        return list(choice.policies)
    from privagraph.queries.versions import policies_to_ask

    current = await site.cached(policies_to_ask)
    cards = [card for card in site.policies if current is None or card.iri in current]
    return [card for card in cards if card.holds(choice.find)]
