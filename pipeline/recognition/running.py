"""Run graphs by onnxruntime, on the one thread that is ours."""

from __future__ import annotations

import functools
import os
from typing import Any

from pipeline.recognition.graph import graph, node

_SILENT = "ORT_DISABLE_TELEMETRY"
"""Set, a library that tells its makers of its use does not: what is installed here never does, a newer one might."""


def running(content: bytes) -> Any:
    """Make a graph ready to run."""
    os.environ[_SILENT] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


@functools.cache
def is_exact() -> bool:
    """Tell whether weights of eight bits with a sign are multiplied here without a loss.

    Where a processor lacks the instructions for it (VNNI), onnxruntime adds up two products in sixteen bits, and what
    does not fit is cut off. With weights without a sign it does not, and is slower.
    """
    import numpy as np

    inner = 64
    weights = np.full((inner, inner), 127, np.int8)
    multiply = node("MatMulInteger", ["seen", "weights"], ["sums"])
    product = graph([multiply], {"weights": weights}, {"seen": ("uint8", 0, inner)}, "sums")
    (sums,) = running(product).run(None, {"seen": np.full((8, inner), 255, np.uint8)})
    return bool((sums == 255 * 127 * inner).all())
