"""From the trained network to the file that the package carries: ONNX, in eight bits."""

from __future__ import annotations

import logging
from pathlib import Path

import torch
from torch import Tensor, nn

from privagraph.loaders.tagging.labels import LABELS
from privagraph.loaders.training.network import Network

__all__ = ["export"]

_OPSET = 18


class _Probabilities(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor, hints: Tensor) -> Tensor:
        return torch.sigmoid(self.network(ids, segments, mask, hints))


def export(network: Network, path: Path, *, quantised: bool = True) -> None:
    """Writes a network as ONNX.

    Args:
        network: The trained network.
        path: The file to write; inputs ``ids``, ``segments``, ``mask``, ``hints``, output ``probabilities``.
        quantised: Whether weights are stored in eight bits, a quarter of the size.
    """
    batch, length = 2, 64
    arguments = (
        torch.randint(5, 1000, (batch, length)),
        torch.zeros(batch, length, dtype=torch.long),
        torch.ones(batch, length),
        torch.zeros(batch, length, 2 * len(LABELS)),
    )
    names = ("ids", "segments", "mask", "hints")
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
        _store_in_eight_bits(full, path)
        full.unlink()


def _store_in_eight_bits(full: Path, path: Path) -> None:
    """Stores the weights of an ONNX model in eight bits, each column with a scale of its own.

    Activations stay as they are: what a window is read as does then not depend on the windows beside it, nor on the
    instructions that a processor has for products in eight bits, which saturate on some.
    """
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(full))
    weights = {weight.name: weight for weight in model.graph.initializer}
    nodes = []
    stored: set[str] = set()
    for node in model.graph.node:
        place = {"MatMul": 1, "Gather": 0}.get(node.op_type)
        weight = weights.get(node.input[place]) if place is not None else None
        values = numpy_helper.to_array(weight) if weight is not None else np.zeros(0, np.float32)
        if weight is not None and values.ndim == 2 and values.dtype == np.float32:
            axis = 1 if node.op_type == "MatMul" else 0  # a scale for each output, for each word
            if weight.name not in stored:
                stored.add(weight.name)
                scale = np.maximum(np.abs(values).max(axis=1 - axis), 1e-12).astype(np.float32) / 127
                wide = scale[None, :] if axis else scale[:, None]
                small = np.clip(np.rint(values / wide), -127, 127).astype(np.int8)
                model.graph.initializer.remove(weight)
                model.graph.initializer.append(numpy_helper.from_array(small, f"{weight.name}_small"))
                model.graph.initializer.append(numpy_helper.from_array(scale, f"{weight.name}_scale"))
                names = [f"{weight.name}_small", f"{weight.name}_scale"]
                nodes.append(helper.make_node("DequantizeLinear", names, [weight.name], axis=axis))
        nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
