"""RDF terms as Python values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
_TEXT = _XSD + "string"
_WHOLE = (
    "integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger int long short byte "
    "unsignedInt unsignedLong unsignedShort unsignedByte"
).split()
_READ: Mapping[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in _WHOLE},
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": frozenset(("true", "1")).__contains__,
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
"""What reads the text of a literal, by the IRI of its type."""


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
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return Iri(str(term))
    text, kind = term.value, term.datatype.value
    if kind != _TEXT and (read := _READ.get(kind)) is not None:
        with suppress(ValueError, ArithmeticError):
            return read(text)
    return text
