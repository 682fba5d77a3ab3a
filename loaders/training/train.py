"""Training with checkpoints: the same weights from the same examples and seed, on the same machine."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from privagraph.errors import InputError
from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.training.examples import Example, Examples
from privagraph.loaders.training.network import Network, pretrained
from privagraph.loaders.training.recipe import Recipe

__all__ = ["train"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Batch:
    ids: Tensor
    segments: Tensor
    mask: Tensor
    hints: Tensor
    target: Tensor
    weights: Tensor


def train(examples: Examples, recipe: Recipe, *, checkpoint: Path) -> Network:
    """Trains a network.

    Args:
        examples: What to learn from.
        recipe: How.
        checkpoint: File that is written after each epoch, and from which an interrupted training goes on.

    Returns:
        The trained network.

    Raises:
        InputError: The checkpoint is of another training.
    """
    torch.manual_seed(recipe.seed)
    network = pretrained()
    # The vocabulary's vectors are more than half of the weights; a hundred policies hold too few words to move them.
    network.words.weight.requires_grad = False
    optimizer = torch.optim.AdamW(
        [weight for weight in network.parameters() if weight.requires_grad],
        lr=recipe.rate,
        weight_decay=recipe.decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    count = len(examples.all())
    per_epoch = math.ceil(count / recipe.batch)
    of = {"windows": count, **asdict(recipe)}
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["of"] != of:
            raise InputError(
                str(checkpoint),
                "this checkpoint is of another training: another recipe or other examples",
                "name another output folder, or remove the file to begin anew",
            )
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["epochs"]
        _log.info("going on after epoch %d of %s", done, checkpoint)
    for epoch in range(done, recipe.epochs):
        began = time.monotonic()
        # Chance begins anew with each epoch, so that a training that was interrupted ends like one that was not.
        torch.manual_seed(recipe.seed * 1000 + epoch)
        chance = random.Random(recipe.seed * 1000 + epoch)
        network.train()
        losses = []
        batches = _batches(examples.epoch(chance, forget=recipe.forget, shifted=epoch > 0), recipe, chance)
        for number, batch in enumerate(batches):
            rate = recipe.rate * _share(
                (epoch * per_epoch + min(number, per_epoch)) / (recipe.epochs * per_epoch)
            )
            for group in optimizer.param_groups:
                group["lr"] = rate
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(batch.ids, batch.segments, batch.mask, batch.hints)
            each = functional.binary_cross_entropy_with_logits(scores.float(), batch.target, reduction="none")
            loss = (each * batch.weights).sum() / batch.weights.amax(dim=-1).sum().clamp(min=1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
        state = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epochs": epoch + 1,
            "of": of,
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
        _log.info(
            "epoch %d of %d: loss %.4f, %.0f s",
            epoch + 1,
            recipe.epochs,
            sum(losses) / len(losses),
            time.monotonic() - began,
        )
    network.eval()
    return network


def _share(progress: float) -> float:
    """The share of the highest learning rate, for a progress from 0 to 1."""
    return progress / 0.1 if progress < 0.1 else (1 - progress) / 0.9


def _batches(examples: list[Example], recipe: Recipe, chance: random.Random) -> Iterator[_Batch]:
    """Batches in an order of chance; examples of like length go together, so that little is padded."""
    groups: list[list[Example]] = []
    size = recipe.batch * 8
    for begin in range(0, len(examples), size):
        part = sorted(examples[begin : begin + size], key=lambda example: len(example.window.ids))
        groups += (part[at : at + recipe.batch] for at in range(0, len(part), recipe.batch))
    chance.shuffle(groups)
    yield from map(_batch, groups)


def _batch(examples: Sequence[Example]) -> _Batch:
    longest = max(len(example.window.ids) for example in examples)
    ids = np.zeros((len(examples), longest), dtype=np.int64)
    segments = np.zeros_like(ids)
    mask = np.zeros((len(examples), longest), dtype=np.float32)
    hints, target, weights = (
        np.zeros((len(examples), longest, 2 * len(LABELS)), dtype=np.float32) for _ in range(3)
    )
    for row, example in enumerate(examples):
        length = len(example.window.ids)
        ids[row, :length] = example.window.ids
        segments[row, :length] = example.window.segments
        mask[row, :length] = 1
        hints[row, :length] = example.hints
        target[row, :length] = example.target
        tagged = np.array(example.window.blocks) >= 0
        weights[row, :length] = tagged[:, None] * example.weights[None]
    return _Batch(*map(torch.from_numpy, (ids, segments, mask, hints, target, weights)))
