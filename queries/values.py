"""RDF terms as Python values."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES

__all__ = ["Iri", "Value", "value_of"]


class Iri(str):
    """An IRI, told apart from text by its type; everywhere else it is a plain string."""

    __slots__ = ()


Value: TypeAlias = Iri | str | int | float | bool | Decimal | date | None
"""An IRI, text, a number, a truth value, a day or a moment; None where there is nothing."""

_XSD = PREFIXES["xsd"]
_WHOLE = frozenset(
    _XSD + name
    for name in (
        "integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger int long short byte "
        "unsignedInt unsignedLong unsignedShort unsignedByte"
    ).split()
)


def value_of(term: object) -> Value:
    """The Python value that a term stands for.

    Args:
        term: A node, a literal, or None.

    Returns:
        An :class:`Iri` for a node; a number, truth value or date for a literal of such a type; text for any other,
        and for one that its type does not allow.

    Example:
        >>> value_of(ox.Literal("7", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))) + 1
        8
        >>> value_of(ox.Literal("soon", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")))
        'soon'
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return Iri(term.value if isinstance(term, ox.NamedNode) else str(term))
    kind, text = term.datatype.value, term.value
    with suppress(ValueError, ArithmeticError):
        if kind in _WHOLE:
            return int(text)
        if kind == _XSD + "decimal":
            return Decimal(text)
        if kind in (_XSD + "double", _XSD + "float"):
            return float(text)
        if kind == _XSD + "boolean":
            return text in ("true", "1")
        if kind == _XSD + "date":
            return date.fromisoformat(text)
        if kind == _XSD + "dateTime":
            return datetime.fromisoformat(text)
    return text
