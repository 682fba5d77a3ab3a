"""The page that takes a policy, to map it there and then."""

from __future__ import annotations

import shlex
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from privagraph.errors import InputError
from privagraph.web.files import file_response
from privagraph.web.forms import TooLargeError, posted_form
from privagraph.web.jobs import State
from privagraph.web.page_error import PageError
from privagraph.web.site import Site, site_of
from privagraph.web.uploads import ACCEPTED, checked, clean_name, start_upload

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["router"]

router = APIRouter()

_PASTED = "pasted.txt"
_MEDIA = {"trig": "application/trig", "ttl": "text/turtle"}


@router.get("/upload")
async def form(request: Request, site: Annotated[Site, Depends(site_of)]) -> HTMLResponse:
    """The form, and what was uploaded so far."""
    _allowed(site)
    return _page(request, site)


@router.post("/upload")
async def upload(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """Take a policy, and go to the page that tells how far its mapping is."""
    _allowed(site)
    try:
        async with posted_form(request, site.settings.upload_bytes) as posted:
            name, data = await _given(posted)
        if len(data) > site.settings.upload_bytes:
            raise TooLargeError
        await run_in_threadpool(checked, data, name)
    except TooLargeError:
        largest = f"{site.settings.upload_bytes / 1e6:g} MB"
        return _page(
            request,
            site,
            status=413,
            reason=f"The file is larger than {largest}, the most that this server takes.",
            advice="Give the policy alone, without pictures, as a web page or as text.",
        )
    except InputError as error:
        advice = f"{error.advice[:1].upper()}{error.advice[1:]}."
        return _page(request, site, status=422, reason=f"{error.source}: {error.reason}.", advice=advice)
    job = start_upload(site, data, name)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


@router.get("/upload/policy")
async def download(
    policy: str, site: Annotated[Site, Depends(site_of)], form: Literal["trig", "ttl"] = "trig"
) -> Response:
    """The graph of one policy as a file."""
    card = site.policy(policy)
    content = await site.run(_written, card.iri, form)
    return file_response(content, f"{card.key}.{form}", _MEDIA[form])


def _written(store: GraphStore, policy: str, form: str) -> bytes:
    """The graph of a policy in a format of files."""
    from privagraph.queries.formats import EXTENSIONS, write_to

    stream = BytesIO()
    write_to(stream, store.quads(policy), EXTENSIONS[f".{form}"])
    return stream.getvalue()


def _allowed(site: Site) -> None:
    if not site.settings.uploads:
        raise PageError(
            403, "This server takes no uploads.", "Map the policy on the command line with `privagraph map`."
        )


async def _given(posted: FormData) -> tuple[str, bytes]:
    """The name and the bytes of what was given: a file, or else a text that was pasted.

    Raises:
        InputError: Nothing was given.
    """
    file, text = posted.get("file"), posted.get("text")
    if isinstance(file, UploadFile) and file.filename:
        return clean_name(file.filename), await file.read()
    if isinstance(text, str) and text.strip():
        told = posted.get("name")
        named = told.replace("/", " ").replace("\\", " ").strip() if isinstance(told, str) else ""
        name = clean_name(named, extension=".txt") if named else _PASTED
        # the mark at the start says that it is UTF-8, whatever a page that was pasted says of itself
        return name, text.encode("utf-8-sig")
    raise InputError("no policy", "neither a file nor a text was given", "choose a file, or paste a text")


def _page(
    request: Request, site: Site, *, status: int = 200, reason: str = "", advice: str = ""
) -> HTMLResponse:
    done = {job.about: job for job in reversed(site.jobs.of_kind("upload")) if job.state is State.DONE}
    cards = [(job, site.policies.by_iri.get(iri)) for iri, job in reversed(done.items())]
    under_way = [job for job in site.jobs.of_kind("upload") if not job.is_over]
    return site.page(
        request,
        "upload.html.j2",
        title="Upload a policy",
        status=status,
        reason=reason,
        advice=advice,
        accepted=ACCEPTED,
        uploaded=[(job, card, keep_command(site, job.title)) for job, card in cards if card is not None],
        under_way=under_way,
    )


def keep_command(site: Site, name: str) -> str:
    """The command that maps a policy into a graph that stays.

    Args:
        site: The pages.
        name: The name of the policy's file.
    """
    original = site.session.original
    into = original if original is not None and site.session.original_is_store else "graph"
    return f"privagraph map {shlex.quote(name)} --output {shlex.quote(into)}"
