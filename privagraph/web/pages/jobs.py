"""How far a job is, and how to stop it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from privagraph.web.jobs import Job, State
from privagraph.web.page_error import PageError
from privagraph.web.pages.upload import keep_command
from privagraph.web.site import Site, site_of

__all__ = ["router"]

router = APIRouter()

_TITLES = {
    State.WAITING: "Waiting to map {}",
    State.RUNNING: "Mapping {}",
    State.DONE: "{} is in the graph",
    State.FAILED: "{} could not be mapped",
    State.STOPPED: "Mapping {} was stopped",
}


@router.get("/jobs/{id_}")
async def job_page(id_: str, request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """How far a job is."""
    job = _job(site, id_)
    if job.kind != "upload":
        return RedirectResponse(job.address or "/validation", status_code=303)
    return _page(request, site, job)


@router.get("/jobs/{id_}/progress")
async def progress(id_: str, site: Annotated[Site, Depends(site_of)]) -> JSONResponse:
    """The same for a script."""
    job = _job(site, id_)
    return JSONResponse(
        {**job.told(), "ahead": site.jobs.ahead_of(job)}, headers={"Cache-Control": "no-store"}
    )


@router.post("/jobs/{id_}/stop")
async def stop(id_: str, site: Annotated[Site, Depends(site_of)]) -> RedirectResponse:
    """Stop a job; what it has done so far stays."""
    job = _job(site, id_)
    await site.jobs.stop(job)
    return RedirectResponse(f"/jobs/{job.id}" if job.kind == "upload" else job.address, status_code=303)


def _job(site: Site, id_: str) -> Job:
    job = site.jobs.get(id_)
    if job is None:
        raise PageError(
            404,
            f"There is no job {id_}.",
            "Jobs are forgotten when the server stops; upload the policy again.",
        )
    return job


def _page(request: Request, site: Site, job: Job) -> HTMLResponse:
    return site.page(
        request,
        "job.html.j2",
        title=_TITLES[job.state].format(job.title),
        job=job,
        ahead=site.jobs.ahead_of(job),
        card=site.policies.by_iri.get(job.about),
        keep=keep_command(site, job.title),
    )
