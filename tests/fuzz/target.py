"""Coverage-guided fuzzing of all readers and of the whole map by rules, with atheris.

``make fuzz`` runs it for a bounded time; ``python tests/fuzz/target.py -max_total_time=600`` does the same with any
option of libFuzzer. An input that breaks a promise is written to ``crash-...``; kept in ``tests/fuzz/crashes`` under a
name that tells what was wrong, it is a test from then on.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["privagraph"]):
    from inputs import input_of, write_seeds
    from invariants import map_whole


def one(data: bytes) -> None:
    """Map one input; whatever is no promise of ours is raised."""
    name, content = input_of(data)
    map_whole(content, name)


def main() -> None:
    """Fuzz, beginning with the seeds."""
    with tempfile.TemporaryDirectory(prefix="privagraph-fuzz-") as folder:
        write_seeds(Path(folder))
        options = [option for option in sys.argv[1:] if option.startswith("-")]
        kept = [place for place in sys.argv[1:] if not place.startswith("-")]
        defaults = ["-max_len=4096", "-timeout=60", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *defaults, *options, *kept, folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
