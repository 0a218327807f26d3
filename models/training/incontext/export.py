"""Write the trained reader as two ONNX files and a card.

Usage: python export.py CHECKPOINT FOLDER
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

import experiments
import train
from model import Reader, load


class Encode(nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, value, state, known, acts, perturbed, added, regressed, alike, graph):
        return self.model.encode(value, state, known, acts, perturbed, added, regressed, graph, alike)


class Answer(nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, value, state, known, acts, perturbed, added, regressed, alike, graph, memory):
        return self.model.answer(memory, value, state, known, acts, perturbed, added, regressed, graph, alike)


ROWS = ["value", "state", "known", "acts", "perturbed", "added", "regressed"]


def axes(rows: str) -> dict:
    dynamic = {name: {1: rows, 2: "variables"} for name in ROWS} | {"perturbed": {1: rows}}
    return dynamic | {"alike": {1: rows, 2: "context"}, "graph": {1: "variables", 2: "variables"}}


def arguments(t: experiments.Tables, part: slice) -> tuple:
    return tuple(a[:1, part] for a in (t.value, t.state, t.known, t.do, t.perturbed, t.added, t.regressed, t.alike)) + (t.graph[:1],)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=False)
    model = load(options.checkpoint)
    t = train.batch(np.random.default_rng(3), train.PLAIN, size=12)
    context, query = slice(t.context), slice(t.context, None)
    options.folder.mkdir(parents=True, exist_ok=True)
    names = [*ROWS, "alike", "graph"]
    memory = Encode(model)(*arguments(t, context))
    export(Encode(model), arguments(t, context), options.folder / "encode.onnx", names, ["memory"],
           axes("context") | {"memory": {2: "context", 3: "variables"}})
    answer = axes("queries") | {"memory": {2: "context", 3: "variables"}}
    answer |= {name: {1: "queries", 2: "variables"} for name in ("mean", "log_spread")}
    export(Answer(model), (*arguments(t, query), memory), options.folder / "answer.onnx", [*names, "memory"],
           ["mean", "log_spread"], answer)
    card = {
        "id": "experiment-reader", "kind": "in-context regulator",
        "files": {name: hashlib.sha256((options.folder / name).read_bytes()).hexdigest() for name in ("encode.onnx", "answer.onnx")},
        "parameters": sum(p.numel() for p in model.parameters()),
        "shape": state["shape"], "seed": state["seed"], "steps": state["step"],
        "spread": dict(zip(("factor", "power"), (round(number, 3) for number in state.get("spread", (1.0, 1.0))))),
        "training": {
            "data": "simulated worlds only (worlds.py, experiments.py); no measured sample",
            "logics": train.WIDE.logics, "graphs": train.WIDE.graphs, "processor_seconds": round(state["spent"]),
            "stages": [{"worlds": train.NAMES[train.DIETS.index(s.diet)], "minutes": s.minutes, "layers": s.layers,
                        "starts_from": "kin process" if s.kin else "process"} for s in train.STAGES],
            "held_out": {"logic": train.HELD_OUT_LOGIC, "graph": train.HELD_OUT_GRAPH},
        },
        "sizes": {"variables": "5 to 150 in training", "context": "4 to 72 in training"},
        "seen": {"samples": 0, "genotypes": []},
        "licence": "MIT",
    }
    (options.folder / "reader.card.json").write_text(json.dumps(card, indent=1) + "\n")


def export(module, example, path: Path, inputs: list[str], outputs: list[str], dynamic: dict) -> None:
    torch.onnx.export(module, example, str(path), input_names=inputs, output_names=outputs, dynamic_axes=dynamic,
                      opset_version=17, dynamo=False)


if __name__ == "__main__":
    main()
