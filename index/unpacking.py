"""The packed model as an ordinary sentence-transformers folder: tokenizer, weights, configuration."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.packed_model import PackedModel, Pieces, Sizes
from index.progress import Progress, Report

PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
MAX_TOKENS = 512


def unpack(packed: PackedModel, folder: Path, report: Report) -> None:
    """Write all files of the model into `folder`, which exists."""
    _write_tokenizer(packed.pieces, folder)
    _write_weights(packed, folder, report)
    for name, content in _configuration(packed.sizes).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1))


def _write_tokenizer(pieces: Pieces, folder: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces.scored, unk_id=pieces.unk))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.Replace(Regex(r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = {"bos_token": pieces.bos, "eos_token": pieces.eos, "pad_token": pieces.pad, "unk_token": pieces.unk}
    names = {role: pieces.scored[index][0] for role, index in special.items()}
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in names.values()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names['bos_token']} $A {names['eos_token']}",
        pair=f"{names['bos_token']} $A {names['eos_token']} {names['eos_token']} $B {names['eos_token']}",
        special_tokens=[(names["bos_token"], pieces.bos), (names["eos_token"], pieces.eos)],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    roles = names | {"cls_token": names["bos_token"], "sep_token": names["eos_token"]}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS} | roles
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))


def _write_weights(packed: PackedModel, folder: Path, report: Report) -> None:
    from safetensors.numpy import save_file

    shapes = dict(_shapes(packed.sizes))
    weights = {}
    for done, tensor in enumerate(packed.tensors, start=1):
        name = _torch_name(tensor.name)
        weights[name] = np.ascontiguousarray(packed.values(tensor).reshape(shapes[name]))
        report(Progress(step="model", done=done, total=len(packed.tensors)))
    hidden = packed.sizes.hidden
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)  # mean pooling never reads it
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _torch_name(name: str) -> str:
    """`l3.ao.w` → `encoder.layer.3.attention.output.dense.weight`."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _shapes(sizes: Sizes) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Shapes by torch name: matrices are (out, in), as BertModel has them."""
    hidden, wide = sizes.hidden, sizes.intermediate
    rows = {"emb.word": sizes.vocabulary, "emb.pos": sizes.positions, "emb.type": sizes.token_types}
    for name, torch_name in _EMBEDDINGS.items():
        yield torch_name, (rows[name], hidden) if name in rows else (hidden,)
    matrices = {"fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(sizes.layers):
        for part in _LAYER_PARTS:
            matrix = matrices.get(part, (hidden, hidden))
            norm = part in ("aln", "oln")
            yield _torch_name(f"l{layer}.{part}.w"), (hidden,) if norm else matrix
            yield _torch_name(f"l{layer}.{part}.b"), matrix[:1]


def _configuration(sizes: Sizes) -> dict[str, object]:
    """The small files of a sentence-transformers folder: Transformer, mean Pooling, Normalize."""
    modules = {"": "models.Transformer", "1_Pooling": "models.Pooling", "2_Normalize": "models.Normalize"}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.intermediate,
            "vocab_size": sizes.vocabulary,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.token_types,
            "layer_norm_eps": sizes.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.{kind}"}
            for index, (path, kind) in enumerate(modules.items())
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
