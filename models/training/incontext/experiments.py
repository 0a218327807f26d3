"""Tables of experiments in simulated worlds: contexts a user might bring, and the queries asked of them."""

from dataclasses import dataclass

import numpy as np
import torch

import worlds as sim
from cultures import PANEL_GROUPS, Culture, gather, groups_of, states
from designs import Scope, design
from features import NONE, Features
from kinship import kin_process
from measurement import measurement
from plain_rows import plain_parts, process, spreads
from shown import shown_graph, shown_interventions
from worlds import CLAMPED, GAIN, LOSS


@dataclass(frozen=True)
class Tables:
    """B tables; context experiments first, then queries.

    Values are changes against the experiment's own control, in units of each variable's spread of changes; `state` is
    that control against the mean control, in units of each variable's spread over all that was measured.
    """

    value: torch.Tensor  # [B, E, N]
    state: torch.Tensor  # [B, E, N]
    known: torch.Tensor  # [B, E, N] 1 where the value is shown: measured in the context, clamped in a query
    do: torch.Tensor  # [B, E, N, CHANNELS] what is known of where interventions act
    perturbed: torch.Tensor  # [B, E] 1 where anything was done
    graph: torch.Tensor  # [B, N, N] signed, as shown
    otherwise: torch.Tensor  # [B, E, N] plain prediction: a process on the control's state, and on kin interventions
    added: torch.Tensor  # [B, E, N] plain prediction: known effects added up, else that process
    regressed: torch.Tensor  # [B, E, N] plain prediction: ridge on what is clamped
    alike: torch.Tensor  # [B, E, context] how far a context row's intervention is part of a row's own
    asked: torch.Tensor  # [B, E, N] 1 where a query's answer counts
    context: int
    kind: np.ndarray  # [E - context] of each query: a name of designs.py
    expected: torch.Tensor | None = None  # [B, E, N] what the world itself would answer, not knowing how cultures differ


def tables(rng: np.random.Generator, logic: str, family: str, batch: int, n: int, context: int, kinds: list[str],
           style: str = "screen", disturbed: bool = True, features: Features = NONE, expect: bool = False,
           environments: bool = True, kin: bool = True, sound: bool = False) -> Tables:
    """`style`: screen (one intervention after another), outside (all on regulators that are no variables), panel.

    `disturbed`: treated cultures differ from their controls, and from one another, by more than what was done to them.
    `environments`: in some tables there are several, with controls of their own.
    `sound`: every graph is shown as it is.
    `kin`: the reader's plain prediction knows kin interventions, else the control's state alone.
    `expect`: answers as the world itself would give them, had cultures not differed, come with it.
    """
    scope = scope_of(rng, n, style, features.hidden)
    total = context + len(kinds)
    w = sim.draw(rng, logic, family, batch, scope.total, scope.hidden, features.selves, features.spans)
    do = torch.as_tensor(np.stack([
        design(rng, scope, context, kinds, style, PANEL_GROUPS, features.doses) for _ in range(batch)
    ]))
    group = torch.as_tensor(groups_of(rng, batch, total, style, features.kinship))
    if not environments:
        group = torch.zeros_like(group)
    place = Culture(rng, batch, int(group.max()) + 1, scope.total, disturbed, features)
    perturbed = (do.abs().amax((-1, -2)) > 0).float()
    s = states(rng, w, do, group, place, perturbed, features, expect).measured(torch.as_tensor(scope.measured))
    measure, see = measurement(rng, batch, n, features.uneven, features.spans)

    own = do[:, :, torch.as_tensor(scope.measured)]
    held = (own[..., CLAMPED] > 0) | (own[..., LOSS] >= 1)
    given = torch.where(own[..., LOSS] >= 1, torch.zeros_like(s.clamp), s.clamp)
    missing = torch.as_tensor(rng.random((batch, total, n)) < rng.choice([0, 0, 0.1], (batch, 1, 1)))
    known = (~missing).float()
    known[:, context:] = held[:, context:].float()
    replicates = 1 / np.sqrt(rng.integers(1, 5, (batch, 1, 1))) if features.uneven else 1.0
    reference = gather(measure(s.control, replicates), group)
    change = torch.where(held, see(given), measure(s.value, 1.0)) - reference
    spread, total_spread = spreads(change, reference, known, context)
    value = change / spread
    # Queries are asked for the truth, not for another measurement of it.
    value[:, context:] = torch.where(held, see(given), see(s.value))[:, context:].sub(reference[:, context:]) / spread
    away = reference - reference[:, :context].mean(1, keepdim=True)
    asked = s.steady[..., None].float() * (1 - known) * (s.steady.float().mean(1, keepdim=True) > 0.9)[..., None]
    asked[:, :context] = 0
    edges = sim.adjacency(w.parents.numpy(), w.sign.numpy())
    control = gather(s.control, group)
    gain = (see(control + own[..., GAIN]) - see(control)) / spread if features.doses else own[..., GAIN]
    acts = shown_interventions(rng, do, gain, edges, scope, features.signs)
    true = edges[:, scope.measured][:, :, scope.measured]
    graph = true if sound else shown_graph(rng, true, features.signs)
    found = {"value": value, "state": away / total_spread, "known": known, "do": acts, "perturbed": perturbed}
    away, graph = away / spread, torch.as_tensor(graph)
    if kin:
        otherwise = kin_process(value, found["state"], away, known, acts, perturbed, graph, group, context)
    else:
        otherwise = process(value, found["state"], known, perturbed, context)
    return Tables(**found, **plain_parts(value, known, acts, away, context, otherwise), graph=graph, asked=asked,
                  context=context, kind=np.array(kinds),
                  expected=None if s.expected is None else (see(s.expected) - reference) / spread)


def scope_of(rng: np.random.Generator, n: int, style: str, hidden: bool) -> Scope:
    """Which of a world's variables the table has."""
    more = 0
    if hidden and style == "outside":
        more = int(rng.integers(0, 9 + n // 3))
    elif hidden and rng.random() < 0.5:
        more = int(rng.integers(1, 2 + n // 2))
    order = rng.permutation(n + more)
    return Scope(np.sort(order[:n]), order[n:])
