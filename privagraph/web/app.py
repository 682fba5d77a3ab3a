"""The application: what is served at which address."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import as_file, files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from privagraph.browser import asset
from privagraph.errors import MissingDependencyError, PrivagraphError, QueryLimitError, ServiceError
from privagraph.web import pages
from privagraph.web.page_error import PageError
from privagraph.web.policies import policy_index
from privagraph.web.security import HEADERS, Guard
from privagraph.web.session import Session
from privagraph.web.settings import Settings
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.presence import ClientGone
from privagraph.web.workers import TaskError

__all__ = ["create_app"]

_BROWSER_FILES = frozenset(
    (
        *("house.css", "graph.css", "graph.js", "graph-panel.js", "graph-style.js", "graph-tools.js"),
        *("cytoscape.min.js", "yasqe.min.js", "yasqe.min.css"),
    )
)
"""Those of :mod:`privagraph.browser` that pages load."""
_NOBODY_THERE = 499
"""What web servers note where the client has gone before it had its answer; nobody gets to see it."""
_TYPES = {".js": "text/javascript", ".css": "text/css"}


def create_app(graph: str | Session, *, settings: Settings | None = None) -> FastAPI:
    """The application that serves a graph.

    Its processes are started and ended with it (ASGI's lifespan), so a script that runs it must guard its start by
    ``if __name__ == "__main__"``.

    Args:
        graph: The folder of a store, or a session, which is closed with the application.
        settings: Limits and permissions; the usual ones when None.

    Returns:
        An ASGI application.
    """
    settings = settings or Settings()
    session = graph if isinstance(graph, Session) else Session(graph)
    site = Site(session, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with site.workers:
                site.policies = await site.run(policy_index)
                try:
                    yield
                finally:
                    await site.jobs.close()
        finally:
            session.close()  # here, since a server that is told to end leaves nothing else to be run

    app = FastAPI(title="privagraph", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.site = site
    app.add_middleware(Guard, hosts=settings.hosts, posted=frozenset({"/sparql"}))
    app.add_exception_handler(PageError, _told)
    app.add_exception_handler(PrivagraphError, _told)
    app.add_exception_handler(TaskError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    for gone in (ClientGone, ClientDisconnect):
        app.add_exception_handler(gone, lambda _request, _error: Response(status_code=_NOBODY_THERE))
    app.add_exception_handler(Exception, _told)
    for module in sorted(each.name for each in pkgutil.iter_modules(pages.__path__)):
        app.include_router(importlib.import_module(f"{pages.__name__}.{module}").router)
    with as_file(files("privagraph.web") / "static") as folder:
        app.add_api_route("/static/browser/{file}", _browser_file, methods=["GET"])
        app.mount("/static", StaticFiles(directory=folder), name="static")
    return app


def _browser_file(file: str) -> Response:
    """A file that pages share with files that stand alone; the name chooses among known ones, and is no path."""
    if file not in _BROWSER_FILES:
        raise PageError(404, "There is no such file.", "Go back to the overview.")
    try:
        with as_file(asset(file)) as path:
            return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})
    except MissingDependencyError as error:
        raise PageError(503, f"{error}.", "The tables work without it.") from error


def _told(request: Request, error: Exception) -> Response:
    """An error as a page: what is wrong, and what to do next."""
    site, advice, trace = site_of(request), "", ""
    if isinstance(error, PageError):
        status, reason, advice = error.status, error.reason, error.advice
    elif isinstance(error, HTTPException):
        status, reason = error.status_code, f"{error.detail}."
        advice = "The overview shows what there is." if status == 404 else ""
    elif isinstance(error, RequestValidationError):
        wrong = [f"{each['loc'][-1]} is not right ({each['msg']})" for each in error.errors()]
        status, reason, advice = 400, f"{'; '.join(wrong)}.", "Correct it, or begin anew from the overview."
    elif isinstance(error, TaskError):
        status, reason, trace = 500, f"This is a bug of ours: {error}.", error.trace
        advice = "Please report it with the lines below."
    elif not isinstance(error, PrivagraphError):
        status, reason = 500, f"This is a bug of ours: {type(error).__name__}: {error}."
        advice = "Please report it with what the server printed."
    else:
        busy = isinstance(error, QueryLimitError | ServiceError)
        status, reason = (503 if busy else 400), f"{error}."
    page = site.page(
        request,
        "error.html.j2",
        title="This did not work",
        status=status,
        reason=reason,
        advice=advice,
        trace=trace,
    )
    if isinstance(error, HTTPException) and error.headers:
        page.headers.update(error.headers)
    page.headers.update(HEADERS)  # what nobody expected is answered outside of the guard
    return page
