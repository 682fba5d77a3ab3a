"""Makes the vectors of words with which :mod:`privagraph.queries.asking` matches questions.

Run by hand, where the extra ``training`` is installed::

    python -m privagraph.loaders.training.word_vectors queries/asking/words.npz

Each word goes through all-MiniLM-L6-v2 alone (its own steps, in NumPy, since a word is three pieces long and needs
neither a graphics card nor gradients); the mean of its states is reduced to the first 64 principal components, brought
to length 1 and written as bytes. It takes some minutes.
"""

from __future__ import annotations

import json
import re
import sys
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from privagraph.loaders.training.network import base_files

__all__ = ["main"]

Array: TypeAlias = NDArray[np.float32]

_WIDTH, _BATCH, _SAMPLE = 64, 512, 6000
_WORD = re.compile(r"[a-z]{3,}")


class _Encoder:
    """The encoder of BERT (https://arxiv.org/abs/1810.04805) for texts of equal length."""

    def __init__(self, tensors: dict[str, Array], layers: int, heads: int) -> None:
        self._tensors, self._layers, self._heads = tensors, layers, heads

    def means(self, ids: NDArray[np.int64]) -> Array:
        """The mean of the states of each text, of length 1."""
        size, length = ids.shape
        tensors = self._tensors
        states = (
            tensors["embeddings.word_embeddings.weight"][ids]
            + tensors["embeddings.position_embeddings.weight"][:length]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        states = self._norm(states, "embeddings")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            query, key, value = (
                self._linear(states, f"{layer}.attention.self.{name}")
                .reshape(size, length, self._heads, -1)
                .transpose(0, 2, 1, 3)
                for name in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / sqrt(query.shape[-1])
            weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
            weights /= weights.sum(axis=-1, keepdims=True)
            seen = (weights @ value).transpose(0, 2, 1, 3).reshape(size, length, -1)
            seen = self._linear(seen, f"{layer}.attention.output.dense")
            states = self._norm(states + seen, f"{layer}.attention.output")
            wide = self._linear(states, f"{layer}.intermediate.dense")
            wide = 0.5 * wide * (1.0 + np.tanh(0.7978845608 * (wide + 0.044715 * wide**3)))
            states = self._norm(states + self._linear(wide, f"{layer}.output.dense"), f"{layer}.output")
        mean: Array = states.mean(axis=1)
        return _unit(mean)

    def _linear(self, states: Array, name: str) -> Array:
        made: Array = states @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"]
        return made

    def _norm(self, states: Array, name: str) -> Array:
        centred = states - states.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        made: Array = (
            scaled * self._tensors[f"{name}.LayerNorm.weight"] + self._tensors[f"{name}.LayerNorm.bias"]
        )
        return made


def main(path: str) -> None:
    """Write the vectors.

    Args:
        path: The file, ``words.npz``.
    """
    files = base_files()
    card = json.loads(files["config.json"])
    encoder = _Encoder(
        _tensors(files["model.safetensors"]), card["num_hidden_layers"], card["num_attention_heads"]
    )
    tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
    tokenizer.no_padding()
    words = sorted(word for word in tokenizer.get_vocab() if _WORD.fullmatch(word))
    ids = np.array([tokenizer.encode(word).ids for word in words])
    vectors = np.concatenate([encoder.means(ids[at : at + _BATCH]) for at in range(0, len(ids), _BATCH)])
    vectors -= vectors.mean(axis=0)
    sample = np.random.default_rng(0).choice(len(vectors), min(_SAMPLE, len(vectors)), replace=False)
    axes = np.linalg.svd(vectors[sample], full_matrices=False)[2][:_WIDTH]
    reduced = _unit(vectors @ axes.T)
    np.savez(
        path,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(reduced / np.abs(reduced).max() * 127).astype(np.int8),
    )


def _tensors(stored: bytes) -> dict[str, Array]:
    """The tensors of a file in the format of safetensors (https://github.com/huggingface/safetensors#format)."""
    size = int.from_bytes(stored[:8], "little")
    head, body = json.loads(stored[8 : 8 + size]), stored[8 + size :]
    return {
        name.removeprefix("bert."): np.frombuffer(
            body[slice(*entry["data_offsets"])], dtype=np.float32
        ).reshape(entry["shape"])
        for name, entry in head.items()
        if entry.get("dtype") == "F32"
    }


def _unit(vectors: Array) -> Array:
    made: Array = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


if __name__ == "__main__":
    main(sys.argv[1])
