"""Trains the tagger: ``python -m privagraph.loaders.training CORPUS --output FOLDER``.

CORPUS is a folder of GDPR-Transparency-200 (one JSON file a policy). Everything else is in the package. The same
command goes on where an interrupted one stopped. It leaves in ``FOLDER/model`` what belongs in
``loaders/tagging/model``.

Policies are dealt out by a hash of their names (:func:`~privagraph.loaders.training.corpus.fold_of`). A tenth is
only ever measured on. Another sets the thresholds and the calibration. The network learns from the rest.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from privagraph.errors import InputError
from privagraph.loaders.training.corpus import Annotated, fold_of, read_gdpr200
from privagraph.loaders.training.passages import own_passages
from privagraph.loaders.training.recipe import Recipe

__all__ = ["main"]

_NEEDED = ("all_minilm_l6_v2", "onnx", "onnxscript", "safetensors", "sklearn", "torch")
"""What the extra installs, by the names under which it is imported."""
_KEPT_OUT = 0
_TUNING = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, sets thresholds, writes the model; gives the exit code."""
    usual = Recipe()
    parser = argparse.ArgumentParser(
        prog="python -m privagraph.loaders.training", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("corpus", type=Path, help="folder of GDPR-Transparency-200")
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--seed", type=int, default=usual.seed)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    policies = list(read_gdpr200(chosen.corpus))
    if not policies:
        parser.error(f"{chosen.corpus}: no policies here; give the folder that holds the corpus's JSON files")
    # All at once, before hours of training: some are needed only at its end.
    missing = [name for name in _NEEDED if not _is_there(name)]
    if missing:
        parser.error(
            f"training needs {', '.join(missing)}, which are not installed; pip install 'privagraph[training]'"
        )
    from privagraph.loaders.training.model import make_model

    tenths: dict[int, list[Annotated]] = defaultdict(list)
    for each in (*policies, *own_passages()):
        tenths[fold_of(each.name)].append(each)
    learnt = [each for tenth, some in tenths.items() if tenth not in (_KEPT_OUT, _TUNING) for each in some]
    recipe = Recipe(epochs=chosen.epochs, seed=chosen.seed)
    try:
        make_model(learnt, tenths[_TUNING], chosen.output, recipe=recipe)
    except InputError as error:
        parser.error(str(error))
    return 0


def _is_there(name: str) -> bool:
    """Whether a module can be imported; it is not, for that takes its time."""
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:  # its place among the modules is taken by something else
        return False


if __name__ == "__main__":
    raise SystemExit(main())
