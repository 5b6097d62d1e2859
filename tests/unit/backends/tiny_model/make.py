"""Make the `model.onnx` beside it (needs the onnx package): the share of each of three token ids."""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

LABELS = 3
vocabulary = np.zeros((8, LABELS), dtype=np.float32)
vocabulary[5:8] = np.eye(LABELS, dtype=np.float32)

graph = helper.make_graph(
    [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["rows", "column"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "middle"], ["sums"], keepdims=0),
        helper.make_node("ReduceSum", ["sums", "one"], ["total"], keepdims=1),
        helper.make_node("Div", ["sums", "total"], ["probabilities"]),
    ],
    "shares",
    [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in ("input_ids", "attention_mask")],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [1, LABELS])],
    [
        numpy_helper.from_array(vocabulary, "table"),
        numpy_helper.from_array(np.array([-1], dtype=np.int64), "last"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "middle"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "one"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
save(model, Path(__file__).with_name("model.onnx"))
