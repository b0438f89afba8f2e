"""The smallest model that sherpa-onnx takes for SenseVoice: it tells a low hum from a high one."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.engines.speech_model import SpeechModel

TOKENS = ("<blank>", "<|{0}|>", "<|NEUTRAL|>", "<|Speech|>", "<|withitn|>", "低", "高")
LOW, HIGH = TOKENS[-2:]
_BINS, _FRAMES = 80, 7  # of a mel spectrum, and how many of these are stacked
_WIDTH = _BINS * _FRAMES

# What scripts/sense-voice/export-onnx.py of sherpa-onnx writes into the real one.
_ABOUT = {
    "model_type": "sense_voice_ctc",
    "version": "2",
    "comment": "tiny",
    "vocab_size": len(TOKENS),
    "lfr_window_size": _FRAMES,
    "lfr_window_shift": 6,
    "normalize_samples": 0,
    "neg_mean": ",".join(["0"] * _WIDTH),
    "inv_stddev": ",".join(["1"] * _WIDTH),
    "with_itn": 14,
    "without_itn": 15,
    "lang_auto": 0,
    "lang_zh": 3,
    "lang_en": 4,
    "lang_yue": 7,
    "lang_ja": 11,
    "lang_ko": 12,
}


def write_tiny_model(models: Path, language: str = "yue") -> SpeechModel:
    """Put it where `goldpan models get` would, and say which files it is made of. It takes all it
    hears for `language`."""
    name = "tiny"
    folder = models / name
    folder.mkdir(parents=True)
    named = (token.format(language) for token in TOKENS)
    lines = "".join(f"{token} {number}\n" for number, token in enumerate(named))
    (folder / "tokens.txt").write_text(lines, encoding="utf-8")
    onnx.save(_model(), str(folder / "model.int8.onnx"))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return SpeechModel(name=name, url="", size=0, sha256="", files=files)


def _model() -> onnx.ModelProto:
    nodes = [
        helper.make_node("MatMul", ["x", "weights"], ["leaning"]),
        helper.make_node("Add", ["leaning", "bias"], ["spoken"]),
        helper.make_node("Concat", ["marks", "spoken"], ["logits"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [_input("x", TensorProto.FLOAT, ["N", "T", _WIDTH])]
        + [_input(n, TensorProto.INT32, ["N"]) for n in ("x_length", "language", "text_norm")],
        [_input("logits", TensorProto.FLOAT, ["N", "L", len(TOKENS)])],
        [numpy_helper.from_array(array, name) for name, array in _numbers().items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in _ABOUT.items()})
    onnx.checker.check_model(model)
    return model


def _numbers() -> dict[str, NDArray[np.float32]]:
    """Low bins speak for one token, high bins for the other; alike, neither beats the blank."""
    weights = np.zeros((_WIDTH, len(TOKENS)), np.float32)
    is_low = np.arange(_WIDTH) % _BINS < _BINS // 2
    weights[:, TOKENS.index(LOW)] = np.where(is_low, 1, -1) / _WIDTH
    weights[:, TOKENS.index(HIGH)] = np.where(is_low, -1, 1) / _WIDTH
    bias = np.full(len(TOKENS), -100, np.float32)
    bias[[TOKENS.index("<blank>"), TOKENS.index(LOW), TOKENS.index(HIGH)]] = [1, 0, 0]
    marks = np.zeros((1, 4, len(TOKENS)), np.float32)
    marks[0, range(4), range(1, 5)] = 1  # language, mood, event and form come first
    return {"weights": weights, "bias": bias, "marks": marks}


def _input(name: str, kind: int, shape: list[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)
