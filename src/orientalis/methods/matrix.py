"""Matrix models of a population in classes of age: growth rate, stable structure (Caswell 2001)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def age_matrix(survival: Sequence[float], young: Sequence[float]) -> Floats:
    """The matrix of a census just after births, [class, class]; the last class has no end.

    survival [class]: yearly survival, 0..1. young [class]: young of the counted sex that an animal of the class
    bears at a census. An animal bears in the class that it has reached, so the first row is survival[i] * young[i + 1].
    ValueError when the lengths differ.
    """
    if len(survival) != len(young):
        raise ValueError(f"{len(survival)} rates of survival for {len(young)} numbers of young")
    classes = len(survival)
    matrix = np.zeros((classes, classes))
    for i in range(classes):
        reached = min(i + 1, classes - 1)
        matrix[reached, i] += survival[i]
        matrix[0, i] += survival[i] * young[reached]
    return matrix


def growth_rate(matrix: npt.ArrayLike) -> float:
    """Yearly factor of growth: the largest eigenvalue of a matrix without negative entries."""
    return float(max(np.linalg.eigvals(_checked(matrix)).real))


def stable_shares(matrix: npt.ArrayLike) -> Floats:
    """Share of each class in the stable structure; sums to 1."""
    values, vectors = np.linalg.eig(_checked(matrix))
    shares = np.abs(vectors[:, int(np.argmax(values.real))].real)
    return np.asarray(shares / shares.sum(), np.float64)


def _checked(matrix: npt.ArrayLike) -> Floats:
    array = np.asarray(matrix, np.float64)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"not a square matrix: {array.shape}")
    if not np.isfinite(array).all() or (array < 0.0).any():
        raise ValueError("a matrix of a population has no negative or missing entry")
    return array
