"""JSON Lines: one object a line (https://jsonlines.org)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from privagraph.loaders.collections.compression import ByteStream, is_utf16, opened
from privagraph.loaders.collections.progress import Progress
from privagraph.loaders.collections.rows import Row, sources_of
from privagraph.loaders.collections.troubles import LARGEST_RECORD, broken, cut_off, too_large, unopened
from privagraph.loaders.inputs import Columns, LeftOut, Source

__all__ = ["read_jsonl"]

_MOST_PARTS = 2_000_000
"""How many objects and lists one record may hold: each takes far more memory than the two bytes that it is."""


def read_jsonl(path: Path, name: str, columns: Columns, progress: Progress) -> Iterator[Source | LeftOut]:
    """Go through a file of JSON Lines.

    Args:
        path: The file.
        name: What to call it.
        columns: Which keys hold what.
        progress: Is told how far it is.

    Returns:
        The records in order.
    """
    try:
        stream = opened(path)
    except OSError as error:
        yield unopened(name, error)
        return
    with stream:
        try:
            read_line = _lines_of(stream)
        except OSError as error:
            yield cut_off(f"{name}:1", error)
            return
        yield from sources_of(_rows(stream, read_line, name, progress), name, columns)


def _rows(
    stream: ByteStream, read_line: Callable[[int], bytes], name: str, progress: Progress
) -> Iterator[Row | LeftOut]:
    line, number = 0, 0
    while True:
        line += 1
        place = f"{name}:{line}"
        try:
            text = read_line(LARGEST_RECORD + 1)
            whole = len(text) <= LARGEST_RECORD or text.endswith(b"\n")
            if not whole:
                _skip_line(read_line)
        except OSError as error:
            yield cut_off(place, error)
            return
        progress.behind = stream.behind
        if not text:
            return
        if line == 1:
            text = text.removeprefix(b"\xef\xbb\xbf")
        if not text.strip():
            continue
        number += 1
        yield _row(text, place, number) if whole else too_large(place)


def _lines_of(stream: ByteStream) -> Callable[[int], bytes]:
    """What reads a line up to a size, in UTF-8: as it is, or made from UTF-16, which the byte order mark tells."""
    if not is_utf16(stream):
        return stream.readline
    text = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
    return lambda size: text.readline(size).encode()


def _row(text: bytes, place: str, number: int) -> Row | LeftOut:
    """What a line says."""
    if text.count(b"{") + text.count(b"[") > _MOST_PARTS:
        return broken(place, f"holds more than {_MOST_PARTS:,} objects and lists")
    try:
        made = json.loads(text.rstrip(b"\r\n").decode("utf-8"), strict=False)  # tabs in strings are common
    except UnicodeDecodeError as error:
        return broken(place, f"is not UTF-8 at byte {error.start + 1} of the line")
    except json.JSONDecodeError as error:
        return broken(place, f"is no JSON at character {error.pos + 1} of the line ({error.msg})")
    except RecursionError:
        return broken(place, "holds lists or objects nested too deep")
    except ValueError as error:  # a number of many thousand digits
        return broken(place, f"is no JSON that can be read ({error})")
    if not isinstance(made, dict):
        return broken(place, "is JSON, but no object with keys and values")
    return Row(place, number, made)


def _skip_line(read_line: Callable[[int], bytes]) -> None:
    """Go on to the end of a line."""
    while (rest := read_line(1 << 20)) and not rest.endswith(b"\n"):
        pass
