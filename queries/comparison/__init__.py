"""Policies side by side: who says what of which data, purposes, recipients, rights and the rest, and in which words.

:func:`compare_policies` makes the matrix; :mod:`~privagraph.queries.comparison.writing` writes it down.
"""

from __future__ import annotations

from privagraph.queries.comparison.comparing import FEWEST, MOST, compare_policies
from privagraph.queries.comparison.matrix import Cell, Column, Comparison, Row, State, Topic, Words

__all__ = [
    "FEWEST",
    "MOST",
    "Cell",
    "Column",
    "Comparison",
    "Row",
    "State",
    "Topic",
    "Words",
    "compare_policies",
]
