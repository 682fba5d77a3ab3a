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
        quantised: Whether weights are stored in eight bits, a quarter of the size and faster on a CPU.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

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
        quantize_dynamic(
            full,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
        full.unlink()
