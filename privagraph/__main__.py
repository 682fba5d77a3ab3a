"""``python -m privagraph``: the command line."""

from __future__ import annotations

from privagraph.cli import main

if __name__ == "__main__":
    main()
