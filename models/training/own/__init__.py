"""Train regulators on anybody's tables of samples and perturbations (see train_own.py)."""
