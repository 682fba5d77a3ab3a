"""Answers in rows as cells that no spreadsheet runs as a formula, see :mod:`privagraph.ontology.spreadsheets`."""

from __future__ import annotations

import json
import re

from privagraph.ontology.spreadsheets import safe

__all__ = ["guarded"]

_SUSPECT = re.compile(rb'"value":"\'*(?:[=+\-@]|\\[tnru]|\xef\xbc)')
"""A value that may have to be guarded, in an answer as the engine writes it; most answers hold none."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_XSD = "http://www.w3.org/2001/XMLSchema#"


def guarded(results: bytes) -> bytes:
    """The results of a query with an apostrophe before each text that a spreadsheet would run.

    IRIs begin with their scheme, and numbers are no formulas: both stay as they are.

    Args:
        results: SPARQL 1.1 results in JSON.

    Returns:
        The same, or, where something had to be guarded, a new text of the same format.
    """
    if not _SUSPECT.search(results):
        return results
    read = json.loads(results)
    for row in read.get("results", {}).get("bindings", ()):
        for value in row.values():
            if value["type"] == "literal" and not _is_number(value):
                value["value"] = safe(value["value"])
    return json.dumps(read, ensure_ascii=False).encode()


def _is_number(value: dict[str, str]) -> bool:
    return value.get("datatype", "").startswith(_XSD) and _NUMBER.fullmatch(value["value"]) is not None
