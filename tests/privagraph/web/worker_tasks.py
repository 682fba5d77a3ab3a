"""What ``test_workers.py`` has other processes do; those import this module by its name."""

from __future__ import annotations

import os
import time
from typing import NoReturn

from privagraph.errors import UnknownQueryError
from privagraph.queries.store import GraphStore

_SEEN: list[GraphStore] = []


def process(store: GraphStore) -> int:
    """Who answers."""
    return os.getpid()


def policies(store: GraphStore) -> int:
    """How many policies there are."""
    return len(store.policies())


def opened(store: GraphStore) -> int:
    """How many stores this process was handed so far."""
    if not any(store is each for each in _SEEN):
        _SEEN.append(store)
    return len(_SEEN)


def nap(store: GraphStore, seconds: float) -> str:
    """Take that long."""
    time.sleep(seconds)
    return "rested"


def join(store: GraphStore) -> int:
    """Ask what never ends: five times everything."""
    return len(
        list(
            store.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } LIMIT 9999999999")
        )
    )


def devour(store: GraphStore, amount: int) -> int:
    """Take that much memory."""
    return len(bytearray(amount))


def repeat(store: GraphStore, amount: int) -> str:
    """Hand out that much."""
    return "a" * amount


def leave(store: GraphStore) -> NoReturn:
    """End the process, as a fault in a library would."""
    os._exit(70)


def refuse(store: GraphStore) -> NoReturn:
    """Say no on purpose."""
    raise UnknownQueryError("acme", ["agents"])


def stumble(store: GraphStore) -> float:
    """Have a fault."""
    return 1 / 0
