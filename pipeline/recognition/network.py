"""Run the network of a language over many lines, as a graph that onnxruntime calculates.

The weights are whole numbers of eight bits with a scale for each row, and so is what they are multiplied with, as
tesseract itself has it: a processor multiplies many of those at a time. Sizes are in columns of three dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.recognition.graph import graph, node
from pipeline.recognition.layers import ENDS, remembering, steady, stepping
from pipeline.recognition.running import running
from pipeline.recognition.traineddata import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]
    """Fractions of four bytes."""

_POOL = 3
"""Dots that a column is wide, and a square of it high."""
_CHUNK = 384
"""Columns that are read top to bottom at a time: their numbers stay near the processor."""
_GROUP, _ALIKE = 8, 0.9
"""Lines that are read along at a time, and how long the shortest is at least, as a share of the longest."""
_FACTOR, _ADDEND, _SHIFT = 6364136223846793005, 1442695040888963407, 33
"""How tesseract makes its noise, from a seed that it multiplies by the next."""
_SEED = 0x10000001
_NOISE = 4096
"""Dots of noise, which begins anew after that many."""


class Network:
    """A network, ready to read."""

    def __init__(self, model: Model) -> None:
        self._height = model.height
        self._along = [memory for memory, _backwards in model.along]
        self._columns = running(_columns(model))
        self._lines = running(_lines(model))
        self._noise = _noise(model.seed)

    def read(self, pictures: Sequence[Numbers]) -> list[Numbers]:
        """Tell of each column of each picture how likely each code is.

        Args:
            pictures: lines as high as the model wants them, and at least a column wide, from -1 (black) to 1 (white).

        Returns:
            For each picture the chances, a row for each column.
        """
        import numpy as np

        order = sorted(range(len(pictures)), key=lambda number: -pictures[number].shape[1])
        wide = [pictures[number].shape[1] // _POOL for number in order]
        starts = np.concatenate([[0], np.cumsum(np.array(wide) + 1)]).tolist()
        columns = self._seen(self._sheet([pictures[number] for number in order], wide, starts))
        found: dict[int, Numbers] = {}
        for first, last in _groups(wide):
            lines = np.zeros((wide[first], last - first, columns.shape[1] + len(ENDS)), np.float32)
            lines[..., -len(ENDS) :] = ENDS
            for place, start, count in zip(range(last - first), starts[first:last], wide[first:last], strict=True):
                lines[:count, place, : -len(ENDS)] = columns[start : start + count]
            cells = {f"cells {number}": steady(memory, last - first) for number, memory in enumerate(self._along)}
            lengths = np.array(wide[first:last], np.int32)
            chances = self._lines({"columns": lines, "lengths": lengths, **cells})
            for place, number in enumerate(order[first:last]):
                found[number] = chances[: wide[first + place], place]
        return [found[number] for number in range(len(pictures))]

    def _seen(self, sheet: Numbers) -> Numbers:
        """Give what stands in each column of a sheet: a row for each."""
        import numpy as np

        total = (sheet.shape[1] - 2) // _POOL
        found = []
        for start in range(0, total, _CHUNK):
            count = min(_CHUNK, total - start)
            dots = sheet[None, None, :, _POOL * start : _POOL * (start + count) + 2]
            found.append(self._columns({"dots": dots})[0])
        return np.concatenate(found)

    def _sheet(self, pictures: Sequence[Numbers], wide: Sequence[int], starts: Sequence[int]) -> Numbers:
        """Lay lines side by side, with the noise around each that the network was taught to see there.

        Between two is a column that is of neither.
        """
        import numpy as np

        noise = self._noise
        sheet = np.zeros((self._height + 2, _POOL * starts[-1] + 2), np.float32)
        for picture, count, start in zip(pictures, wide, starts, strict=False):
            dots = _POOL * count
            place = sheet[:, _POOL * start : _POOL * start + dots + 2]
            taken = picture[:, : dots + 1]
            place[0], place[-1] = np.resize(noise, dots + 2), np.resize(noise[::-1], dots + 2)
            place[1:-1, 0] = place[1:-1, -1] = noise[: self._height]
            place[1:-1, 1 : 1 + taken.shape[1]] = taken
        return sheet


def _columns(model: Model) -> bytes:
    """Write the graph that tells what stands in columns: dots → a row for each column."""
    import numpy as np

    kinds = len(model.strokes)
    strokes = model.strokes[:, :-1].reshape(kinds, 1, 3, 3).transpose(0, 1, 3, 2)
    down, weights = stepping("down", model.down, "squares", "seen", steps=model.height // _POOL)
    weights |= {"strokes": strokes, "stroke biases": model.strokes[:, -1], "first": np.array([0])}
    nodes = [
        node("Conv", ["dots", "strokes", "stroke biases"], ["stroked"]),
        node("MaxPool", ["stroked"], ["strongest"], kernel_shape=[_POOL, _POOL], strides=[_POOL, _POOL]),
        node("Tanh", ["strongest"], ["looks"]),
        node("Squeeze", ["looks", "first"], ["standing"]),
        node("Transpose", ["standing"], ["squares"], perm=[1, 2, 0]),
    ]
    return graph([*nodes, *down], weights, {"dots": ("float32", 1, 1, model.height + 2, 0)}, "seen")


def _lines(model: Model) -> bytes:
    """Write the graph that reads lines: columns (column, line, number) → chances (column, line, code)."""
    import numpy as np

    nodes: list[bytes] = []
    weights: dict[str, Numbers] = {"second": np.array([1])}
    takes = {"columns": ("float32", 0, 0, model.down.states + len(ENDS)), "lengths": ("int32", 0)}
    seen = "columns"
    for number, (memory, backwards) in enumerate(model.along):
        name, read, cells = f"along {number}", f"read {number}", f"cells {number}"
        layer, held = remembering(name, memory, seen, read, cells=cells, lengths="lengths", backwards=backwards)
        seen = f"seen {number}"
        takes[cells] = ("float32", 1, 0, memory.states + len(ENDS))
        nodes += [layer, node("Squeeze", [read, "second"], [seen])]
        weights |= held
    output = model.output[:, :-1].T
    weights |= {"output": np.pad(output, ((0, len(ENDS)), (0, 0))), "biases": model.output[:, -1]}
    nodes += [
        node("MatMul", [seen, "output"], ["weighed"]),
        node("Add", ["weighed", "biases"], ["evidence"]),
        node("Softmax", ["evidence"], ["chances"], axis=2),
    ]
    return graph(nodes, weights, takes, "chances")


def _groups(wide: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Part lines, the longest first, into those that are read together, being about as long."""
    first = 0
    for number, count in enumerate(wide):
        if number - first == _GROUP or count < _ALIKE * wide[first]:
            yield first, number
            first = number
    if wide:
        yield first, len(wide)


def _noise(seed: int) -> Numbers:
    """Give the noise that tesseract makes, from -1 to 1."""
    import numpy as np

    state = seed * _SEED
    made = []
    for _dot in range(_NOISE + 1):
        state = (state * _FACTOR + _ADDEND) % 2**64
        made.append(state >> _SHIFT)
    return (np.array(made[1:]) / (2**30 - 0.5) - 1).astype(np.float32)
