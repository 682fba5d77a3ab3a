"""Policies that are uploaded: what is taken, and how each gets into a copy of the graph.

A file is kept under a name of our own in the private folder of the session; the name that it came with is only what the
policy's source is called. It is read and mapped in a process of its own, within a time and an amount of memory. Then
the pages move on to the copy of the graph that has it. The user's own graph stays as it is.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from privagraph.errors import InputError, PrivagraphError, UnsupportedFormatError
from privagraph.loaders.readers.formats import EXTENSIONS, detect
from privagraph.ontology.shown import one_line
from privagraph.web.jobs import Job
from privagraph.web.links import policy_url
from privagraph.web.upload_process import STEPS, Mapped, Mapping, map_upload
from privagraph.web.workers import Place, TaskError

if TYPE_CHECKING:
    from privagraph.web.session import Session
    from privagraph.web.site import Site

__all__ = ["ACCEPTED", "checked", "clean_name", "start_upload"]

ACCEPTED = tuple(sorted(EXTENSIONS))
"""The ends of the names of files that are taken."""
_LONGEST = 120
"""How many characters of a name are kept."""
_CONTEXT = multiprocessing.get_context(
    "spawn"
)  # threads of the tagger and the database do not survive a fork
_ODD = re.compile(r"[\ufffd\u200b-\u200f\ufeff]+")


def clean_name(given: str, *, extension: str = "") -> str:
    r"""The name of an uploaded file, as a policy's source may be called: no folders, one line, not too long.

    Args:
        given: The name that came with the file.
        extension: What it ends with where it has none of :data:`ACCEPTED`; nothing is added when empty.

    Example:
        >>> clean_name("..\\..\\boot\\policy.html"), clean_name("/etc/my\npolicy", extension=".txt")
        ('policy.html', 'my policy.txt')
    """
    last = PureWindowsPath(PurePosixPath(given.replace("\0", " ")).name).name
    name = _ODD.sub("", one_line(last)).strip(" .-") or "policy"
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if extension and suffix.lower() not in EXTENSIONS:
        stem, suffix = name, extension
    return stem[: _LONGEST - len(suffix)] + suffix[:_LONGEST]


def checked(data: bytes, name: str) -> None:
    """See whether a file is of a kind that is read here, by its name and by what it holds.

    Args:
        data: The bytes.
        name: Its name.

    Raises:
        InputError: It is not; the error says what to do.
    """
    extension = PurePosixPath(name).suffix.lower()
    if extension not in EXTENSIONS:
        kinds = ", ".join(ACCEPTED)
        raise UnsupportedFormatError(
            name,
            f"files that end in {extension} are not taken"
            if extension
            else "the name does not say what it is",
            f"give a file whose name ends in one of {kinds}, or paste the policy's text",
        )
    detect(data, name=name)


def start_upload(site: Site, data: bytes, name: str) -> Job:
    """Begin to map a policy.

    Args:
        site: The pages, which move on to the graph with the policy.
        data: What was uploaded.
        name: What its source is called.

    Returns:
        The job.
    """

    async def work(job: Job) -> None:
        job.doing = "Reading it"
        await _map(site, job, data, name)

    job = site.jobs.start("upload", name, work, steps=STEPS)
    job.done = 1
    return job


async def _map(site: Site, job: Job, data: bytes, name: str) -> None:
    """Map a policy into a copy of the graph, and let the pages move on to it."""
    session, settings = site.session, site.settings
    copying = asyncio.ensure_future(asyncio.to_thread(session.new_copy))
    try:
        copy = await asyncio.shield(copying)
    except asyncio.CancelledError:  # the thread goes on all the same, and its copy must not stay
        copying.add_done_callback(lambda done: _discard(session, done))
        raise
    file = session.private / f"upload-{job.id}"
    try:
        await asyncio.to_thread(file.write_bytes, data)
        mapped = await _in_process(
            job, Mapping(file, name, copy, settings.memory_bytes), settings.upload_seconds
        )
        if mapped.changed:
            await _move(site, copy)
            site.checks.forget(mapped.policy)
    except BaseException:
        session.discard(copy)
        raise
    finally:
        file.unlink(missing_ok=True)
    if not mapped.changed:
        session.discard(copy)
    job.done = len(STEPS)
    job.about = mapped.policy
    card = site.policies.by_iri[mapped.policy]
    job.address = policy_url(card.key)
    job.found = list(_told(site, mapped))


def _discard(session: Session, copied: asyncio.Future[Path]) -> None:
    """Remove a copy that nobody waits for any more, unless it could not be made."""
    if copied.exception() is None:
        session.discard(copied.result())


async def _move(site: Site, copy: Path) -> None:
    before = site.place
    try:
        await site.move(Place(str(copy), before.generation + 1))
    except BaseException:
        site.workers.place = before
        raise
    site.session.take(copy)


def _told(site: Site, mapped: Mapped) -> list[str]:
    """What came of it, line by line."""
    told = [
        f"{mapped.mentions:,} mentions and {mapped.practices:,} practices were found, {mapped.denied:,} of them denied."
    ]
    if not mapped.changed:
        told.append("The graph holds this very policy already, so nothing changed.")
    earlier = site.policies.by_iri.get(mapped.earlier)
    if earlier is not None:
        told.append(f"It is taken for a newer version of {earlier.name}, from a file of the same name.")
    return told + [one_line(note) for note in mapped.notes]


async def _in_process(job: Job, mapping: Mapping, seconds: float) -> Mapped:
    """Map in a process of its own, which is ended when its time is over or the job is stopped."""
    here, there = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=map_upload, args=(there, mapping), daemon=True)
    process.start()
    there.close()
    try:
        async with asyncio.timeout(seconds):
            _, value = await asyncio.to_thread(_followed, here, job)
    except TimeoutError:
        raise InputError(
            mapping.name,
            f"stopped after {seconds:g} seconds, the longest that this server maps one file",
            "map it on the command line, which has no such limit: privagraph map FILE --output GRAPH",
        ) from None
    except (EOFError, OSError):
        raise InputError(
            mapping.name,
            f"took more memory than the {mapping.memory / 1e9:g} GB that this server allows",
            "map it on the command line, which has no such limit: privagraph map FILE --output GRAPH",
        ) from None
    finally:
        process.kill()  # where a thread still waits for it, that ends with it
        await asyncio.to_thread(process.join, 5)
        with suppress(OSError):
            here.close()
    if isinstance(value, Mapped):
        return value
    if isinstance(value, PrivagraphError):
        raise value
    raise TaskError(*value)  # type: ignore[misc]  # the error's words, and where it was raised


def _followed(pipe: Connection[object, tuple[str, object]], job: Job) -> tuple[str, object]:
    """Note in the job how far it is until the end; an end without a word is an EOFError."""
    while True:
        kind, value = pipe.recv()
        if kind != "step":
            return kind, value
        job.done, job.doing = value  # type: ignore[misc]  # the number of steps, and words
