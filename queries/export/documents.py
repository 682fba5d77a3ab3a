"""Documents, one a policy: as a file each in a folder, or together in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from privagraph.ontology.jsonld import Json
from privagraph.queries.export.output import Output

__all__ = ["write_documents"]


def write_documents(
    documents: Iterable[tuple[str, Json]], output: Output, *, several: Callable[[list[Json]], Json]
) -> None:
    """Write documents.

    In a folder each is a file, named by the end of its policy's IRI. In one file, a single document stands alone.

    Args:
        documents: The IRI of a policy, and its document.
        output: Where to write.
        several: What one file with several documents holds.
    """
    if not output.folder:
        made = [document for _, document in documents]
        with output.open() as stream:
            stream.write(_text(made[0] if len(made) == 1 else several(made)))
        return
    used: set[str] = set()
    stem, extension = output.format.files[0].split(".", 1)
    for policy, document in documents:
        base = re.sub(r"[^\w-]", "_", policy.rstrip("/").rpartition("/")[2]) or stem
        name, number = base, 1
        while name in used:  # policies under different base IRIs can end alike
            number += 1
            name = f"{base}-{number}"
        used.add(name)
        with output.open(f"{name}.{extension}") as stream:
            stream.write(_text(document))


def _text(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
