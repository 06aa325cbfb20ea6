"""Take the network and the letters out of a language of tesseract, a `.traineddata` file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[Any]
    """Weights: a row for each output, the bias last."""

_NETWORK, _LETTERS, _CODES = 17, 21, 22
"""Numbers of the parts that are used, of the 24 that a file may hold."""
_PARTS = 24
_KINDS = {
    1: "Input",
    2: "Convolve",
    3: "Maxpool",
    9: "Series",
    11: "RTLReversed",
    13: "XYTranspose",
    14: "LSTM",
    15: "SummLSTM",
    19: "Tanh",
    22: "Softmax",
}
"""Names of the kinds of layer that are known here by their number, where a file gives no name."""
_HOLDERS = ("Series", "RTLReversed", "XYTranspose")
_OWN_RATES = 64
"""Flag of a layer that keeps how fast each of its parts was learning."""
_WHOLE_NUMBERS, _DOUBLES = 1, 128
"""Flags of a matrix: its weights are whole numbers with a scale for each row; its other numbers are doubles."""
_GATES = 4
_DEEPEST = 8
_LARGEST = 1 << 24
"""Numbers that a matrix, or letters that a language, holds at most."""


class Foreign(ValueError):
    """A file that is damaged, or whose network is of another shape than is known here."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A layer that remembers (LSTM): the weights of what comes in, of the gates in, forget and out."""

    cell: Matrix
    gate_in: Matrix
    gate_forget: Matrix
    gate_out: Matrix

    @property
    def states(self) -> int:
        """How many numbers it remembers, and gives."""
        return int(self.cell.shape[0])

    @property
    def inputs(self) -> int:
        """How many numbers come in."""
        return int(self.cell.shape[1]) - 1 - self.states


@dataclass(frozen=True, slots=True)
class Model:
    """What a language knows: tesseract writes its shape as «[1,36,0,1Ct3,3,16Mp3,3Lfys48Lfx96Lrx96Lfx192O1c1]»."""

    height: int
    """Dots that a line is made high."""
    strokes: Matrix
    """What is seen in each square of three by three dots, column by column."""
    down: Memory
    """Reads a column of squares, top to bottom."""
    along: tuple[tuple[Memory, bool], ...]
    """Read the columns one after the other, each from the end where it says so."""
    output: Matrix
    """Makes of what was read how likely each code is."""
    blank: int
    """The code that says that there is no other letter."""
    letters: dict[tuple[int, ...], str]
    """Which letter codes say; the one of the space is " "."""
    seed: int
    """From which the noise comes that the network was taught to see outside a line."""


@dataclass(frozen=True, slots=True)
class _Layer:
    kind: str
    parts: tuple[_Layer, ...] = ()
    numbers: tuple[int, ...] = ()
    weights: tuple[Any, ...] = ()


class _Bytes:
    """A part of the file, read from its start."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def number(self, code: str) -> Any:
        """Take a number: "b" a byte, "i" or "I" four, "f" or "d" with a fraction."""
        return self.numbers(code, 1)[0]

    def numbers(self, code: str, count: int) -> tuple[Any, ...]:
        """Take some numbers."""
        form = f"<{count}{code}"
        taken = struct.unpack_from(form, self._content, self._place)
        self._place += struct.calcsize(form)
        return taken

    def array(self, kind: str, count: int) -> Matrix:
        """Take many numbers of one kind."""
        import numpy as np

        if not 0 <= count <= _LARGEST:
            raise Foreign("too many numbers")
        taken = np.frombuffer(self._content, kind, count, self._place)
        self._place += taken.nbytes
        return taken

    def rest(self) -> bytes:
        """Take what is left."""
        return self._content[self._place :]

    def text(self) -> str:
        """Take a text with its length before it."""
        return bytes(self.array("u1", self.number("I"))).decode()


def load(path: Path) -> Model:
    """Take what is needed to read lines out of a language.

    Raises:
        Foreign: the file is damaged, or its network is of another shape.
        OSError: it cannot be read.
    """
    try:
        network, letters, codes = (_Bytes(part) for part in _parts(path))
        layer = _layer(network)
        network.text()  # its shape, in writing
        _flags, _turn, seed, blank = network.numbers("i", 4)
        return _model(layer, blank, seed, _said_by(codes, _names(letters)))
    except (struct.error, ValueError, IndexError, KeyError) as damaged:
        raise damaged if isinstance(damaged, Foreign) else Foreign(str(damaged)) from damaged


def _parts(path: Path) -> list[bytes]:
    """Take the network, the letters and their codes out of a file, without reading its dictionaries."""
    with path.open("rb") as file:
        (count,) = struct.unpack("<I", file.read(4))
        if not _CODES < count <= _PARTS:
            raise Foreign("no file of a language")
        starts = struct.unpack(f"<{count}q", file.read(8 * count))
        end = path.stat().st_size
        found = []
        for number in (_NETWORK, _LETTERS, _CODES):
            start = starts[number]
            if start < 0:
                raise Foreign("a part is missing")
            stop = min((other for other in starts if other > start), default=end)
            file.seek(start)
            found.append(file.read(stop - start))
    return found


def _layer(content: _Bytes, depth: int = 0) -> _Layer:
    if depth > _DEEPEST:
        raise Foreign("layers in layers without an end")
    number = content.number("b")
    kind = content.text() if number == 0 else _KINDS[number]
    content.numbers("b", 2)
    flags, _inputs, _outputs, _weights = content.numbers("i", 4)
    content.text()
    if kind in _HOLDERS:
        parts = tuple(_layer(content, depth + 1) for _part in range(content.number("I")))
        if flags & _OWN_RATES:
            content.array("<f4", content.number("I"))
        return _Layer(kind, parts=parts)
    if kind == "Input":
        return _Layer(kind, numbers=content.numbers("i", 5))
    if kind in ("Convolve", "Maxpool"):
        return _Layer(kind, numbers=content.numbers("i", 2))
    if kind in ("LSTM", "SummLSTM"):
        content.number("i")
        return _Layer(kind, weights=tuple(_matrix(content) for _gate in range(_GATES)))
    if kind in ("Tanh", "Softmax"):
        return _Layer(kind, weights=(_matrix(content),))
    raise Foreign(f"a layer of the kind {kind!r}")


def _matrix(content: _Bytes) -> Matrix:
    import numpy as np

    matrix = _weights(content)
    if not np.isfinite(matrix).all():
        raise Foreign("weights that are no numbers")
    return matrix


def _weights(content: _Bytes) -> Matrix:
    import numpy as np

    mode = content.number("B")
    if not mode & _DOUBLES:
        raise Foreign("weights as they were before tesseract 4")
    rows, columns = content.numbers("I", 2)
    if mode & _WHOLE_NUMBERS:
        content.number("b")
        whole = content.array("i1", rows * columns).reshape(rows, columns)
        scales = content.array("<f8", content.number("I"))
        return (whole * scales[:rows, None]).astype(np.float32)
    content.number("d")
    return content.array("<f8", rows * columns).reshape(rows, columns).astype(np.float32)


def _model(network: _Layer, blank: int, seed: int, letters: dict[tuple[int, ...], str]) -> Model:
    """Hold a network against the one shape that is known here."""
    first, seen, pool, turned, *along, output = network.parts
    kinds = [network.kind, first.kind, seen.kind, pool.kind, turned.kind, output.kind]
    if kinds != ["Series", "Input", "Series", "Maxpool", "XYTranspose", "Softmax"] or not along:
        raise Foreign("layers in another order")
    squares, strokes = seen.parts
    (column,) = turned.parts
    if (squares.kind, strokes.kind, column.kind) != ("Convolve", "Tanh", "SummLSTM"):
        raise Foreign("layers in another order")
    _batch, height, _width, depth, _loss = first.numbers
    if squares.numbers != (1, 1) or pool.numbers != (3, 3) or depth != 1 or height <= 0 or height % 3:
        raise Foreign("squares of another size")
    model = Model(
        height, strokes.weights[0], _memory(column), tuple(map(_along, along)), output.weights[0], blank, letters, seed
    )
    _hold_together(model)
    return model


def _along(layer: _Layer) -> tuple[Memory, bool]:
    if layer.kind == "RTLReversed":
        (inner,) = layer.parts
        return _along(inner)[0], True
    if layer.kind != "LSTM":
        raise Foreign("layers in another order")
    return _memory(layer), False


def _memory(layer: _Layer) -> Memory:
    if len({gate.shape for gate in layer.weights}) != 1:
        raise Foreign("gates of unlike sizes")
    return Memory(*layer.weights)


def _hold_together(model: Model) -> None:
    """Refuse layers that do not take what the one before gives."""
    gives = model.strokes.shape[0]
    for memory in (model.down, *(each for each, _backwards in model.along)):
        if memory.inputs != gives:
            raise Foreign("layers that do not fit")
        gives = memory.states
    codes, inputs = model.output.shape
    if model.strokes.shape[1] != 3 * 3 + 1 or inputs != gives + 1 or not 0 <= model.blank < codes:
        raise Foreign("layers that do not fit")


def _names(content: _Bytes) -> list[str]:
    """Give the letters by their number; the first is the space, which the file calls NULL."""
    count, *lines = content.rest().decode().split("\n")
    return [" ", *(line.split(" ")[0] for line in lines[1 : int(count)])]


def _said_by(content: _Bytes, letters: list[str]) -> dict[tuple[int, ...], str]:
    """Give which letter codes say: of several, the last that stands for itself."""
    said: dict[tuple[int, ...], str] = {}
    count = content.number("I")
    if count != len(letters):
        raise Foreign("codes of other letters")
    for letter in letters:
        is_itself = content.number("b")
        codes = content.numbers("i", content.number("I"))
        if is_itself or codes not in said:
            said[codes] = letter
    return said
