"""Run graphs by onnxruntime, on the one thread that is ours."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.recognition.graph import graph, node
from pipeline.streams import no_stderr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

_SILENT = "ORT_DISABLE_TELEMETRY"
"""Set, a library that tells its makers of its use does not: what is installed here never does, a newer one might."""
_FATAL = 4
"""From what on it writes to stderr: what fails is raised here."""


def running(content: bytes) -> Callable[[Mapping[str, Numbers]], Numbers]:
    """Make a graph ready to run: what it takes, by name → what it gives.

    It raises MemoryError where there is too little: a graph that was made ready fails of nothing else.
    """
    os.environ[_SILENT] = "1"
    with no_stderr():  # when it is loaded it complains of a screen of which it cannot find the maker
        import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    options.enable_cpu_mem_arena = False  # a store of its own ends the process where there is too little memory
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def run(taken: Mapping[str, Numbers]) -> Numbers:
        try:
            given: Numbers
            (given,) = session.run(None, dict(taken))
        except (Fail, RuntimeException) as failed:
            raise MemoryError(str(failed)) from failed
        return given

    return run


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
    sums = running(product)({"seen": np.full((8, inner), 255, np.uint8)})
    return bool((sums == 255 * 127 * inner).all())
