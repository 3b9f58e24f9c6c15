"""Random numbers by address: every draw is a function of (key; uid, tick, stream, index).

Generator: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, SC '11, "Parallel random numbers: as easy as 1, 2, 3").
Counter words are (uid low, uid high, tick, stream << 16 | index); the key is one 64-bit key of the replicate. Neither
scenario nor parameters enter, so the same animal meets the same chance in every scenario.

Where nothing else is said, a process draws under key_chance at (uid of the animal, tick of the clock, its stream, index
0), and what has the chance p happens when the uniform lies below p.
"""

import math

import numpy as np

from orientalis.engine.kernel import inline_kernel, kernel

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_S12 = np.uint64(12)
_S16 = np.uint64(16)
_S32 = np.uint64(32)
_HALF_STEP = 0.5
_STEP = 2.220446049250313e-16  # 2 ** -52

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_S27 = np.uint64(27)
_S30 = np.uint64(30)
_S31 = np.uint64(31)
_S56 = np.uint64(56)


@inline_kernel
def bits(key: np.uint64, uid: np.uint64, tick: np.uint64, stream: int, index: int) -> np.uint64:
    """The first 64 of Philox's 128 bits at an address, its first word high; tick below 2**32, index below 2**16."""
    c0 = uid & _LOW
    c1 = uid >> _S32
    c2 = np.uint64(tick) & _LOW
    c3 = (np.uint64(stream) << _S16) | np.uint64(index)
    k0 = key & _LOW
    k1 = key >> _S32
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0 = (p1 >> _S32) ^ c1 ^ k0
        c2 = (p0 >> _S32) ^ c3 ^ k1
        c1 = p1 & _LOW
        c3 = p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return (c0 << _S32) | c1


@inline_kernel
def uniform(key: np.uint64, uid: np.uint64, tick: int, stream: int, index: int) -> float:
    """A number strictly between 0 and 1 with 52 random bits: ((bits >> 12) + 1/2) / 2**52."""
    word = bits(key, uid, np.uint64(tick), stream, index)
    return (np.float64(np.int64(word >> _S12)) + _HALF_STEP) * _STEP


@kernel
def mix(word: np.uint64) -> np.uint64:
    """A bijection that scatters words: SplitMix64's output from the state `word` (Steele, Lea and Flood 2014)."""
    z = word + _GOLDEN
    z = (z ^ (z >> _S30)) * _MIX1
    z = (z ^ (z >> _S27)) * _MIX2
    return z ^ (z >> _S31)


@kernel
def founder_uid(index: int) -> np.uint64:
    """Identity of the animal that stands at `index` among the founders: mix(mix(1) ^ index)."""
    return mix(mix(np.uint64(1)) ^ np.uint64(index))


@kernel
def offspring_uid(mother: np.uint64, litter: int, place: int) -> np.uint64:
    """Identity of a cub: mix(mix(mix(2) ^ mother) ^ (litter << 16 | place)); the month does not enter.

    litter: her litters before this one; place: 0 for the first cub of the litter.
    """
    return mix(mix(mix(np.uint64(2)) ^ mother) ^ ((np.uint64(litter) << _S16) | np.uint64(place)))


@kernel
def thing_uid(domain: int, index: int) -> np.uint64:
    """Address of a thing that is not an animal: domain << 56 | index."""
    return (np.uint64(domain) << _S56) | np.uint64(index)


@kernel
def normal_quantile(u: float) -> float:
    """Inverse of the standard normal distribution function, relative error below 1.2e-9 (Acklam's approximation)."""
    if u < 0.02425 or u > 0.97575:
        tail = u if u < 0.5 else 1.0 - u
        q = math.sqrt(-2.0 * math.log(tail))
        top = -7.784894002430293e-03 * q - 3.223964580411365e-01
        top = (top * q - 2.400758277161838e00) * q - 2.549732539343734e00
        top = (top * q + 4.374664141464968e00) * q + 2.938163982698783e00
        low = (7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00
        low = (low * q + 3.754408661907416e00) * q + 1.0
        return top / low if u < 0.5 else -top / low
    q = u - 0.5
    s = q * q
    top = (-3.969683028665376e01 * s + 2.209460984245205e02) * s - 2.759285104469687e02
    top = ((top * s + 1.383577518672690e02) * s - 3.066479806614716e01) * s + 2.506628277459239e00
    low = (-5.447609879822406e01 * s + 1.615858368580409e02) * s - 1.556989798598866e02
    low = ((low * s + 6.680131188771972e01) * s - 1.328068155288572e01) * s + 1.0
    return top * q / low
