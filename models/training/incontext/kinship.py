"""The plain prediction that the reader starts from: like cultures change alike, and so do like interventions."""

import torch

from plain_rows import AMPLITUDE, CONSTANT, LENGTH, NOISE, REACH
from worlds import CLAMPED, CUT, GAIN, LOSS, OUTSIDE

# Variances beside those of the process: of kin interventions in one state, of one environment, of each variable's slope.
KIN, TOGETHER, SLOPE = 0.4, 0.1, 0.05
# What an edge further counts for where interventions are compared.
ONWARD = 0.5


def touched_by(do: torch.Tensor) -> torch.Tensor:
    """Where interventions act on the variable itself, [B, E, N]."""
    return do[..., [CLAMPED, LOSS, GAIN, CUT]].abs().amax(-1) > 0


def profiles(value: torch.Tensor, known: torch.Tensor, do: torch.Tensor, graph: torch.Tensor) -> torch.Tensor:
    """What each row's interventions act on by the graph, of length 1 times how strong they are; [B, E, N]."""
    own = do[..., GAIN] - do[..., LOSS] - do[..., CUT]
    touched = touched_by(do)
    held = (known > 0) & (do[..., CUT] == 0)
    dose = torch.where(touched, torch.where(held, value, own).clamp(-REACH, REACH), 0.0)
    direct = do[..., OUTSIDE] + torch.einsum("bij,bej->bei", graph, dose)
    further = torch.einsum("bij,bej->bei", graph, direct)
    profile = dose.clamp(-1, 1) + direct + ONWARD * further
    strength = do.abs().clamp_max(1).amax((-1, -2))
    return profile * (strength / profile.norm(dim=-1).clamp_min(1e-9))[..., None]


def kin_process(value, state, away, known, do, perturbed, graph, group, context: int) -> torch.Tensor:
    """Gaussian process on the control's state, on what interventions act on, and on the environment, with a slope on each
    variable's control. Rows of the context leave themselves out. [B, E, N]

    What interventions hold, or was not measured, counts as no change.

    away: the control's distance from the mean control in spreads of changes, [B, E, N]; group: environments, [B, E].
    """
    distance = torch.cdist(state, state[:, :context]) ** 2 / state.shape[-1]
    profile = profiles(value, known, do, graph)
    kin = (profile @ profile[:, :context].transpose(1, 2)).clamp_min(0) ** 2
    same = (group[:, :, None] == group[:, None, :context]).float()
    kernel = CONSTANT + torch.exp(-distance / (2 * LENGTH**2)) * (AMPLITUDE + KIN * kin) + TOGETHER * same
    kernel = kernel * perturbed[:, :, None] * perturbed[:, None, :context]
    inverse = torch.linalg.inv(kernel[:, :context] + NOISE * torch.eye(context))
    x = away * perturbed[..., None]
    effect = (value * known * ~touched_by(do))[:, :context]
    lean = inverse @ x[:, :context]
    gain = SLOPE / (1 + SLOPE * (x[:, :context] * lean).sum(1, keepdim=True))
    held = inverse @ effect - gain * lean * (lean * effect).sum(1, keepdim=True)
    asked = kernel @ held + SLOPE * x * (x[:, :context] * held).sum(1, keepdim=True)
    # Left out, a row is predicted from the others by its row of the inverse (Rasmussen and Williams 2006, section 5.4.2).
    alone = inverse.diagonal(dim1=1, dim2=2)[..., None] - gain * lean**2
    return torch.cat([effect - held / alone, asked[:, context:]], 1) * perturbed[..., None]
