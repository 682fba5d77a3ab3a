"""The error log of a run: one line of JSON for each source that was left out or failed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from privagraph.errors import GraphError
from privagraph.loaders.inputs import LeftOut
from privagraph.loaders.pipeline import Failure
from privagraph.queries.folders import NO_ROOM, full_disk
from privagraph.queries.formats import replacing

__all__ = ["add_troubles", "write_troubles"]

_ADVICE = "please report it: it is a fault of privagraph"


def write_troubles(path: Path, troubles: Iterable[LeftOut | Failure]) -> str | None:
    """Write the log of all that the manifest knows, in place of an older one.

    Args:
        path: The file.
        troubles: What was left out and what failed.

    Returns:
        The file; None where there is nothing to tell, and no file.

    Raises:
        GraphError: It cannot be written.
    """
    lines = map(_line, troubles)
    first = next(lines, None)
    if first is None:
        path.unlink(missing_ok=True)
        return None
    with replacing(path) as stream:
        stream.write(first)
        stream.writelines(lines)
    return str(path)


def add_troubles(path: Path, troubles: Sequence[LeftOut | Failure]) -> None:
    """Add lines to the log while the run goes on, for those who look at it.

    Args:
        path: The file.
        troubles: What was left out and what failed.

    Raises:
        GraphError: It cannot be written.
    """
    if not troubles:
        return
    try:
        with path.open("ab") as stream:
            stream.writelines(map(_line, troubles))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise full_disk(str(path), then="map again") from error
        raise GraphError(
            str(path), f"cannot be written ({error.strerror})", "check the permissions"
        ) from error


def _line(trouble: LeftOut | Failure) -> bytes:
    if isinstance(trouble, LeftOut):
        told = {
            "source": trouble.source,
            "code": trouble.code,
            "reason": trouble.reason,
            "advice": trouble.advice,
        }
    else:
        told = {
            "source": trouble.source,
            "code": "failed",
            "reason": trouble.error,
            "advice": _ADVICE,
            "trace": trouble.trace,
        }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
