"""A network is written as a graph, which onnxruntime runs: it gives what the formulas of its layers give."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from pipeline.recognition import layers
from pipeline.recognition.graph import graph, node
from pipeline.recognition.layers import ENDS, remembering, steady, stepping
from pipeline.recognition.network import Network
from pipeline.recognition.running import running
from pipeline.recognition.traineddata import Memory, Model

NEAR = 0.05
"""How near numbers of eight bits come, of -1 to 1."""


def drawn(*sizes: int) -> np.ndarray:
    return np.random.default_rng(sum(sizes)).normal(0, 0.5, sizes).astype(np.float32)


def memory(inputs: int, states: int) -> Memory:
    return Memory(*drawn(4, states, inputs + states + 1))


def logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def by_formula(layer: Memory, seen: np.ndarray) -> np.ndarray:
    """Give what a layer gives of each step of a line, as books have it."""
    given, cell = np.zeros(layer.states), np.zeros(layer.states)
    found = []
    for step in seen:
        all_in = np.concatenate([step, given, [1.0]])
        kept = logistic(layer.gate_forget @ all_in) * cell
        cell = kept + logistic(layer.gate_in @ all_in) * np.tanh(layer.cell @ all_in)
        given = logistic(layer.gate_out @ all_in) * np.tanh(cell)
        found.append(given)
    return np.array(found)


def with_ends(seen: np.ndarray) -> np.ndarray:
    return np.concatenate([seen, np.broadcast_to(np.array(ENDS, np.float32), (*seen.shape[:-1], 2))], axis=-1)


def run_along(layer: Memory, lines: list[np.ndarray], *, backwards: bool) -> list[np.ndarray]:
    lengths = [len(line) for line in lines]
    seen = np.zeros((max(lengths), len(lines), layer.inputs), np.float32)
    for number, line in enumerate(lines):
        seen[: len(line), number] = line
    made, weights = remembering("a", layer, "seen", "given", cells="cells", lengths="lengths", backwards=backwards)
    takes = {
        "seen": ("float32", 0, 0, layer.inputs + 2),
        "lengths": ("int32", 0),
        "cells": ("float32", 1, 0, layer.states + 2),
    }
    asked = {"seen": with_ends(seen), "lengths": np.array(lengths, np.int32), "cells": steady(layer, len(lines))}
    given = running(graph([made], weights, takes, "given"))(asked)
    assert given[: min(lengths), 0, :, layer.states :] == pytest.approx(
        np.broadcast_to(ENDS, (min(lengths), len(lines), 2)), abs=1e-6
    )
    return [given[: len(line), 0, number, : layer.states] for number, line in enumerate(lines)]


@pytest.fixture(params=["as here", "without a sign"])
def weights(request, monkeypatch) -> None:
    """Multiply weights as is best on this processor, and as on one that has no instructions for it."""
    if request.param == "without a sign":
        monkeypatch.setattr(layers, "is_exact", lambda: False)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.usefixtures("weights")
def test_a_layer_gives_what_its_formula_gives(backwards):
    layer = memory(20, 24)
    lines = [np.tanh(drawn(count, 20)) for count in (40, 33, 7)]
    for line, given in zip(lines, run_along(layer, lines, backwards=backwards), strict=True):
        turn = -1 if backwards else 1
        assert given == pytest.approx(by_formula(layer, line[::turn])[::turn], abs=NEAR)


@pytest.mark.parametrize("steps", [1, 2, 12])
@pytest.mark.usefixtures("weights")
def test_a_layer_of_a_few_steps_gives_what_its_formula_gives(steps):
    layer = memory(16, 24)
    seen = np.tanh(drawn(steps, 30, 16))
    made, weights = stepping("a", layer, "seen", "given", steps=steps)
    (given,) = running(graph(made, weights, {"seen": ("float32", steps, 0, 16)}, "given"))({"seen": seen})
    for number, row in enumerate(given):
        assert row == pytest.approx(by_formula(layer, seen[:, number])[-1], abs=NEAR)


@pytest.mark.parametrize("step", ["alone", "among others"])
@pytest.mark.usefixtures("weights")
def test_the_largest_weights_lose_nothing_in_a_few_steps(step):
    rows = np.full((4, 16, 64 + 16 + 1), 0.01, np.float32)
    rows[:, :, -1] = -0.01
    layer, steps = Memory(*rows), 1 if step == "alone" else 5
    made, weights = stepping("a", layer, "seen", "given", steps=steps)
    seen = np.ones((steps, 3, 64), np.float32)
    (given,) = running(graph(made, weights, {"seen": ("float32", steps, 0, 64)}, "given"))({"seen": seen})
    assert given == pytest.approx(np.tile(by_formula(layer, seen[:, 0])[-1], (3, 1)), abs=NEAR)


@pytest.mark.usefixtures("weights")
def test_the_largest_weights_lose_nothing():
    """Two products of 127 and 255 do not fit in sixteen bits, and weights that are all as large are all 127."""
    rows = np.full((4, 16, 64 + 16 + 1), 0.01, np.float32)
    rows[:, :, -1] = -0.01
    layer = Memory(*rows)
    line = np.ones((5, 64), np.float32)
    (given,) = run_along(layer, [line], backwards=False)
    assert given == pytest.approx(by_formula(layer, line), abs=NEAR)


def model() -> Model:
    """Make a network of the known shape, which knows three codes."""
    along = ((memory(8, 12), False), (memory(12, 12), True))
    return Model(12, drawn(6, 10), memory(6, 8), along, drawn(3, 13), 2, {}, 7)


def by_layers(known: Model, picture: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Give the chances of a line, dot by dot and square by square."""
    height, count = len(picture), picture.shape[1] // 3
    dots = picture[:, : 3 * count + 1]
    around = np.empty((height + 2, 3 * count + 2), np.float32)
    around[0], around[-1] = noise[: 3 * count + 2], noise[::-1][: 3 * count + 2]
    around[1:-1, 0] = around[1:-1, -1] = noise[:height]
    around[1:-1, 1 : 1 + dots.shape[1]] = dots
    looks = np.empty((height, 3 * count, len(known.strokes)))
    for down in range(height):
        for across in range(3 * count):
            seen = around[down : down + 3, across : across + 3].T.ravel()  # strokes are written column by column
            looks[down, across] = np.tanh(known.strokes[:, :-1] @ seen + known.strokes[:, -1])
    squares = looks.reshape(height // 3, 3, count, 3, -1).max(axis=(1, 3))
    columns = np.array([by_formula(known.down, squares[:, column])[-1] for column in range(count)])
    for layer, backwards in known.along:
        turn = -1 if backwards else 1
        columns = by_formula(layer, columns[::turn])[::turn]
    evidence = columns @ known.output[:, :-1].T + known.output[:, -1]
    chances = np.exp(evidence)
    return chances / chances.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("width", [3, 60, 61, 62])
def test_a_network_gives_what_its_layers_give(width):
    known = model()
    network = Network(known)
    pictures = [np.tanh(drawn(12, wide)) for wide in (width, 90)]
    for picture, chances in zip(pictures, network.read(pictures), strict=True):
        assert chances == pytest.approx(by_layers(known, picture, network._noise), abs=2 * NEAR)


def test_lines_come_back_in_the_order_in_which_they_went_in():
    network = Network(model())
    pictures = [np.tanh(drawn(12, wide)) for wide in (9, 600, 30, 300, 9, 31, *range(400, 430, 3))]
    for picture, chances in zip(pictures, network.read(pictures), strict=True):
        assert chances.shape == (picture.shape[1] // 3, 3)
        assert (chances == network.read([picture])[0]).all()


def test_a_graph_holds_sizes_of_more_than_a_byte():
    numbers = drawn(200, 300)
    add = node("Add", ["seen", "more"], ["sum"])
    run = running(graph([add], {"more": numbers}, {"seen": ("float32", 0, 300)}, "sum"))
    given = run({"seen": np.ones((200, 300), np.float32)})
    assert (given == 1 + numbers).all()


def test_too_little_memory_is_told_as_that_and_nothing_is_printed():
    code = """if True:
        import resource
        import numpy as np
        from pipeline.recognition.network import Network
        from tests.test_networks import model
        network = Network(model())
        lines = [np.zeros((12, 30_000), np.float32)] * 8
        sizes = open("/proc/self/statm").read().split()
        resource.setrlimit(resource.RLIMIT_AS, (int(sizes[0]) * resource.getpagesize() + 2**24, -1))
        try:
            network.read(lines)
        except MemoryError as error:
            print("too little")
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("too little\n", "")


def test_the_library_leaves_nothing_of_its_own_behind(tmp_path):
    """Versions that tell their makers of their use keep the number of the machine and what is to be sent at home."""
    code = "from pipeline.recognition.running import is_exact; is_exact()"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **home}, check=True)
    assert list(tmp_path.iterdir()) == []
