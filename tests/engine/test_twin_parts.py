"""Random addresses, quantiles and year effects, against published answers, scipy and the plain twin."""

import math
import random

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from orientalis.engine import rng
from orientalis.engine.processes.environment import logit_normal, varied
from reference.twin import chance, good_and_bad_years

F = 0xFFFFFFFF
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((F, F, F, F), (F, F), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""Counter, key and answer of philox4x32-10, from the known-answer tests of Random123 (Salmon et al. 2011)."""


def engine_bits(key: int, uid: int, tick: int, stream: int, index: int) -> int:
    """The engine's 64 bits at an address."""
    return int(rng.bits(np.uint64(key), np.uint64(uid), np.uint64(tick), stream, index))


def engine_uniform(key: int, uid: int, tick: int, stream: int, index: int) -> float:
    """The engine's uniform at an address."""
    return float(rng.uniform(np.uint64(key), np.uint64(uid), tick, stream, index))


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], answer: tuple[int, int, int, int]
) -> None:
    assert chance.philox(counter, key) == answer
    uid = counter[1] << 32 | counter[0]
    got = engine_bits(key[1] << 32 | key[0], uid, counter[2], counter[3] >> 16, counter[3] & 0xFFFF)
    assert got == answer[0] << 32 | answer[1]


def addresses(number: int) -> list[tuple[int, int, int, int, int]]:
    """Addresses all over the space."""
    draw = random.Random(1)
    return [
        (draw.getrandbits(64), draw.getrandbits(64), draw.getrandbits(20), draw.randrange(15), draw.getrandbits(16))
        for _ in range(number)
    ]


def test_addresses_mean_the_same_to_engine_and_twin() -> None:
    for address in addresses(500):
        assert engine_bits(*address) == chance.bits(*address)
        assert engine_uniform(*address) == chance.uniform(*address)


def test_uniforms_lie_strictly_between_0_and_1() -> None:
    assert 0.0 < (0 + 0.5) / 2.0**52
    assert ((2**64 - 1 >> 12) + 0.5) / 2.0**52 < 1.0
    number = 20_000
    got = np.array([engine_uniform(7, uid, 0, 3, 0) for uid in range(number)])
    assert got.min() > 0.0
    assert got.max() < 1.0
    assert abs(got.mean() - 0.5) < 5.0 * math.sqrt(1.0 / 12.0 / number)
    assert abs((got * got).mean() - 1.0 / 3.0) < 5.0 * math.sqrt(4.0 / 45.0 / number)


def test_neighbouring_addresses_are_independent() -> None:
    number = 20_000
    base = np.array([engine_uniform(7, uid, 5, 3, 0) for uid in range(number)])
    moved = [
        [engine_uniform(7, uid, 6, 3, 0) for uid in range(number)],
        [engine_uniform(7, uid, 5, 4, 0) for uid in range(number)],
        [engine_uniform(7, uid, 5, 3, 1) for uid in range(number)],
        [engine_uniform(8, uid, 5, 3, 0) for uid in range(number)],
        [engine_uniform(7, uid + 1, 5, 3, 0) for uid in range(number)],
    ]
    for other in moved:
        assert abs(float(np.corrcoef(base, np.array(other))[0, 1])) < 5.0 / math.sqrt(number)


def test_mix_is_splitmix64() -> None:
    golden = 0x9E3779B97F4A7C15
    published = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)  # the first outputs from the seed 0
    for step, answer in enumerate(published):
        state = (step * golden) & chance.LONG
        assert chance.mix(state) == answer
        assert int(rng.mix(np.uint64(state))) == answer


def test_identities_agree_and_differ_from_one_another() -> None:
    founders = [chance.founder_uid(index) for index in range(300)]
    assert [int(rng.founder_uid(index)) for index in range(300)] == founders
    cubs = []
    for mother in founders[:40]:
        for litter in range(5):
            for place in range(4):
                cubs.append(chance.offspring_uid(mother, litter, place))
                assert int(rng.offspring_uid(np.uint64(mother), litter, place)) == cubs[-1]
    assert len({*founders, *cubs}) == len(founders) + len(cubs)
    assert int(rng.thing_uid(1, 12345)) == 1 << 56 | 12345


QUANTILES = [*np.geomspace(1e-15, 0.02, 200), *np.linspace(0.02, 0.98, 481), *(1.0 - np.geomspace(1e-12, 0.02, 200))]


def test_normal_quantile_against_scipy() -> None:
    for u in QUANTILES:
        got = rng.normal_quantile(float(u))
        want = float(norm.ppf(u))
        assert got == chance.normal_quantile(float(u))
        assert got == pytest.approx(want, rel=1.2e-9, abs=1e-12)
        assert abs(got - want) < 1e-8


YEARS = [(0.5, 0.1), (0.3, 0.1), (0.51, 0.2), (0.9, 0.1), (0.96, 0.03), (0.85, 0.06), (0.1, 0.05), (0.05, 0.04)]
"""Means and standard deviations over years such as the catalogue has."""


def logit_normal_moment(location: float, spread: float, power: int) -> float:
    """Moment of the logit-normal distribution by adaptive quadrature."""

    def density(z: float) -> float:
        p = 1.0 / (1.0 + math.exp(-(location + spread * z)))
        return float(p**power * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi))

    return float(quad(density, -9.0, 9.0, limit=400)[0])


@pytest.mark.parametrize(("mean", "sd"), YEARS)
def test_logit_normal_keeps_mean_and_deviation(mean: float, sd: float) -> None:
    location, spread = logit_normal(mean, sd)
    assert (location, spread) == good_and_bad_years.logit_normal(mean, sd)
    first, second = (logit_normal_moment(location, spread, power) for power in (1, 2))
    assert first == pytest.approx(mean, abs=1e-4)
    assert math.sqrt(second - first * first) == pytest.approx(sd, rel=2e-3)


@pytest.mark.parametrize("is_uniform", [False, True])
@pytest.mark.parametrize(("mean", "sd"), [(0.5, 0.1), (0.9, 0.05), (0.96, 0.02)])
def test_good_and_bad_years_keep_the_mean(mean: float, sd: float, is_uniform: bool) -> None:
    location, spread = logit_normal(mean, sd)
    number = max(2_000, int((5.0 * sd / 0.002) ** 2) + 1)  # five standard errors are 0.002
    total = 0.0
    for year in range(number):
        u = engine_uniform(11, 1 << 56, year, 2, 0)
        total += varied(mean, sd, rng.normal_quantile(u), u, is_uniform, location, spread)
    assert abs(total / number - mean) < 0.002


def test_a_deviation_out_of_reach_keeps_the_mean() -> None:
    location, spread = logit_normal(0.5, 0.6)
    assert spread == 5.0
    assert logit_normal_moment(location, spread, 1) == pytest.approx(0.5, abs=0.002)


def test_no_variation_where_there_is_none_to_have() -> None:
    assert varied(0.5, 0.0, 1.0, 0.9, False, 0.0, 0.0) == 0.5
    assert varied(1.0, 0.1, 1.0, 0.9, False, 0.0, 0.0) == 1.0
    assert varied(0.9, 0.1, 1.0, 1.0 - 1e-16, True, 0.0, 0.0) == 1.0
