"""Write regulator.onnx, regulator.card.json and ridge.json into models/ecoli."""

import json

import numpy as np
import onnx
import onnxruntime
import torch

import cards
from genes import Genes
from model import Exported, Ridge
from paths import MODELS
from samples import Samples

INPUTS = ["reference_activity", "environment", "effector", "effector_known", "perturbation"]
OUTPUTS = ["activity_change", "log2_expression"]
FORMULA = [
    "level = clip(effector, -6, 6) * effector_known",
    "dose = clip(perturbation . own, -1, 4)",
    "any = min(1, sum |perturbation|)",
    "activity_change = environment . W_environment + level . W_effector + perturbation . W_perturbation"
    " + dose * (own_offset + own_slope * reference_activity) + any * any_slope * reference_activity",
    "log2_expression = activity_change . gene_weights",
]


def _example(inputs: list[dict], batch: int) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(0)
    values = [torch.randn(batch, len(c["columns"]), generator=generator) for c in inputs]
    values[3] = (values[3] > 0).float()
    return tuple(values)


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model without the exporter's notes on where in the source each node came from."""
    for part in [model.graph, *model.functions]:
        del part.metadata_props[:]
        for item in [*part.node, *getattr(part, "input", []), *part.value_info, *getattr(part, "output", [])]:
            if not isinstance(item, str):
                item.doc_string = ""
                del item.metadata_props[:]
    for item in model.graph.initializer:
        del item.metadata_props[:]
    return model


def onnx_file(exported: Exported, inputs: list[dict], path) -> float:
    """Export with a free batch size; returns the largest difference between PyTorch and onnxruntime.

    `inputs` as a card has them.
    """
    batch = torch.export.Dim("batch", min=1, max=4096)
    torch.onnx.export(
        exported, _example(inputs, 2), str(path), input_names=INPUTS, output_names=OUTPUTS,
        dynamic_shapes=[{0: batch}] * 5, opset_version=18, dynamo=True, external_data=False, verbose=False,
    )
    onnx.save(without_traces(onnx.load(str(path))), str(path))
    session = onnxruntime.InferenceSession(str(path))
    example = _example(inputs, 5)
    found = session.run(None, {n: x.numpy() for n, x in zip(INPUTS, example)})
    with torch.no_grad():
        wanted = exported(*example)
    return max(float(np.abs(f - w.numpy()).max()) for f, w in zip(found, wanted))


def card(samples: Samples, genes: Genes, body: dict) -> dict:
    head = {"inputs": cards.inputs(samples, genes), "outputs": cards.outputs(samples, genes),
            "reference": cards.reference(samples)}
    tail = {"data_sha256": cards.data_hashes(), "licences": cards.LICENCES}
    return body | head | tail


def write_json(path, value: dict) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _sparse(matrix: np.ndarray) -> list:
    """Rows with a non-zero value as [row, values]."""
    return [[int(i), [float(f"{v:.4g}") for v in row]] for i, row in enumerate(matrix) if np.abs(row).max() > 0]


def ridge_file(ridge: Ridge, gene_weights: np.ndarray, samples: Samples, genes: Genes, body: dict, path) -> None:
    """The ridge regulator: matrices as rows [input column, values over iModulons], zero rows left out."""
    write_compact(path, card(samples, genes, body) | ridge_body(ridge, gene_weights))


def write_compact(path, value: dict) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def ridge_body(ridge: Ridge, gene_weights: np.ndarray) -> dict:
    """What a ridge's file has beside its card."""
    weights = {n: getattr(ridge, n).numpy() for n in Ridge.WEIGHTS}
    own = [[int(i), int(j)] for i, j in np.argwhere(weights["own"])]
    return {
        "formula": FORMULA,
        "weights": {
            "W_environment": _sparse(weights["environment"]), "W_effector": _sparse(weights["effector"]),
            "W_perturbation": _sparse(weights["perturbation"]), "own": own,
            "own_offset": float(weights["own_offset"][0]), "own_slope": float(weights["own_slope"][0]),
            "any_slope": float(weights["any_slope"][0]), "gene_weights": _sparse(gene_weights),
        },
        "layout": "W_* and gene_weights: [input column, values over outputs] for rows that aren't zero;"
                  " own: [gene column, iModulon column] pairs that are 1",
    }
