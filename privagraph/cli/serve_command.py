"""``privagraph serve``: the graph in a browser, and for programs that speak SPARQL."""

from __future__ import annotations

import signal
import socket
import webbrowser
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from privagraph.errors import ServiceError

if TYPE_CHECKING:
    from privagraph.web.session import Session
    from privagraph.web.settings import Settings

__all__ = ["command"]

_EPILOG = """\b
Examples:
  privagraph serve --graph graph
  privagraph serve --graph graph.trig --port 9000 --open
  privagraph serve --graph graph --no-upload --timeout 10
  privagraph serve

\b
The SPARQL endpoint is at /sparql under the address that is printed:
  curl http://127.0.0.1:8000/sparql --data-urlencode 'query=ASK { ?p a pg:PrivacyPolicy }'
"""
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # to refuse them, unless they are asked for
"""Addresses that mean every one of this machine."""
_MEGABYTE = 1_000_000


@click.command("serve", epilog=_EPILOG)
@click.option(
    "--graph",
    "-g",
    metavar="GRAPH",
    help="The graph: a folder or file that `privagraph map` wrote. Without it, an empty one to upload policies to.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes a free one.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, besides localhost; can be given more than once. `*` answers to all.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may run.",
)
@click.option(
    "--max-answer",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="MB",
    help="How large the answer to a query may be.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=3,
    show_default=True,
    metavar="N",
    help="How many processes read the graph; one is left for what is quick.",
)
@click.option(
    "--upload/--no-upload", default=True, show_default=True, help="Whether policies can be uploaded."
)
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
def command(
    graph: str | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    timeout: float,
    max_answer: int,
    workers: int,
    upload: bool,
    open_: bool,
) -> None:
    """Look at a graph in a browser, and ask it over the SPARQL protocol.

    The page shows the policies with their practices marked, the graph to explore, the questions, a SPARQL editor, what
    validation finds, and policies side by side; a policy can be uploaded, which never changes the graph itself. It
    loads nothing from elsewhere, and only this machine can reach it unless --host says otherwise. Ctrl-C ends it.
    """
    from privagraph.web import Settings
    from privagraph.web.session import Session

    settings = Settings(
        hosts=(*_LOOPBACK, _called(host), *hosts),
        seconds=timeout,
        answer_bytes=max_answer * _MEGABYTE,
        workers=workers,
        uploads=upload,
    )
    with Session.for_graph(graph) as session, _listening(host, port) as listener:
        _serve(session, settings, listener, host=host, open_=open_)


def _serve(session: Session, settings: Settings, listener: socket.socket, *, host: str, open_: bool) -> None:
    """Serve until somebody ends it."""
    import uvicorn

    from privagraph.web import create_app

    address = f"http://{_called(host)}:{listener.getsockname()[1]}/"

    class Server(uvicorn.Server):
        """Says where it is once it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                click.echo(f"{session.name}: {address} (SPARQL: {address}sparql); Ctrl-C ends it", err=True)
                if open_:
                    webbrowser.open(address)

    config = uvicorn.Config(
        create_app(session, settings=settings),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    signal.signal(signal.SIGTERM, _leave)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        Server(config).run(sockets=[listener])


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    """End as one does who is asked to: what the session made is removed on the way out."""
    raise SystemExit(0)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        ServiceError: It is taken, or there is no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ServiceError(
            f"{host}:{port}",
            f"cannot be listened on ({error.strerror})",
            "name another with --port, such as --port 0",
        ) from error
    return listener


def _called(host: str) -> str:
    """The name under which browsers call an address that is listened on."""
    if host in _EVERYWHERE:
        return "localhost"
    return f"[{host}]" if ":" in host else host
