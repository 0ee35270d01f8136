"""Logistic regression for few features."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_CLOSE = 1e-6


def logistic(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], penalty: float = 1.0, rounds: int = 50
) -> npt.NDArray[np.float64]:
    """Weights, and the bias last, by Newton's method.

    Args:
        x: features [N, F].
        y: 1 or 0 [N].
        penalty: of the squares of the weights; keeps them finite where all is right. That of the bias is a tenth of one.
    """
    x = np.concatenate((x, np.ones((len(x), 1))), axis=1)
    weights = np.zeros(x.shape[1])
    ridge = np.diag([penalty] * (x.shape[1] - 1) + [0.1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (chance - y) + ridge @ weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


def fit(features: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> dict[str, list[float]]:
    """Weights and bias with which features give the chance that something is right, rounded as they ship."""
    fitted = logistic(features, right.astype(np.float64))
    return {"weights": [round(float(value), 4) for value in fitted[:-1]], "bias": [round(float(fitted[-1]), 4)]}
