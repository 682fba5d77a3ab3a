"""What a server allows."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and permissions of a server.

    Attributes:
        hosts: The names and addresses by which the server may be called; a request that calls it otherwise is refused,
            so that no page elsewhere can point a name of its own at this machine (DNS rebinding). ``*`` allows all.
        seconds: How long a query or a page may take.
        answer_bytes: How large the answer to a query may be.
        memory_bytes: How much memory each process may take that answers queries.
        workers: How many such processes there are; one of them, where there are several, is left for what is quick.
        waiting: How many requests may wait for one of them.
        uploads: Whether policies can be uploaded.
        upload_bytes: How large an uploaded file may be.
        upload_seconds: How long mapping an uploaded file may take.
    """

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    seconds: float = 30.0
    answer_bytes: int = 50_000_000
    memory_bytes: int = 4_000_000_000
    workers: int = 3
    waiting: int = 32
    uploads: bool = True
    upload_bytes: int = 10_000_000
    upload_seconds: float = 120.0
