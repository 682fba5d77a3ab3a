"""From the trained network to the file that the package carries: ONNX, with products in whole numbers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.training.network import Network

if TYPE_CHECKING:
    import numpy.typing as npt
    from onnx import ModelProto, NodeProto, TensorProto

__all__ = ["export"]

_OPSET = 18


class _Probabilities(nn.Module):
    """The network as it is used: of windows without padding, with the steps that ONNX Runtime has in one piece.

    They take a third of the time of their parts. They belong to ``com.microsoft``, the operators that come with ONNX
    Runtime beside those of the ONNX standard.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, segments: Tensor, hints: Tensor) -> Tensor:
        states = self.network.embedded(ids, segments, hints)
        for layer in self.network.layers:
            width = states.shape[-1]
            parts = layer.query_key_value(states).split(width, dim=-1)
            scale = (width // layer.heads) ** -0.5
            mixed = _in_one_piece("MultiHeadAttention", parts, num_heads=layer.heads, scale=scale)
            states = layer.norm_attention(states + layer.output(mixed))
            inner = _in_one_piece("Gelu", (layer.widen(states),))
            states = layer.norm_output(states + layer.narrow(inner))
        return torch.sigmoid(self.network.head(states))


def _in_one_piece(operator: str, inputs: Sequence[Tensor], **attributes: float) -> Tensor:
    """An operator of ONNX Runtime, whose result has the shape of its first input."""
    first = inputs[0]
    return torch.onnx.ops.symbolic(
        f"com.microsoft::{operator}", inputs, attributes, dtype=first.dtype, shape=first.shape, version=1
    )


def export(network: Network, path: Path, *, quantised: bool = True) -> None:
    """Writes a network as ONNX.

    Args:
        network: The trained network.
        path: The file to write; inputs ``ids``, ``segments``, ``hints``, output ``probabilities``.
        quantised: Whether weights are stored in eight bits, a quarter of the size, and the large products are made with
            them, which takes less than half of the time.
    """
    batch, length = 2, 64
    arguments = (
        torch.randint(5, 1000, (batch, length)),
        torch.zeros(batch, length, dtype=torch.long),
        torch.zeros(batch, length, 2 * len(LABELS)),
    )
    names = ("ids", "segments", "hints")
    sizes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", max=512)}
    full = path.with_suffix(".full.onnx") if quantised else path
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    torch.onnx.export(
        _Probabilities(network).eval(),
        arguments,
        str(full),
        input_names=list(names),
        output_names=["probabilities"],
        dynamic_shapes=dict.fromkeys(names, sizes),
        opset_version=_OPSET,
        external_data=False,
        verbose=False,
        dynamo=True,
    )
    if quantised:
        _in_whole_numbers(full, path)
        full.unlink()


_LARGE = 256
"""Rows and columns that a matrix has at least for its products to be made in whole numbers."""
_MOST = 63
"""The largest weight of a large matrix, in whole numbers: seven bits. Processors that add two products in sixteen bits
(AVX2's ``vpmaddubsw``) would saturate with eight, and others not; so all come to the same sums."""


def _in_whole_numbers(full: Path, path: Path) -> None:
    """Stores the weights of an ONNX model in eight bits, each output with a scale of its own.

    What a large matrix is multiplied with is brought to eight bits as well, by one scale for all that is computed at
    once (ONNX's ``DynamicQuantizeLinear``): one passage, so what stands elsewhere in a document makes no difference.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(full))
    weights = {weight.name: weight for weight in model.graph.initializer}
    rewritten = _Rewritten()
    for node in model.graph.node:
        place = {"MatMul": 1, "Gather": 0}.get(node.op_type)
        weight = weights.get(node.input[place]) if place is not None else None
        values = numpy_helper.to_array(weight) if weight is not None else np.zeros(0, np.float32)
        if weight is None or values.ndim != 2 or values.dtype != np.float32:
            rewritten.nodes.append(node)
        elif node.op_type == "MatMul" and min(values.shape) >= _LARGE:
            rewritten.multiply(node, values)
        else:
            rewritten.widen(node, weight.name, values, axis=0 if node.op_type == "Gather" else 1)
    del model.graph.node[:]
    model.graph.node.extend(rewritten.nodes)
    needed = {name for node in rewritten.nodes for name in node.input}
    needed -= {name for node in rewritten.nodes for name in node.output}
    kept = [weight for weight in (*weights.values(), *rewritten.weights) if weight.name in needed]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    _forget_origin(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _forget_origin(model: ModelProto) -> None:
    """Drops what PyTorch notes beside each node: the lines, and the paths on this machine, that it comes from."""
    graph = model.graph
    for each in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del each.metadata_props[:]
    del graph.value_info[:]  # shapes between the nodes, which are worked out again when the model is loaded


class _Rewritten:
    """The nodes and weights of a model, in whole numbers."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []
        self._there: set[str] = set()

    def widen(self, node: NodeProto, name: str, values: npt.NDArray[np.float32], *, axis: int) -> None:
        """A node that uses weights which are widened when the model is loaded."""
        if name not in self._there:
            self._there.add(name)
            stored = self._stored(name, values, axis, most=127)
            self._add("DequantizeLinear", stored, [name], axis=axis)
        self.nodes.append(node)

    def multiply(self, node: NodeProto, values: npt.NDArray[np.float32]) -> None:
        """A product that is made in whole numbers."""
        inputs, (result,) = node.input[0], node.output
        small, scale = self._stored(result, values, 1, most=_MOST)
        narrow = [f"{inputs}_{part}" for part in ("narrow", "scale", "zero")]
        if inputs not in self._there:
            self._there.add(inputs)
            self._add("DynamicQuantizeLinear", [inputs], narrow)
        self._add("MatMulInteger", [narrow[0], small, narrow[2]], [f"{result}_sums"])
        self._add("Cast", [f"{result}_sums"], [f"{result}_wide"], to=1)  # to 32-bit floating point
        self._add("Mul", [narrow[1], scale], [f"{result}_scales"])
        self._add("Mul", [f"{result}_wide", f"{result}_scales"], [result])

    def _stored(self, name: str, values: npt.NDArray[np.float32], axis: int, *, most: int) -> list[str]:
        """The names of weights as whole numbers, and of the scales along an axis."""
        from onnx import numpy_helper

        scale = np.maximum(np.abs(values).max(axis=1 - axis), 1e-12).astype(np.float32) / most
        wide = scale[None, :] if axis else scale[:, None]
        small = np.clip(np.rint(values / wide), -most, most).astype(np.int8)
        names = [f"{name}_small", f"{name}_scale_of_weights"]
        self.weights += map(numpy_helper.from_array, (small, scale), names)
        return names

    def _add(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], **options: int) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, outputs, **options))
