"""Where the answer of a command goes: to a file, or to standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["deliver", "destination", "reader_width"]


@contextmanager
def destination(output: Path | None) -> Iterator[IO[bytes]]:
    """The stream that an answer is written to.

    Args:
        output: The file, which keeps what it holds until the answer is whole; standard output when None.

    Raises:
        GraphError: The file cannot be written.
    """
    if output is not None:
        from privagraph.queries.formats import replacing

        with replacing(output) as stream:
            yield stream
        return
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()  # before what is said on standard error, where both go to one place


def deliver(answer: bytes | memoryview, output: Path | None) -> None:
    """Write an answer.

    Args:
        answer: What to write.
        output: The file; standard output when None.

    Raises:
        GraphError: The file cannot be written.
    """
    with destination(output) as stream:
        stream.write(answer)


def reader_width(output: Path | None) -> int | None:
    """How many characters the reader of an answer has side by side; None for no limit, as in files and pipes."""
    fitted = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal()
    return shutil.get_terminal_size().columns if fitted and output is None else None
