"""Rows as a pandas data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from privagraph.errors import MissingDependencyError

if TYPE_CHECKING:
    import pandas

__all__ = ["data_frame"]


def data_frame(
    rows: Sequence[Sequence[object]] | Sequence[Mapping[str, object]], columns: Sequence[str]
) -> pandas.DataFrame:
    """Rows as a data frame.

    Args:
        rows: The values of each row, in the order of the columns or by their names.
        columns: The names of the columns.

    Raises:
        MissingDependencyError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as exc:
        raise MissingDependencyError(
            "pandas", "to_pandas()", "run: pip install 'privagraph[pandas]'"
        ) from exc
    return pandas.DataFrame(rows, columns=list(columns))
