"""JSON-LD that a person can read: the short names of the project's prefixes instead of full IRIs.

The serializer at hand writes expanded JSON-LD. This module turns that into compact JSON-LD 1.1 with a context
of prefixes (https://www.w3.org/TR/json-ld11/#compact-iris), and does nothing else: no frames, no term
definitions. What is written under the published context, see :mod:`privagraph.ontology.context`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

__all__ = ["Json", "compacted"]

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""What JSON can hold."""


def compacted(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The same graph as compact JSON-LD.

    Args:
        expanded: Expanded JSON-LD.
        prefixes: Prefix to namespace IRI; they become the context.

    Returns:
        UTF-8 text, indented, with a final line end.
    """
    spaces = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    type_iri = prefixes["rdf"] + "type"

    def short(iri: str) -> str:
        for prefix, space in spaces:
            if iri.startswith(space) and len(iri) > len(space) and not iri[len(space) :].startswith("//"):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def compact(value: Json) -> Json:
        if isinstance(value, list):
            return compact(value[0]) if len(value) == 1 else [compact(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"@value"}:
            return value["@value"]
        members: dict[str, Json] = {}
        for key, each in value.items():
            if key == "@graph" and isinstance(each, list):
                members[key] = [compact(node) for node in each]
            elif key in ("@id", "@type"):
                members[key] = short(each) if isinstance(each, str) else compact(each)
            elif key == type_iri and isinstance(each, list):
                members["@type"] = [short(str(node["@id"])) for node in each if isinstance(node, dict)]
            else:
                members[key if key.startswith("@") else short(key)] = compact(each)
        return members

    whole: Json = {"@context": dict(prefixes), "@graph": [compact(each) for each in json.loads(expanded)]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
