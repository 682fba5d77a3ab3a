"""The whole of training on two fragments: network, epochs, checkpoint, export, model. Needs the extra ``training``."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from privagraph.errors import InputError
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.tagging.tagger import Tagger
from privagraph.loaders.tagging.windows import Tokenizer
from privagraph.loaders.training.corpus import Annotated
from privagraph.loaders.training.examples import Example, Examples
from privagraph.loaders.training.recipe import Recipe

torch = pytest.importorskip("torch", reason="the extra 'training' is not installed")
EXTRA = ("onnx", "onnxscript", "safetensors", "sklearn", "all_minilm_l6_v2")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, EXTRA)), reason="the extra 'training' is not installed"
    ),
    # What the exporter calls of its own libraries is not ours to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]

Fragments = Callable[[str], list[Annotated]]
RECIPE = Recipe(epochs=2, batch=2, seed=5)
TEXT = """# Kestrel
We collect [data_category your email address] and [data_category your name].
# Heron
We keep [data_category invoices] for [retention ten years].
# Plover
You can turn off cookies. We use [tracking_technology cookies]. We may change this policy.
"""


class PulledPlugError(Exception):
    """Somebody pulled the plug."""


class UntilSecondEpoch(Examples):
    """Examples that end with the first epoch."""

    begun = 0

    def epoch(self, chance: random.Random, *, forget: float, shifted: bool) -> list[Example]:
        """The windows of the first epoch."""
        self.begun += 1
        if self.begun == 2:
            raise PulledPlugError
        return super().epoch(chance, forget=forget, shifted=shifted)


def same(one: Any, other: Any) -> bool:
    """Whether two networks have the same weights."""
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(left, right) for left, right in pairs)


def tiny() -> Any:
    """A network of one narrow layer, that reads hints and is not quiet."""
    from privagraph.loaders.training.network import Network

    torch.manual_seed(2)
    network = Network(words=30522, positions=512, width=32, layers=1, heads=2, inner=64)
    with torch.no_grad():
        network.hints.weight.normal_(std=0.1)
        network.head.weight.normal_(std=0.2)
        network.head.bias.zero_()
    return network


@pytest.fixture
def documents(fragments: Fragments) -> list[Annotated]:
    return fragments(TEXT)


def test_the_network_begins_quiet_and_deaf_to_hints() -> None:
    from privagraph.loaders.training.network import pretrained

    network = pretrained().eval()
    ids = torch.randint(5, 1000, (2, 9), generator=torch.Generator().manual_seed(1))
    zeros, mask = torch.zeros_like(ids), torch.ones(2, 9)
    nothing, everything = torch.zeros(2, 9, 2 * len(LABELS)), torch.ones(2, 9, 2 * len(LABELS))
    with torch.no_grad():
        scores = network(ids, zeros, mask, nothing)
        assert torch.equal(scores, network(ids, zeros, mask, everything))
        padded = network(
            torch.nn.functional.pad(ids, (0, 3), value=7),
            *(torch.nn.functional.pad(each, (0, 3)) for each in (zeros, mask)),
            torch.zeros(2, 12, 2 * len(LABELS)),
        )
    assert scores.shape == (2, 9, 2 * len(LABELS))
    assert torch.sigmoid(scores).max() < 0.2
    assert torch.allclose(padded[:, :9], scores, atol=1e-4)


def test_an_interrupted_training_ends_like_one_that_was_not(
    documents: list[Annotated], tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from privagraph.loaders.training.train import train

    monkeypatch.setattr("privagraph.loaders.training.train.pretrained", tiny)
    whole = train(Examples(documents, tokenizer), RECIPE, checkpoint=tmp_path / "whole.pt")
    with pytest.raises(PulledPlugError):
        train(UntilSecondEpoch(documents, tokenizer), RECIPE, checkpoint=tmp_path / "cut.pt")
    resumed = train(Examples(documents, tokenizer), RECIPE, checkpoint=tmp_path / "cut.pt")
    assert same(whole, resumed)
    assert not same(whole, tiny())
    assert torch.equal(whole.words.weight, tiny().words.weight)
    # A training that is done is not done again.
    assert same(
        whole, train(UntilSecondEpoch(documents, tokenizer), RECIPE, checkpoint=tmp_path / "whole.pt")
    )
    assert sorted(path.name for path in tmp_path.glob("*.p*t")) == ["cut.pt", "whole.pt"]


@pytest.mark.parametrize(("quantised", "tolerance"), [(False, 1e-5), (True, 0.05)])
def test_the_exported_network_says_what_the_network_says(
    quantised: bool, tolerance: float, tmp_path: Path
) -> None:
    import onnxruntime

    from privagraph.loaders.training.export import export

    network = tiny()
    path = tmp_path / "tagger.onnx"
    export(network, path, quantised=quantised)
    assert [each.name for each in tmp_path.iterdir()] == ["tagger.onnx"]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for batch, length in ((1, 3), (3, 17)):
        ids = torch.randint(5, 1000, (batch, length))
        hints = torch.randint(0, 2, (batch, length, 2 * len(LABELS))).float()
        segments, mask = torch.zeros_like(ids), torch.ones(batch, length)
        with torch.no_grad():
            expected = torch.sigmoid(network.eval()(ids, segments, mask, hints)).numpy()
        # What is exported reads windows without padding, and so takes no mask.
        inputs = {"ids": ids, "segments": segments, "hints": hints}
        (made,) = session.run(None, {name: value.numpy() for name, value in inputs.items()})
        assert made.shape == expected.shape
        assert np.abs(expected - 0.5).mean() > 0.05
        assert np.abs(made - expected).mean() < tolerance


def test_a_checkpoint_of_another_recipe_is_refused(
    documents: list[Annotated], tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from privagraph.loaders.training.train import train

    monkeypatch.setattr("privagraph.loaders.training.train.pretrained", tiny)
    train(Examples(documents, tokenizer), Recipe(epochs=1, batch=2), checkpoint=tmp_path / "one.pt")
    with pytest.raises(InputError, match="another training"):
        train(Examples(documents, tokenizer), Recipe(epochs=2, batch=2), checkpoint=tmp_path / "one.pt")


def test_a_model_is_made_of_documents(
    documents: list[Annotated], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from privagraph.loaders.training.model import make_model

    monkeypatch.setattr("privagraph.loaders.training.train.pretrained", tiny)
    folder = make_model(documents[:-1], documents[-1:], tmp_path, recipe=Recipe(epochs=1, batch=2))
    assert folder == tmp_path / "model"
    model = Tagger.load(folder)
    assert set(model.card.thresholds) == set(model.card.lower) == set(model.card.calibration) == set(LABELS)
    assert len(model.read(documents[0].document).pieces.starts) > 5
    assert (tmp_path / "checkpoint.pt").exists()
