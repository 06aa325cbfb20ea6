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
_SCALE, _ZERO = 2 / 255, 128
"""What one is, and which is nought, of the whole numbers of eight bits to which numbers from -1 to 1 are rounded."""


def remembering(
    name: str, memory: Memory, takes: str, gives: str, *, cells: str, lengths: str, backwards: bool
) -> tuple[bytes, dict[str, Numbers]]:
    """Write a layer that remembers; both what it takes and what it gives hold the ends.

    Args:
        name: before the names of its weights.
        memory: its weights.
        takes: name of what comes in (step, line, number).
        gives: name of what goes out of each step (step, 1, line, number).
        cells: name of what is remembered before the first step: `steady`.
        lengths: name of how many steps each line has.
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
        [gives],
        domain=OWN,
        hidden_size=states + ends,
        direction="reverse" if backwards else "forward",
    )
    return layer, weights


def stepping(
    name: str, memory: Memory, takes: str, gives: str, *, steps: int
) -> tuple[list[bytes], dict[str, Numbers]]:
    """Write a layer that remembers over a few steps, as many for all lines, each step by itself.

    It gives what `remembering` gives of the last step, without the ends. Where there are some hundred lines it takes
    half the time; where there are few, it would take longer to begin each calculation than to do it.

    Args:
        name: before the names of its weights, and of what is calculated in it.
        memory: its weights.
        takes: name of what comes in (step, line, number), from -1 to 1.
        gives: name of what goes out (1, line, number).
        steps: how many.

    Returns:
        The nodes, and their weights.
    """
    import numpy as np

    inputs, states = memory.inputs, memory.states
    rows = np.stack([memory.gate_in, memory.gate_out, memory.gate_forget, memory.cell])
    whole, scales = _rounded(rows)
    whole = whole[:, :, :-1].reshape(_GATES * states, inputs + states)
    weights = _bytes_of(f"{name} all", whole) | _bytes_of(f"{name} new", whole[:, :inputs])
    weights |= {f"{name} scales": scales.ravel(), f"{name} biases": rows[:, :, -1].ravel()}
    weights |= {f"{name} scale": np.array(_SCALE, np.float32), f"{name} zero": np.array(_ZERO, np.uint8)}
    weights |= {f"{name} parts": np.array([3 * states, states]), f"{name} gates": np.array([states] * 3)}
    bytes_of = [f"{name} scale", f"{name} zero"]
    nodes = [
        node("QuantizeLinear", [takes, *bytes_of], [f"{name} seen"]),
        node("Split", [f"{name} seen"], [f"{name} seen {at}" for at in range(steps)], axis=0),
    ]
    for at in range(steps):
        nodes += _step(name, at, gives if at == steps - 1 else f"{name} given {at}")
    return nodes, weights


def _step(name: str, at: int, gives: str) -> list[bytes]:
    """Write a step of such a layer; before the first nothing is remembered."""

    def now(what: str) -> str:
        return f"{name} {what} {at}"

    nodes = []
    taken, held, cell = now("seen"), f"{name} new", now("added")
    if at:
        taken, held, cell = now("all"), f"{name} all", now("cell")
        nodes += [
            node("QuantizeLinear", [f"{name} given {at - 1}", f"{name} scale", f"{name} zero"], [now("own")]),
            node("Concat", [now("seen"), now("own")], [taken], axis=2),
        ]
    asked = [taken, held, f"{name} scale", f"{name} scales", f"{name} zero", f"{held} zeros", f"{name} biases"]
    nodes += [
        node("MatMulIntegerToFloat", asked, [now("sums")], domain=OWN),
        node("Split", [now("sums"), f"{name} parts"], [now("gate sums"), now("cell sums")], axis=2),
        node("Sigmoid", [now("gate sums")], [now("gates")]),
        node("Split", [now("gates"), f"{name} gates"], [now("gate in"), now("gate out"), now("gate forget")], axis=2),
        node("Tanh", [now("cell sums")], [now("new")]),
        node("Mul", [now("gate in"), now("new")], [now("added")]),
    ]
    if at:
        before = f"{name} {'cell' if at > 1 else 'added'} {at - 1}"
        nodes += [
            node("Mul", [now("gate forget"), before], [now("kept")]),
            node("Add", [now("kept"), now("added")], [cell]),
        ]
    return [*nodes, node("Tanh", [cell], [now("shown")]), node("Mul", [now("gate out"), now("shown")], [gives])]


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
