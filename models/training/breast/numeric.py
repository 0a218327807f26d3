"""The mechanism on arrays: many parameter sets and treatments at once."""

from functools import cache

import numpy as np

from .mechanism import DRUGS, LIGANDS, SIGNALS, SPECIES

IDS = [species.id for species in SPECIES]


@cache
def _program():
    """Compiled formulas; they come from mechanism.py alone."""
    signals = [(signal.id, compile(signal.formula, signal.id, "eval")) for signal in SIGNALS]
    rates = [(s.id, compile(s.on, s.id, "eval"), compile(s.off, s.id, "eval")) for s in SPECIES]
    return signals, rates


def _rates(values: dict, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    signals, rates = _program()
    scope = values | dict(zip(IDS, x))
    for name, code in signals:
        scope[name] = eval(code, {}, scope)
    on, off = np.empty_like(x), np.empty_like(x)
    for i, (_, make, lose) in enumerate(rates):
        on[i] = eval(make, {}, scope)
        off[i] = eval(lose, {}, scope)
    return on, off


def signals_at(values: dict, x: np.ndarray) -> dict:
    """All species and signals at states x, shape [species, ...]."""
    scope = values | dict(zip(IDS, x))
    for name, code in _program()[0]:
        scope[name] = eval(code, {}, scope)
    return scope


def _relax(x: np.ndarray, on: np.ndarray, off: np.ndarray, dt: float) -> np.ndarray:
    """Exact for constant rates: x goes to on / (on + off)."""
    rate = on + off
    share = np.exp(-rate * dt)
    return x * share + on / np.maximum(rate, 1e-300) * (1 - share)


def step(values: dict, x: np.ndarray, dt: float) -> np.ndarray:
    """Second order, positive and stable at any dt."""
    on, off = _rates(values, x)
    guess = _relax(x, on, off, dt)
    on1, off1 = _rates(values, guess)
    return _relax(x, (on + on1) / 2, (off + off1) / 2, dt)


def nothing_added(values: dict) -> dict:
    """The same parameters without ligand or drug."""
    return values | {name: 0.0 for name in [*LIGANDS, *(pool for pool, *_ in DRUGS.values())]}


def settle(values: dict, x: np.ndarray | None = None, minutes: float = 3000.0) -> np.ndarray:
    """The state that treatments held constant lead to, shape [species, batch]."""
    batch = max((np.size(v) for v in values.values()), default=1)
    x = np.full((len(IDS), batch), 0.2) if x is None else x
    t, dt = 0.0, 0.5
    while t < minutes:
        x = step(values, x, dt)
        t += dt
        dt = min(dt * 1.1, 15.0)
    return x


def course(values: dict, x: np.ndarray, times: list[float]) -> np.ndarray:
    """States at `times` (minutes, ascending, from 0), shape [times, species, batch]."""
    out, t = [], 0.0
    for target in times:
        while t < target - 1e-9:
            dt = min(0.5 if t < 5 else 1.0 if t < 30 else 2.5 if t < 60 else 5.0, target - t)
            x = step(values, x, dt)
            t += dt
        out.append(x)
    return np.stack(out)
