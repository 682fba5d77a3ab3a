"""Files that hold many policies: JSON Lines, CSV, Parquet and WARC."""

from __future__ import annotations
