"""BERT's encoder, whatever computes it: vectors of words in, states of tokens out."""

import importlib.util
import logging
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Callable[[str], Array]
"""A tensor by its name in BertModel."""
Ranges = Mapping[str, Array]
"""The largest absolute value of each channel that goes into a matrix, by the matrix's name; those of some matrices."""
Encoder = Callable[[Array, Array], tuple[Array, Array]]
"""Word vectors (n, tokens, hidden) and a mask of ones and zeros (n, tokens) into hidden states (n, tokens, hidden):
those at tokens.DEPTH, and the last ones."""

_log = logging.getLogger(__name__)


def load_encoder(
    weights: Weights, sizes: Mapping[str, Any], ranges: Ranges, faithful: Callable[[Encoder], bool]
) -> Encoder:
    """On OpenVINO where that is installed, in int8 as far as that is `faithful`; else on PyTorch."""
    if importlib.util.find_spec("openvino") is not None:
        try:
            from index.openvino_bert import compile_encoder

            encode = compile_encoder(weights, sizes, ranges)
            return encode if faithful(encode) else compile_encoder(weights, sizes, None)
        except Exception as error:  # whatever it is, PyTorch does as well
            _log.warning("OpenVINO could not take the reader (%s: %s), so PyTorch runs it", type(error).__name__, error)
    from index.torch_bert import compile_encoder as on_torch

    return on_torch(weights, sizes)
