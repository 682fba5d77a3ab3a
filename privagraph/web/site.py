"""What all pages share: the graph behind them, its policies, templates, and what was worked out before."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from fastapi import Request
from fastapi.responses import HTMLResponse

from privagraph._version import __version__
from privagraph.ontology.pages import template_environment
from privagraph.web import links
from privagraph.web.checks import Checks
from privagraph.web.jobs import Jobs
from privagraph.web.page_error import PageError
from privagraph.web.policies import PolicyCard, PolicyIndex, policy_index
from privagraph.web.workers import Place, Task, Workers

if TYPE_CHECKING:
    import jinja2

    from privagraph.web.session import Session
    from privagraph.web.settings import Settings

__all__ = ["Site", "site_of"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
_KEPT = 256
"""How many results are kept."""
_KEPT_BYTES = 200_000_000
"""How large they may be together, as they came from their processes."""


@dataclass(slots=True)
class _Kept:
    """A result, or the work on it.

    Attributes:
        work: The work; it holds the result, and its size in bytes, when it is done.
        waiting: How many requests wait for it.
    """

    work: asyncio.Future[tuple[Any, int]]
    waiting: int = 0

    @property
    def size(self) -> int:
        """The size of the result; 0 as long as there is none."""
        done = self.work.done() and not self.work.cancelled() and self.work.exception() is None
        return self.work.result()[1] if done else 0


class Site:
    """The pages' common ground.

    Attributes:
        settings: What the server allows.
        session: The store that is served, and its copies with what was uploaded.
        jobs: The work that takes longer than a page may.
        checks: What validation has found so far.
        workers: The processes that read the graph.
        policies: The policies of the graph.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        self.settings = settings
        self.session = session
        self.jobs = Jobs()
        self.checks = Checks(self)
        self.workers = Workers(Place(session.folder), settings)
        self.policies = PolicyIndex()
        self._kept: OrderedDict[object, _Kept] = OrderedDict()

    @property
    def name(self) -> str:
        """What the graph is called in the pages: where it came from."""
        return self.session.name

    @property
    def place(self) -> Place:
        """Where the graph is."""
        return self.workers.place

    async def move(self, place: Place) -> None:
        """Serve another graph, or a changed one."""
        self.workers.place = place
        self._kept.clear()
        self.policies = await self.workers.run(policy_index)

    async def run(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """Do a task that reads the graph, see :meth:`privagraph.web.workers.Workers.run`."""
        return await self.workers.run(task, *args, **options)

    async def run_long(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """Do a task that may take its time, see :meth:`privagraph.web.workers.Workers.run_long`."""
        return await self.workers.run_long(task, *args, **options)

    async def cached(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """Do a task unless it was done before on this graph; who asks for the same meanwhile waits for it.

        When nobody waits for it any more, it is given up.

        Args:
            task: What to do.
            *args: Values that can be keys of a mapping.
            **options: The same, by name.
        """
        return cast(_T, await self._shared(task, args, options, long=False))

    async def cached_long(self, task: Task[_P, _T], /, *args: _P.args, **options: _P.kwargs) -> _T:
        """The same as :meth:`cached` for a task that may take its time, such as somebody's query."""
        return cast(_T, await self._shared(task, args, options, long=True))

    async def _shared(
        self,
        task: Callable[..., object],
        args: tuple[object, ...],
        options: Mapping[str, object],
        *,
        long: bool,
    ) -> object:
        key = (self.place, task, args, tuple(sorted(options.items())))
        known = self._kept.get(key)
        if known is None or known.work.cancelled():
            known = _Kept(asyncio.ensure_future(self.workers.weighed(task, args, options, long=long)))
            self._kept[key] = known
            known.work.add_done_callback(lambda done: self._tidy(key, done))
        else:
            self._kept.move_to_end(key)
        known.waiting += 1
        try:
            return (await asyncio.shield(known.work))[0]
        finally:
            known.waiting -= 1
            if not known.waiting and not known.work.done():
                known.work.cancel()
                if self._kept.get(key) is known:
                    del self._kept[key]

    def _tidy(self, key: object, done: asyncio.Future[Any]) -> None:
        """Forget work that failed, and what was wanted least lately where there is too much."""
        known = self._kept.get(key)
        if known is not None and known.work is done and (done.cancelled() or done.exception() is not None):
            del self._kept[key]
        size = sum(each.size for each in self._kept.values())
        while len(self._kept) > _KEPT or size > _KEPT_BYTES:
            size -= self._kept.popitem(last=False)[1].size

    def policy(self, key: str) -> PolicyCard:
        """The policy of a key.

        Raises:
            PageError: There is none.
        """
        card = self.policies.by_key.get(key)
        if card is None:
            raise PageError(
                404, f"There is no policy {key}.", "The overview lists the policies of this graph."
            )
        return card

    def page(
        self, request: Request, template: str, /, *, title: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """A page.

        Args:
            request: What was asked for.
            template: The file in ``templates``.
            title: The title of the page.
            status: The HTTP status.
            **values: What the template shows.
        """
        shown = self._templates.get_template(template).render(
            site=self, path=request.url.path, title=title, version=__version__, links=links, **values
        )
        return HTMLResponse(shown, status_code=status)

    @cached_property
    def _templates(self) -> jinja2.Environment:
        folder = files("privagraph.web") / "templates"
        made = template_environment(lambda name: (folder / name).read_text("utf-8"))
        made.filters.update(cast(Mapping[str, Any], _FILTERS))
        return made


_FILTERS = {"grouped": lambda number: f"{number:,}"}
"""What templates can do with a value, besides what Jinja knows."""


def site_of(request: Request) -> Site:
    """The site of a request; FastAPI hands it to a page by ``Depends(site_of)``."""
    return cast(Site, request.app.state.site)
