"""Run the network of a language over many lines at once.

tesseract takes a line, and multiplies a matrix with a row of numbers for each of its columns of three dots. Here all
lines of a page step together, so that a matrix is multiplied with a matrix, which a processor does many times faster.
Numbers lie as (what is seen, where), so that each gate is one piece of memory. Sizes are in columns of three dots.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.recognition.traineddata import Memory, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]
    """Fractions of four bytes."""

_POOL = 3
"""Dots that a column is wide, and a square of it high."""
_SEEN = _POOL + 2
"""Dots from side to side of what is looked at for one square."""
_CHUNK = 256
"""Columns that are read top to bottom at a time: their numbers stay near the processor."""
_FACTOR, _ADDEND, _SHIFT = 6364136223846793005, 1442695040888963407, 33
"""How tesseract makes its noise, from a seed that it multiplies by the next."""
_SEED = 0x10000001
_NOISE = 4096
"""Dots of noise, which begins anew after that many."""


class _Gates:
    """A layer that remembers, as one matrix over what comes in, what it gave last, and one.

    tanh takes the place of the logistic function, 1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2, so that one call does all
    gates; the halves go into the weights, for which all that is given and remembered is twice as large.
    """

    def __init__(self, memory: Memory, *, doubled: bool) -> None:
        import numpy as np

        self.inputs, self.states = memory.inputs, memory.states
        half = np.float32(0.5)
        gates = (memory.gate_in * half, memory.gate_forget * half, memory.gate_out * half, memory.cell)
        weights = np.concatenate(gates)
        weights[:, self.inputs : -1] *= half
        if doubled:
            weights[:, : self.inputs] *= half
        self.weights = np.ascontiguousarray(weights)

    @property
    def width(self) -> int:
        """How many numbers the matrix is multiplied with."""
        return self.inputs + self.states + 1

    def step(self, seen: Numbers, remembered: Numbers, gates: Numbers, spare: Numbers, given: Numbers) -> None:
        """Go one step: take `seen`, change what is `remembered`, and put what is given in its place."""
        import numpy as np

        half, states = np.float32(0.5), self.states
        np.dot(self.weights, seen, out=gates)
        np.tanh(gates, out=gates)
        gates[: 3 * states] += np.float32(1)
        new, kept, out, cell = (gates[number * states : (number + 1) * states] for number in range(4))
        kept *= remembered
        kept *= half
        new *= cell
        np.add(kept, new, out=remembered)
        np.multiply(remembered, half, out=spare)
        np.tanh(spare, out=spare)
        np.multiply(spare, out, out=given)


class Network:
    """A network, ready to read."""

    def __init__(self, model: Model) -> None:
        import numpy as np

        self._height = model.height
        self._squares = _squares(model.strokes)
        self._down = _Gates(model.down, doubled=False)
        self._along = [(_Gates(memory, doubled=True), backwards) for memory, backwards in model.along]
        output = model.output.copy()
        output[:, :-1] *= np.float32(0.5)
        self._output = np.ascontiguousarray(output.T)
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
        wide = np.array([pictures[number].shape[1] // _POOL for number in order])
        starts = np.concatenate([[0], np.cumsum(wide + 1)])
        columns = self._columns([pictures[number] for number in order], wide, starts)
        given = self._lines(columns, wide, starts[:-1])
        found: list[Numbers] = [given] * len(pictures)
        for number, start, count in zip(order, starts.tolist(), wide.tolist(), strict=False):
            found[number] = self._chances(given[start : start + count])
        return found

    def _columns(self, pictures: Sequence[Numbers], wide: Numbers, starts: Numbers) -> Numbers:
        """Give what stands in each column, lines one after the other with a column between two."""
        import numpy as np

        sheet = self._sheet(pictures, wide, starts)
        (across, down), total = sheet.strides[::-1], int(starts[-1])
        gates, strokes = self._down, len(self._squares) // _POOL**2
        found = np.empty((gates.states, total), np.float32)
        for start in range(0, total, _CHUNK):
            count = min(_CHUNK, total - start)
            around = np.ones((_SEEN**2 + 1, count), np.float32)
            squares = around[:-1].reshape(_SEEN, _SEEN, count)
            looks = np.empty((len(self._squares), count), np.float32)
            seen = np.zeros((gates.width, count), np.float32)
            seen[-1] = 1
            remembered, spare = (np.zeros((gates.states, count), np.float32) for _room in range(2))
            room = np.empty((4 * gates.states, count), np.float32)
            last, come = seen[gates.inputs : -1], seen[: gates.inputs]
            for top in range(0, self._height, _POOL):
                squares[...] = np.lib.stride_tricks.as_strided(
                    sheet[top:, _POOL * start :], squares.shape, (across, down, _POOL * across)
                )
                np.dot(self._squares, around, out=looks)
                np.max(looks.reshape(_POOL**2, strokes, count), axis=0, out=come)
                np.tanh(come, out=come)
                gates.step(seen, remembered, room, spare, last)
            found[:, start : start + count] = last
        return found

    def _sheet(self, pictures: Sequence[Numbers], wide: Numbers, starts: Numbers) -> Numbers:
        """Lay lines side by side, with the noise around each that the network was taught to see there."""
        import numpy as np

        noise = self._noise
        sheet = np.zeros((self._height + 2, _POOL * int(starts[-1]) + 2), np.float32)
        for picture, count, start in zip(pictures, (_POOL * wide).tolist(), (_POOL * starts).tolist(), strict=False):
            place = sheet[:, start : start + count + 2]
            taken = picture[:, : count + 1]
            place[0], place[-1] = np.resize(noise, count + 2), np.resize(noise[::-1], count + 2)
            place[1:-1, 0] = place[1:-1, -1] = noise[: self._height]
            place[1:-1, 1 : 1 + taken.shape[1]] = taken
        return sheet

    def _lines(self, columns: Numbers, wide: Numbers, starts: Numbers) -> Numbers:
        """Read the columns of all lines along: a row of numbers for each column.

        In each step stand the lines that are that long, the longest first; so what is in a step are the first of what
        is in the step before. Backwards, lines come in where they end.
        """
        import numpy as np

        counts = (wide[None, :] > np.arange(wide[0])[:, None]).sum(axis=1).tolist()
        rows = np.ascontiguousarray(columns.T)
        places = [starts[:count] + step for step, count in enumerate(counts)]
        seen = _steps(self._along[0][0].width, counts)
        for step, place in zip(seen, places, strict=True):
            step[: rows.shape[1]] = rows[place].T
        for number, (gates, backwards) in enumerate(self._along):
            after = self._along[number + 1][0].width if number + 1 < len(self._along) else gates.states + 1
            given = _steps(after, counts)
            _read_along(gates, seen, given, backwards=backwards)
            seen = given
        found = np.zeros((columns.shape[1], len(self._output) - 1), np.float32)
        for step, place in zip(seen, places, strict=True):
            found[place] = step[:-1].T
        return found

    def _chances(self, given: Numbers) -> Numbers:
        """Give how likely each code is by the numbers of each column."""
        import numpy as np

        chances: Numbers = given @ self._output[:-1]
        chances += self._output[-1]
        chances -= chances.max(axis=1, keepdims=True)
        np.exp(chances, out=chances)
        chances /= chances.sum(axis=1, keepdims=True)
        return chances


def _read_along(gates: _Gates, seen: list[Numbers], given: list[Numbers], *, backwards: bool) -> None:
    import numpy as np

    states, most = gates.states, seen[0].shape[1]
    room, spare = np.empty(4 * states * most, np.float32), np.empty(states * most, np.float32)
    order = range(len(seen) - 1, -1, -1) if backwards else range(len(seen))
    last = np.zeros((states, seen[order[0]].shape[1]), np.float32)
    remembered = last.copy()
    for step in order:
        count = seen[step].shape[1]
        if last.shape[1] != count:
            last, remembered = _fitted(last, count), _fitted(remembered, count)
        seen[step][gates.inputs : -1] = last
        last = given[step][:states]
        gates.step(
            seen[step],
            remembered,
            room[: 4 * states * count].reshape(4 * states, count),
            spare[: states * count].reshape(states, count),
            last,
        )


def _fitted(numbers: Numbers, count: int) -> Numbers:
    """Give the numbers of the first lines only, or nothing yet of those that come in."""
    import numpy as np

    fitted = np.zeros((len(numbers), count), np.float32)
    both = min(count, numbers.shape[1])
    fitted[:, :both] = numbers[:, :both]
    return fitted


def _steps(width: int, counts: Sequence[int]) -> list[Numbers]:
    """Make room for the numbers of each step, with the one for the bias below them."""
    import numpy as np

    room = np.empty(width * sum(counts), np.float32)
    steps, start = [], 0
    for count in counts:
        step = room[start : start + width * count].reshape(width, count)
        step[-1] = 1
        steps.append(step)
        start += width * count
    return steps


def _squares(strokes: Numbers) -> Numbers:
    """Give the weights of nine neighbouring squares of three by three dots over the five by five that they cover."""
    import numpy as np

    kinds = len(strokes)
    wide = np.zeros((_POOL, _POOL, kinds, _SEEN, _SEEN), np.float32)
    for across in range(_POOL):
        for down in range(_POOL):
            place = wide[across, down, :, across : across + 3, down : down + 3]
            place[...] = strokes[:, :-1].reshape(kinds, 3, 3)
    flat = wide.reshape(_POOL**2 * kinds, _SEEN**2)
    return np.ascontiguousarray(np.concatenate([flat, np.tile(strokes[:, -1:], (_POOL**2, 1))], axis=1))


def _noise(seed: int) -> Numbers:
    """Give the noise that tesseract makes, from -1 to 1."""
    import numpy as np

    state = seed * _SEED
    made = []
    for _dot in range(_NOISE + 1):
        state = (state * _FACTOR + _ADDEND) % 2**64
        made.append(state >> _SHIFT)
    return (np.array(made[1:]) / (2**30 - 0.5) - 1).astype(np.float32)
