"""Write the layers of a network that remember, with weights of eight bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.recognition.graph import OWN, node
from pipeline.recognition.running import is_exact
from pipeline.recognition.traineddata import Memory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

ENDS = (1.0, -1.0)
"""Numbers that stand last beside all others, and stay the same.

What comes into a layer is rounded to eight bits from the least of it to the most; with these it is from -1 to 1
whatever else is read at the same time, so that a line is read alone as among others."""
_STEADY, _OPEN = 20.0, 30.0
"""What is remembered of which one of the ends is given (its tanh is 1), and what opens a gate, or with - shuts it."""
_MOST = 127
"""The largest weight; tesseract makes the largest of each row that."""
_GATES = 4


def remembering(
    name: str, memory: Memory, takes: str, gives: str, *, cells: str, lengths: str = "", backwards: bool = False
) -> tuple[bytes, dict[str, Numbers]]:
    """Write a layer that remembers; both what it takes and what it gives hold the ends.

    Args:
        name: before the names of its weights.
        memory: its weights.
        takes: name of what comes in (step, line, number).
        gives: name of what goes out: of each step (step, 1, line, number), or where no lengths are, of the last.
        cells: name of what is remembered before the first step: `steady`.
        lengths: name of how many steps each line has; "" where all have as many.
        backwards: from the last step on.

    Returns:
        The node, and its weights.
    """
    import numpy as np

    inputs, states, ends = memory.inputs, memory.states, len(ENDS)
    rows = np.stack([memory.gate_in, memory.gate_out, memory.gate_forget, memory.cell])
    whole, scales = _rounded(rows)
    kinds = {"new": whole[:, :, :inputs], "own": whole[:, :, inputs:-1]}
    padded = {kind: np.pad(part, ((0, 0), (0, ends), (0, ends))) for kind, part in kinds.items()}
    weights = _bytes_of(f"{name} new", padded["new"].reshape(-1, inputs + ends)[None])
    weights |= _bytes_of(f"{name} own", padded["own"].reshape(-1, states + ends)[None])
    biases = np.zeros((2, _GATES, states + ends), np.float32)
    biases[0, :, :states] = rows[:, :, -1]
    biases[0, :, states:] = np.array([-_OPEN, _OPEN, _OPEN, 0])[:, None]
    scales = np.pad(scales, ((0, 0), (0, ends)), constant_values=1)
    weights |= {f"{name} scales": scales.reshape(1, -1), f"{name} biases": biases.reshape(1, -1)}
    new, own, scale = f"{name} new", f"{name} own", f"{name} scales"
    asked = [takes, new, own, f"{name} biases", lengths, "", cells, ""]
    asked += [scale, f"{new} zeros", scale, f"{own} zeros"]
    layer = node(
        "DynamicQuantizeLSTM",
        asked,
        [gives] if lengths else ["", gives],
        domain=OWN,
        hidden_size=states + ends,
        direction="reverse" if backwards else "forward",
    )
    return layer, weights


def steady(memory: Memory, lines: int) -> Numbers:
    """Give what a layer remembers before the first step: nothing but the ends."""
    import numpy as np

    cells = np.zeros((1, lines, memory.states + len(ENDS)), np.float32)
    cells[..., memory.states :] = _STEADY * np.array(ENDS)
    return cells


def _rounded(rows: Numbers) -> tuple[Numbers, Numbers]:
    """Give weights as whole numbers, as they are in a file or as tesseract rounds them, and the scale of each row."""
    import numpy as np

    most = np.abs(rows).max(axis=-1)
    scales = np.where(most > 0, most / _MOST, 1).astype(np.float32)
    return np.rint(rows / scales[..., None]), scales


def _bytes_of(name: str, whole: Numbers) -> dict[str, Numbers]:
    """Give weights as the processor here multiplies them right, a column for each output, and what their zero is."""
    import numpy as np

    zero, kind = (0, np.int8) if is_exact() else (_MOST + 1, np.uint8)
    columns = np.swapaxes(whole, -1, -2)
    zeros = np.full((*whole.shape[:-2], whole.shape[-2]), zero, kind)
    return {name: (columns + zero).astype(kind), f"{name} zeros": zeros}
