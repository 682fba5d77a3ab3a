"""What is looked at before a cluster begins: is it there, can its workers do the work, do all see the same place?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from privagraph.corpus.partition import Order
from privagraph.corpus.places import part_name, place_at
from privagraph.errors import GraphError, InputError, MissingDependencyError, PrivagraphError, ServiceError
from privagraph.loaders.extractors import extractor_name
from privagraph.ontology.shown import first_line

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["check_workers", "connected"]

_SECONDS = 10
"""How long a scheduler may take to answer."""
_SCHEMES = ("tcp://", "tls://", "ws://", "wss://", "ucx://")


def connected(address: str) -> Client:
    """A client of a scheduler.

    Certificates for ``tls://`` are those that Dask's configuration names.

    Args:
        address: The scheduler's address.

    Raises:
        MissingDependencyError: Dask is not installed.
        InputError: That is no address of a scheduler.
        ServiceError: The scheduler does not answer.
    """
    if not address.startswith(_SCHEMES):
        raise InputError(
            address, "no address of a Dask scheduler", "write it as tcp://HOST:PORT, the port is mostly 8786"
        )
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError as error:
        raise MissingDependencyError(
            "dask and distributed",
            "mapping on a cluster",
            "install them with: pip install 'privagraph[cluster]'",
        ) from error
    if address.startswith("tls://") and Security().get_connection_args("client")["ssl_context"] is None:
        raise ServiceError(
            address,
            "needs certificates, and Dask's configuration names none",
            "name them, for example in DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
        )
    try:
        return Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ServiceError(
            address,
            f"no Dask scheduler answers there ({first_line(error)})",
            "check host and port, or start one with: dask scheduler",
        ) from error


def check_workers(client: Client, address: str, order: Order) -> None:
    """See that there are workers, and that each can do what is ordered and writes where this process reads.

    Args:
        client: The client.
        address: The scheduler's address.
        order: What is ordered.

    Raises:
        ServiceError: There are no workers, or one of them cannot do this work.
        GraphError: A worker does not write where this process reads.
    """
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    versions: Any = client.get_versions()  # which tells nothing of what is in it
    workers = versions["workers"]
    if not workers:
        raise ServiceError(
            address,
            "the scheduler has no workers",
            f"start one on each machine with: dask worker {address} --nthreads 1",
        )
    for worker, told in workers.items():
        theirs = ".".join(told["host"]["python"].split(".")[:2])
        if theirs != ours:
            raise _unfit(worker, f"has Python {theirs}, and this machine {ours}")
    wanted = (order.version, extractor_name(order.settings.extractor))
    place = place_at(order.place)
    # the function goes over as what it does, not as a name that a worker without privagraph does not know
    found = client.run(_looker(), order.place, order.settings.extractor, on_error="return")
    for worker, seen in sorted(found.items()):
        if isinstance(seen, ImportError):
            raise _unfit(worker, f"cannot load privagraph ({first_line(seen)})") from seen
        if isinstance(seen, PrivagraphError) and not isinstance(seen, MissingDependencyError):
            raise seen
        if isinstance(seen, BaseException):
            raise _unfit(worker, f"cannot map ({first_line(seen)})") from seen
        version, extractor, number = seen
        name = part_name(number)
        there = place.size(name) is not None
        place.remove(name)
        if (version, extractor) != wanted:
            theirs, ours = (f"privagraph {a} with {b}" for a, b in ((version, extractor), wanted))
            raise _unfit(worker, f"has {theirs}, and this machine {ours}")
        if not there:
            raise GraphError(
                order.place,
                f"what the worker {worker} writes there is not to be seen here",
                "name a folder that all machines share, or an address such as s3://",
            )


def _looker() -> Callable[..., tuple[str, str, int]]:
    def look_here(place: str, extractor: str, dask_worker: object) -> tuple[str, str, int]:
        from privagraph.corpus.partition import look

        return look(place, extractor, str(dask_worker.address))  # type: ignore[attr-defined]  # of Dask's own class

    return look_here


def _unfit(worker: str, reason: str) -> ServiceError:
    return ServiceError(f"worker {worker}", reason, "install the same on all machines and start it again")
