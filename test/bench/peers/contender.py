"""A simulator that takes part in the benchmark: answers a line of JSON with a line of JSON.

A simulator is an object with `name`, `load(text, adjustable)`, `run(task)`, `course()` and `adjust(value)`; `run`
integrates from the start. Times are of the work alone: process time of all threads, and time on the wall.
"""

import json
import math
import os
import sys
import time


def serve(simulator):
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is not an answer
    _answer(answers, {"name": simulator.name})
    for line in sys.stdin:
        question = json.loads(line)
        try:
            _answer(answers, ACTIONS[question["do"]](simulator, question))
        except Exception as error:
            _answer(answers, {"error": " ".join(str(error).split())[:400] or type(error).__name__})


def _answer(out, value):
    out.write(json.dumps(value) + "\n")
    out.flush()


def _spent(work):
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def _load(simulator, question):
    with open(question["file"], encoding="utf8") as file:
        text = file.read()
    return _spent(lambda: simulator.load(text, question["adjustable"]))


def _simulate(simulator, question):
    spent = _spent(lambda: simulator.run(question))
    course = {
        name: [value if math.isfinite(value) else None for value in values]
        for name, values in simulator.course().items()
    }
    return {**spent, "course": course}


def _repeat(simulator, question):
    def work():
        for _ in range(question["count"]):
            simulator.run(question)

    return _spent(work)


def _scan(simulator, question):
    def work():
        for value in question["values"]:
            simulator.adjust(value)
            simulator.run(question)

    return _spent(work)


ACTIONS = {"load": _load, "simulate": _simulate, "repeat": _repeat, "scan": _scan}
