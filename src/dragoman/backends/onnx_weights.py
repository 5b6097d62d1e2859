"""Weights of an ONNX graph in eight bits, with one scale for each row or column; what is computed stays in single precision.

Unlike onnxruntime's dynamic quantisation, which also rounds what flows through the graph, this costs next to no accuracy, and a
text's score depends neither on the processor's integer instructions nor on the range of the other values in the text.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

_LEAST = 10_000
"""Smaller tables stay as they are."""

Use = tuple[onnx.NodeProto, int]


def in_eight_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with its large tables of numbers as int8: looked-up rows are scaled one by one, factors column by column."""
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    for node in model.graph.node:
        for position, name in enumerate(node.input):
            uses[name].append((node, position))
    kept: list[onnx.TensorProto] = []
    added: list[onnx.TensorProto] = []
    before: list[onnx.NodeProto] = []
    for table in model.graph.initializer:
        values = numpy_helper.to_array(table)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < _LEAST:
            kept.append(table)
        elif all(node.op_type == "Gather" and position == 0 for node, position in uses[table.name]):
            added += _rounded(table.name, values, axis=0, column=True)
            _scale_rows(model.graph, table.name, uses[table.name])
        else:
            added += _rounded(table.name, values, axis=1)
            before.append(helper.make_node("DequantizeLinear", [f"{table.name}_q", f"{table.name}_s"], [table.name], axis=1))
    nodes = [*before, *model.graph.node]
    graph = helper.make_graph(nodes, model.graph.name, model.graph.input, model.graph.output, [*kept, *added])
    made = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    onnx.checker.check_model(made)
    return made


def _rounded(name: str, values: NDArray[np.float32], *, axis: int, column: bool = False) -> Sequence[onnx.TensorProto]:
    """The table as int8 and the scales along an axis."""
    scales = np.abs(values).max(axis=1 - axis, keepdims=True) / 127
    scales = np.where(scales == 0, 1, scales).astype(np.float32)
    whole = np.clip(np.round(values / scales), -127, 127).astype(np.int8)
    return (
        numpy_helper.from_array(whole, f"{name}_q"),
        numpy_helper.from_array(scales if column else scales.ravel(), f"{name}_s"),
    )


def _scale_rows(graph: onnx.GraphProto, name: str, uses: Sequence[Use]) -> None:
    """Let look-ups take int8 rows, and multiply them by the rows' scales."""
    for node, _ in uses:
        out = node.output[0]
        node.input[0], node.output[0] = f"{name}_q", f"{out}_q"
        at = list(graph.node).index(node) + 1
        scaling = (
            helper.make_node("Gather", [f"{name}_s", node.input[1]], [f"{out}_s"]),
            helper.make_node("Cast", [f"{out}_q"], [f"{out}_f"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{out}_f", f"{out}_s"], [out]),
        )
        for offset, extra in enumerate(scaling):
            graph.node.insert(at + offset, extra)
