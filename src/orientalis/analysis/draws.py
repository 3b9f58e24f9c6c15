"""What the ranges of the catalogue do to an answer: the spread between parameter draws, net of simulation noise.

A draws run holds D parameter draws with several replicates each; replicate i belongs to draw i mod D. The raw spread
of the draws' results is too wide, because each draw has few replicates: that part is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from orientalis.analysis.panel import BoolArray, IntArray

SPAN = (0.05, 0.95)


@dataclass(frozen=True)
class Span:
    """The 5 to 95 % span over parameter draws; `centre` is the mean over draws.

    is_separated is False where the spread between draws cannot be told from simulation noise.
    """

    centre: float | None
    low: float | None
    high: float | None
    draws: int
    replicates: int
    is_separated: bool
    method: str


def draw_of(replicates: IntArray, draws: int) -> IntArray:
    """The parameter draw of each replicate."""
    return np.asarray(replicates % draws, np.int64)


def span_of_share(happened: BoolArray, replicates: IntArray, draws: int) -> Span:
    """Span of a probability over draws: a beta-binomial fitted by maximum likelihood (counts per draw).

    The 5 and 95 % points of the fitted beta. Where a beta does no better than one common probability the span is
    that probability alone, and where the event never (or always) happened it is 0 (or 1).
    """
    draw = draw_of(replicates, draws)
    n = np.bincount(draw, minlength=draws)
    k = np.bincount(draw, weights=happened, minlength=draws).astype(np.int64)
    k, n = k[n > 0], n[n > 0]
    total, tries, used = int(k.sum()), int(n.sum()), int(n.size)
    name = "beta-binomial, maximum likelihood"
    if tries == 0:
        return Span(None, None, None, 0, 0, False, name)
    pooled = total / tries
    if total in (0, tries) or used < 2 or int(n.max()) < 2:
        return Span(pooled, pooled, pooled, used, tries, False, name)
    a, b = fit_beta_binomial(k, n)
    gain = float(stats.betabinom.logpmf(k, n, a, b).sum() - stats.binom.logpmf(k, n, pooled).sum())
    if gain < 0.5:
        return Span(pooled, pooled, pooled, used, tries, False, name)
    low, high = (float(end) for end in stats.beta.ppf(SPAN, a, b))
    return Span(float(a / (a + b)), low, high, used, tries, True, name)


def fit_beta_binomial(k: NDArray[np.int64], n: NDArray[np.int64]) -> tuple[float, float]:
    """The two parameters of a beta-binomial by maximum likelihood, searched over mean and concentration.

    Concentration a + b within 0.01 and 100,000: at the upper end the fit is a plain binomial.
    """

    def loss(point: NDArray[np.float64]) -> float:
        share, size = 1 / (1 + exp(-float(point[0]))), exp(float(point[1]))
        return -float(stats.betabinom.logpmf(k, n, share * size, (1 - share) * size).sum())

    start = (float(k.sum()) + 0.5) / (float(n.sum()) + 1)
    centre = log(start / (1 - start))
    bounds = [(-14.0, 14.0), (log(0.01), log(1e5))]
    fits = [
        optimize.minimize(loss, np.array([centre, log(size)]), method="L-BFGS-B", bounds=bounds)
        for size in (0.5, 5.0, 100.0)
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    share, size = 1 / (1 + exp(-float(best.x[0]))), exp(float(best.x[1]))
    return share * size, (1 - share) * size


def span_of_mean(values: NDArray[np.float64] | IntArray, replicates: IntArray, draws: int) -> Span:
    """Span of a mean over draws: random effects by moments.

    The variance between draws is the variance of the draws' means less the mean of their sampling variances; the
    draws' means are drawn in towards the centre until they have that variance, and their 5 and 95 % points taken.
    """
    name = "random effects, moments"
    draw, data = draw_of(replicates, draws), np.asarray(values, np.float64)
    groups = [data[draw == d] for d in range(draws) if (draw == d).any()]
    if not groups:
        return Span(None, None, None, 0, 0, False, name)
    means = np.array([group.mean() for group in groups])
    centre, used = float(means.mean()), len(groups)
    if used < 2 or max(group.size for group in groups) < 2:
        return Span(centre, None, None, used, data.size, False, name)
    noise = float(np.mean([group.var(ddof=1) / group.size for group in groups if group.size > 1]))
    total = float(means.var(ddof=1))
    between = max(0.0, total - noise)
    shrink = (between / total) ** 0.5 if total > 0 else 0.0
    low, high = (float(end) for end in np.quantile(centre + (means - centre) * shrink, SPAN))
    return Span(centre, low, high, used, data.size, between > 0, name)
