"""Logistic regressions over named features, for the programs that learn the weights of claims."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logsumexp

Feature = tuple[str, str]


class Rows:
    """Examples as rows of a sparse matrix; features are numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[Feature, int] = {}
        self.columns = array("i")
        self.values = array("f")
        self.ends = array("q", [0])

    def __len__(self) -> int:
        return len(self.ends) - 1

    def add(self, features: Iterable[Feature], measured: Mapping[Feature, float] | None = None) -> None:
        """One more example: features that count as often as they occur, and some with a value."""
        numbers = self._numbers
        for feature in features:
            self.columns.append(numbers.setdefault(feature, len(numbers)))
            self.values.append(1.0)
        for feature, value in (measured or {}).items():
            self.columns.append(numbers.setdefault(feature, len(numbers)))
            self.values.append(value)
        self.ends.append(len(self.columns))

    @property
    def names(self) -> list[Feature]:
        """The features by their numbers."""
        return list(self._numbers)

    def matrix(self) -> Any:
        """All examples."""
        shape = len(self), len(self._numbers)
        found = csr_matrix((np.array(self.values, float), np.array(self.columns), np.array(self.ends)), shape=shape)
        found.sum_duplicates()
        return found


class Fit:
    """One or several sums of weights for each example.

    Args:
        matrix: the examples.
        truths: whether each is a case of what is asked (two answers), or the number of its class (several).
        names: of the features.
        penalty: how strongly weights are drawn to zero; those of ``free`` features hardly are.
        shares: how much each example counts.
        least: a feature must occur in so many examples.
    """

    def __init__(
        self,
        matrix: Any,
        truths: Any,
        names: Sequence[Feature],
        *,
        penalty: float,
        shares: Any,
        least: int,
        classes: int = 1,
        free: frozenset[str] = frozenset({"bias", "measure"}),
    ) -> None:
        counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
        kept = np.flatnonzero((counts >= least) & np.array([name.isprintable() for _, name in names]))
        strength = penalty * np.array([_FREE if names[int(at)][0] in free else 1.0 for at in kept])
        inner = matrix[:, kept]
        width = len(kept)
        answers = np.eye(classes)[truths] if classes > 1 else np.asarray(truths, float)[:, None]

        def loss(flat: Any) -> tuple[float, Any]:
            weights = flat.reshape(width, classes)
            sums = inner @ weights
            if classes > 1:
                total = logsumexp(sums, axis=1)
                value = float(shares @ (total - np.sum(sums * answers, axis=1)))
                wrong = np.exp(sums - total[:, None]) - answers
            else:
                value = float(shares @ (np.logaddexp(0, sums) - answers * sums)[:, 0])
                wrong = expit(sums) - answers
            gradient = inner.T @ (wrong * shares[:, None]) + strength[:, None] * weights
            return value + float(strength @ np.sum(weights**2, axis=1)) / 2, gradient.ravel()

        found = minimize(loss, np.zeros(width * classes), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
        self._weights = np.zeros((len(names), classes))
        self._weights[kept] = found.reshape(width, classes)
        self._names: Final = names

    def sums(self, matrix: Any) -> Any:
        """The sums of the weights of each example; one column for each class."""
        found = matrix @ self._weights[: matrix.shape[1]]
        return found[:, 0] if found.shape[1] == 1 else found

    def weights(self) -> dict[Feature, Any]:
        """The weights of all features that have one, a row each."""
        return {self._names[int(at)]: self._weights[at] for at in np.flatnonzero(np.any(self._weights, axis=1))}


_FREE: Final = 0.02
_STEPS: Final = 120


def folds(groups: Sequence[str], count: int) -> list[Any]:
    """Which examples are held out in each fold: all of a group together, so that what is learned of a writer does not help with the same one."""
    names = sorted(set(groups))
    of_group = {name: number % count for number, name in enumerate(names)}
    numbers = np.array([of_group[group] for group in groups])
    return [numbers == fold for fold in range(count)]
