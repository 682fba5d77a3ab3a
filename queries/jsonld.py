"""JSON-LD that a person can read: the short names of the project's prefixes instead of full IRIs.

The serializer at hand writes expanded JSON-LD. This module turns that into compact JSON-LD 1.1 with a context
of prefixes (https://www.w3.org/TR/json-ld11/#compact-iris), and does nothing else: no frames, no term
definitions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

__all__ = ["compacted"]

_Json = dict[str, "_Json"] | list["_Json"] | str | int | float | bool | None


def compacted(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The same graph as compact JSON-LD.

    Args:
        expanded: Expanded JSON-LD.
        prefixes: Prefix to namespace IRI; they become the context.

    Returns:
        UTF-8 text, indented, with a final line end.
    """
    spaces = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    def short(iri: str) -> str:
        for prefix, space in spaces:
            if iri.startswith(space) and len(iri) > len(space) and not iri[len(space) :].startswith("//"):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def node(value: _Json) -> _Json:
        if isinstance(value, list):
            return node(value[0]) if len(value) == 1 else [node(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"@value"}:
            return value["@value"]
        return {key if key.startswith("@") else short(key): named(key, each) for key, each in value.items()}

    def named(key: str, value: _Json) -> _Json:
        if key == "@graph":
            return [node(each) for each in value] if isinstance(value, list) else node(value)
        if key in ("@id", "@type") and isinstance(value, str):
            return short(value)
        if key == "@type" and isinstance(value, list):
            return [short(str(each)) for each in value]
        return value if key in ("@value", "@language") else node(value)

    graphs = json.loads(expanded)
    whole: _Json = {"@context": dict(prefixes), "@graph": [node(each) for each in graphs]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
