"""Write a graph of calculations as ONNX, the form in which onnxruntime takes it.

Only what networks are made of here is written: nodes, weights, and the names of what comes in and goes out. The library
onnx writes it too; to load it takes four times as long as to load onnxruntime. Numbers of fields are those of
`onnx.proto3` (version 9 of the form, operators 17).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]
    Told: TypeAlias = tuple[Any, ...]
    """Of what comes in: the type of its numbers, such as "float32", and its sizes, 0 for any."""

_FORM, _OPERATORS = 9, 17
"""Versions: of the form, and of the operators."""
OWN = "com.microsoft"
"""Where the operators are from that onnxruntime adds to those of ONNX."""
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_WHOLE, _TEXT, _WHOLES = 2, 3, 7
"""Kinds of option: a whole number, a text, some whole numbers."""


def node(kind: str, takes: Sequence[str], gives: Sequence[str], *, domain: str = "", **options: Any) -> bytes:
    """Write a calculation.

    Args:
        kind: its name, such as "Conv".
        takes: names of what comes in; "" where it may be left out.
        gives: names of what goes out.
        domain: where it is from, when it is not ONNX itself.
        options: whole numbers, texts, or lists of whole numbers.
    """
    parts = [_bytes(1, name.encode()) for name in takes]
    parts += [_bytes(2, name.encode()) for name in gives]
    parts.append(_bytes(4, kind.encode()))
    parts += [_bytes(5, _option(name, value)) for name, value in options.items()]
    return b"".join([*parts, _bytes(7, domain.encode())])


def graph(nodes: Sequence[bytes], weights: Mapping[str, Numbers], takes: Mapping[str, Told], gives: str) -> bytes:
    """Write a graph.

    Args:
        nodes: each after those whose outcome it takes.
        weights: numbers that stay the same, by their name.
        takes: name of what comes in → what is told of it.
        gives: name of what goes out.
    """
    parts = [_bytes(1, each) for each in nodes]
    parts.append(_bytes(2, b"network"))
    parts += [_bytes(5, _tensor(name, numbers)) for name, numbers in weights.items()]
    parts += [_bytes(11, _bytes(1, name.encode()) + _bytes(2, _told(told))) for name, told in takes.items()]
    parts.append(_bytes(12, _bytes(1, gives.encode())))
    operators = [_bytes(1, b"") + _number(2, _OPERATORS), _bytes(1, OWN.encode()) + _number(2, 1)]
    return _number(1, _FORM) + _bytes(7, b"".join(parts)) + b"".join(_bytes(8, each) for each in operators)


def _option(name: str, value: Any) -> bytes:
    written = _bytes(1, name.encode())
    if isinstance(value, str):
        return written + _bytes(4, value.encode()) + _number(20, _TEXT)
    if isinstance(value, int):
        return written + _number(3, value) + _number(20, _WHOLE)
    return written + b"".join(_number(8, each) for each in value) + _number(20, _WHOLES)


def _tensor(name: str, numbers: Numbers) -> bytes:
    sizes = b"".join(_number(1, size) for size in numbers.shape)
    little = numbers.astype(numbers.dtype.newbyteorder("<"), order="C")
    kind = _number(2, _TYPES[numbers.dtype.name])
    return sizes + kind + _bytes(8, name.encode()) + _bytes(9, little.tobytes())


def _told(told: Told) -> bytes:
    kind, *sizes = told
    known = b"".join(_bytes(1, _number(1, size) if size else b"") for size in sizes)
    return _bytes(1, _number(1, _TYPES[kind]) + _bytes(2, known))


def _number(field: int, number: int) -> bytes:
    return _counted(field << 3) + _counted(number)


def _bytes(field: int, content: bytes) -> bytes:
    return _counted(field << 3 | 2) + _counted(len(content)) + content


def _counted(number: int) -> bytes:
    """Write a number of any size, seven bits a byte, the least first."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
