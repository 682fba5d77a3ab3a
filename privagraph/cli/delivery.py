"""Where the answer of a command goes: to a file, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from privagraph.errors import GraphError

__all__ = ["deliver"]


def deliver(answer: bytes | memoryview, output: Path | None) -> None:
    """Write an answer.

    Args:
        answer: What to write.
        output: The file; standard output when None.

    Raises:
        GraphError: The file cannot be written.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(answer)
        return
    try:
        output.write_bytes(answer)
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise GraphError(str(output), reason, "choose another place") from error
