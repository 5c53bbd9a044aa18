"""BERT's encoder as an OpenVINO program with int8 matrices; the one file that knows openvino.

Weights are rounded per row, activations per matrix. So that a few large channels don't spoil the rest, much of each
channel's size is moved from the activations into the weights first (SmoothQuant, arXiv 2211.10438). How large the
channels get is measured once, over texts, and handed in as `ranges`; a matrix that has none stays in floating point.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # would tell Google Analytics of each import

import openvino as ov  # noqa: E402
from openvino import opset13 as op  # noqa: E402

from index.encoder import Array, Encoder, Ranges, Weights  # noqa: E402
from index.processor import usable_cores  # noqa: E402
from index.tokens import DEPTH  # noqa: E402

_SMOOTHING = 0.8
_LOWEST_GELU = -0.17


def compile_encoder(weights: Weights, sizes: Mapping[str, Any], ranges: Ranges | None) -> Encoder:
    """In int8 with `ranges`, without them in floating point."""
    has_bfloat16 = "BF16" in ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    encode = _compiled(_Bert(weights, sizes, ranges).model(), "bf16" if has_bfloat16 else "f32")

    def run(words: Array, mask: Array) -> tuple[Array, Array]:
        states = encode((words, mask))
        return np.asarray(states[0]), np.asarray(states[1])

    return run


def measure_ranges(weights: Weights, sizes: Mapping[str, Any], inputs: Iterable[tuple[Array, Array]]) -> Ranges:
    """Over what an Encoder is called with, in float32."""
    bert = _Bert(weights, sizes, None)
    encode = _compiled(bert.model(watched=True), "f32")
    found: dict[str, Array] = {}
    for words, mask in inputs:
        watched = [np.asarray(values) for values in encode((words, mask)).values()][2:]
        for name, values in zip(bert.inputs, watched, strict=True):
            largest = np.abs(values[mask > 0]).max(0)
            found[name] = np.maximum(found.get(name, largest), largest)
    return found


def _compiled(model: ov.Model, precision: str) -> ov.CompiledModel:
    settings = {
        "INFERENCE_PRECISION_HINT": precision,
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": usable_cores(),
        "ENABLE_CPU_PINNING": False,  # another process may keep a core busy
    }
    return ov.Core().compile_model(model, "CPU", settings)


class _Bert:
    """Builds the graph, layer by layer; `sizes` is the model's config.json."""

    def __init__(self, weights: Weights, sizes: Mapping[str, Any], ranges: Ranges | None) -> None:
        self._weights = weights
        self._sizes = sizes
        self._ranges = ranges
        self.inputs: dict[str, ov.Node] = {}
        """What goes into each matrix."""

    def model(self, *, watched: bool = False) -> ov.Model:
        """`watched`: with every matrix's input as an output too."""
        words = op.parameter([-1, -1, self._sizes["hidden_size"]], np.float32)
        mask = op.parameter([-1, -1], np.float32)
        shape = op.shape_of(words)
        tokens = op.slice(shape, *(op.constant([at]) for at in (1, 2, 1)))
        places = self._weights("embeddings.position_embeddings.weight")
        places = places + self._weights("embeddings.token_type_embeddings.weight")[0]
        place = op.slice(op.constant(places), op.constant([0]), tokens, op.constant([1]), op.constant([0]))
        states = self._normed(op.add(words, place), "embeddings.LayerNorm")
        hidden = op.multiply(op.subtract(mask, op.constant(np.float32(1))), op.constant(np.float32(1e4)))
        hidden = op.unsqueeze(hidden, op.constant([1, 2]))
        between = states
        for layer in range(layers := self._sizes["num_hidden_layers"]):
            states = self._layer(states, hidden, f"encoder.layer.{layer}")
            between = states if layer + 1 == round(DEPTH * layers) else between
        return ov.Model([between, states, *(self.inputs.values() if watched else ())], [words, mask], "bert")

    def _layer(self, states: ov.Node, hidden: ov.Node, name: str) -> ov.Node:
        parts = (
            self._heads(self._linear(states, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        seen = op.transpose(op.scaled_dot_product_attention(*parts, hidden), op.constant([0, 2, 1, 3]))
        seen = op.reshape(seen, op.constant([0, 0, self._sizes["hidden_size"]]), special_zero=True)
        seen = self._linear(seen, f"{name}.attention.output.dense")
        states = self._normed(op.add(seen, states), f"{name}.attention.output.LayerNorm")
        wide = op.gelu(self._linear(states, f"{name}.intermediate.dense"), "erf")
        wide = self._linear(wide, f"{name}.output.dense", lowest=_LOWEST_GELU)
        return self._normed(op.add(wide, states), f"{name}.output.LayerNorm")

    def _heads(self, states: ov.Node) -> ov.Node:
        heads, hidden = self._sizes["num_attention_heads"], self._sizes["hidden_size"]
        apart = op.reshape(states, op.constant([0, 0, heads, hidden // heads]), special_zero=True)
        return op.transpose(apart, op.constant([0, 2, 1, 3]))

    def _normed(self, states: ov.Node, name: str) -> ov.Node:
        even = op.mvn(states, op.constant([-1]), True, self._sizes["layer_norm_eps"], "inside_sqrt")
        scaled = op.multiply(even, op.constant(self._weights(f"{name}.weight")))
        return op.add(scaled, op.constant(self._weights(f"{name}.bias")))

    def _linear(self, states: ov.Node, name: str, *, lowest: float = -np.inf) -> ov.Node:
        self.inputs[name] = states
        matrix = self._weights(f"{name}.weight")
        if self._ranges is None or name not in self._ranges:
            product = op.matmul(states, op.constant(matrix), transpose_a=False, transpose_b=True)
        else:
            product = _rounded_product(states, matrix, np.maximum(self._ranges[name], 1e-5), lowest)
        return op.add(product, op.constant(self._weights(f"{name}.bias")))


def _rounded_product(states: ov.Node, matrix: Array, largest: Array, lowest: float) -> ov.Node:
    smoothing = largest**_SMOOTHING / np.maximum(np.abs(matrix).max(0), 1e-5) ** (1 - _SMOOTHING)
    smooth = op.multiply(states, op.constant((1 / smoothing).astype(np.float32)[None, None]))
    high, low = (largest / smoothing).max(), (np.maximum(-largest, lowest) / smoothing).min()
    step = (high - low) / 255
    zero = np.rint(-low / step)
    ends = [op.constant(np.float32(end * step)) for end in (-zero, 255 - zero)]
    rounded = op.fake_quantize(smooth, *ends, *ends, levels=256)
    matrix = matrix * smoothing
    step = np.abs(matrix).max(1, keepdims=True) / 127
    whole = op.convert(op.constant(np.rint(matrix / step).astype(np.int8)), "f32")
    weights = op.multiply(whole, op.constant(step.astype(np.float32)))
    return op.matmul(rounded, weights, transpose_a=False, transpose_b=True)
