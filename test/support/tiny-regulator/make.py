"""Writes regulator.onnx and regulator.card.json: a linear regulator of two activities and three genes.

Usage: python make.py    (needs the packages onnx and numpy; the files are committed)
activity_change = environment W_e + effector effector_known W_m + perturbation W_p * reference_activity
log2_expression = activity_change W_g
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

HERE = Path(__file__).parent
ACTIVITIES, ENVIRONMENT, EFFECTORS = ["A1", "A2"], ["carbon:glucose", "carbon:acetate", "oxygen"], ["camp", "fbp"]
GENES, EXPRESSION = ["b0001", "b0002", "b0003"], ["b0001", "b0002"]
WEIGHTS = {
    "W_e": [[1.0, 0.0], [0.0, 2.0], [-1.0, 0.5]],
    "W_m": [[0.5, 0.0], [0.0, -0.25]],
    "W_p": [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]],
    "W_g": [[0.5, 0.0], [-0.5, 1.0]],
}


def row(name: str, columns: int):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", columns])


def main() -> None:
    nodes = [
        helper.make_node("MatMul", ["environment", "W_e"], ["e"]),
        helper.make_node("Mul", ["effector", "effector_known"], ["m"]),
        helper.make_node("MatMul", ["m", "W_m"], ["mw"]),
        helper.make_node("MatMul", ["perturbation", "W_p"], ["p"]),
        helper.make_node("Mul", ["p", "reference_activity"], ["pr"]),
        helper.make_node("Sum", ["e", "mw", "pr"], ["activity_change"]),
        helper.make_node("MatMul", ["activity_change", "W_g"], ["log2_expression"]),
    ]
    inputs = [
        row("reference_activity", 2), row("environment", 3), row("effector", 2), row("effector_known", 2),
        row("perturbation", 3),
    ]
    outputs = [row("activity_change", 2), row("log2_expression", 2)]
    constants = [numpy_helper.from_array(np.array(w, np.float32), n) for n, w in WEIGHTS.items()]
    graph = helper.make_graph(nodes, "tiny-regulator", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    checker.check_model(model)
    bytes_ = model.SerializeToString()
    (HERE / "regulator.onnx").write_bytes(bytes_)

    def tensor(name: str, columns: list) -> dict:
        return {"name": name, "unit": "1", "meaning": "see make.py", "columns": columns}

    genes = [{"locus": locus, "name": f"gen{i}"} for i, locus in enumerate(GENES)]
    card = {
        "id": "tiny", "kind": "linear", "file": "regulator.onnx", "sha256": hashlib.sha256(bytes_).hexdigest(),
        "inputs": [
            tensor("reference_activity", ACTIVITIES), tensor("environment", [{"name": n} for n in ENVIRONMENT]),
            tensor("effector", [{"name": n} for n in EFFECTORS]), tensor("effector_known", EFFECTORS),
            tensor("perturbation", genes),
        ],
        "outputs": [tensor("activity_change", ACTIVITIES), tensor("log2_expression", genes[:2])],
        "reference": {"name": "glucose", "activity": [2.0, -1.0],
                      "environment": {"carbon:glucose": 1.0, "carbon:acetate": 0.0, "oxygen": 1.0}},
        "seen": {"samples": 0, "genotypes": []},
    }
    (HERE / "regulator.card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
