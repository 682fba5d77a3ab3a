from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from privagraph.loaders.inputs import Columns, LeftOut, Source
from privagraph.loaders.sources import SourceStream, stream

Read = Callable[..., tuple[list[Source], list[LeftOut]]]
PACKED = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes a collection and reads it: the sources, and what was left out."""

    def read(
        data: bytes | str, name: str, columns: Columns | None = None
    ) -> tuple[list[Source], list[LeftOut]]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return parted(stream([path], columns=columns))

    return read


def parted(found: SourceStream) -> tuple[list[Source], list[LeftOut]]:
    """What a stream hands out, by what it is."""
    made = list(found)
    return (
        [each for each in made if isinstance(each, Source)],
        [each for each in made if isinstance(each, LeftOut)],
    )
