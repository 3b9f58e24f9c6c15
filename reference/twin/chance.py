"""Random numbers by address, on Python's integers.

Philox4x32-10 as published by Salmon, Moraes, Dror and Shaw (2011, SC '11): ten rounds of two 32-bit multiplications,
the key bumped between them by the golden ratio and the square root of three less one.
"""

import math

WORD = 0xFFFFFFFF
LONG = 0xFFFFFFFFFFFFFFFF
BORN_FOUNDER = 1
BORN_HERE = 2


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32 on four counter words and two key words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        left = 0xD2511F53 * c0
        right = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & WORD, (left >> 32) ^ c3 ^ k1, left & WORD
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


def bits(key: int, uid: int, tick: int, stream: int, index: int) -> int:
    """64 random bits at an address: the first two words that Philox gives, the first one high."""
    counter = (uid & WORD, uid >> 32, tick, stream << 16 | index)
    first, second, _, _ = philox(counter, (key & WORD, key >> 32))
    return first << 32 | second


def uniform(key: int, uid: int, tick: int, stream: int, index: int) -> float:
    """A number strictly between 0 and 1: the middle of one of 2**52 equal slices."""
    return ((bits(key, uid, tick, stream, index) >> 12) + 0.5) / 4503599627370496.0


def mix(word: int) -> int:
    """One output of SplitMix64 from the state `word`."""
    z = (word + 0x9E3779B97F4A7C15) & LONG
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & LONG
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & LONG
    return z ^ (z >> 31)


def founder_uid(index: int) -> int:
    """Identity of a founder."""
    return mix(mix(BORN_FOUNDER) ^ index)


def offspring_uid(mother: int, litter: int, place: int) -> int:
    """Identity of a cub, by its mother, the number of her litter and its place there."""
    return mix(mix(mix(BORN_HERE) ^ mother) ^ (litter << 16 | place))


def thing_uid(domain: int, index: int) -> int:
    """Address of a thing that is not an animal."""
    return domain << 56 | index


def pair_uid(male: int, female: int) -> int:
    """Address of a meeting of two animals."""
    return mix(male ^ mix(female))


def position(cumulative: list[float], u: float) -> int:
    """Inverse of a cumulative distribution: the first entry above `u`, and the last one when none is."""
    entry = 0
    while entry < len(cumulative) - 1 and u >= cumulative[entry]:
        entry += 1
    return entry


CENTRE_TOP = (
    -3.969683028665376e01,
    2.209460984245205e02,
    -2.759285104469687e02,
    1.383577518672690e02,
    -3.066479806614716e01,
    2.506628277459239e00,
)
CENTRE_LOW = (
    -5.447609879822406e01,
    1.615858368580409e02,
    -1.556989798598866e02,
    6.680131188771972e01,
    -1.328068155288572e01,
    1.0,
)
TAIL_TOP = (
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838e00,
    -2.549732539343734e00,
    4.374664141464968e00,
    2.938163982698783e00,
)
TAIL_LOW = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0)


def normal_quantile(u: float) -> float:
    """Acklam's rational approximation of the standard normal quantile: a centre and two tails."""
    if 0.02425 <= u <= 0.97575:
        q = u - 0.5
        return _horner(CENTRE_TOP, q * q) * q / _horner(CENTRE_LOW, q * q)
    tail = u if u < 0.5 else 1.0 - u
    q = math.sqrt(-2.0 * math.log(tail))
    value = _horner(TAIL_TOP, q) / _horner(TAIL_LOW, q)
    return value if u < 0.5 else -value


def _horner(coefficients: tuple[float, ...], x: float) -> float:
    value = coefficients[0]
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value
