"""What an engine run knows: arrays [replicate, slot], handed to kernels as NamedTuples.

A slot is a stable handle while its animal lives; a free slot waits on the free list. Results never depend on slots.
Arrays that only a map needs have length 0 in their second dimension when there is none.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]


class Animals(NamedTuple):
    """Who lives, [replicate, slot] each.

    life: Life; cause: Cause of death, set once; sex; is_dependent: still with its mother; is_immune: to
    distemper; age in ticks; independence:
    age in ticks at which it leaves its mother; gestation: ticks to birth, -1 when not pregnant; litters: litters borne
    so far; dependants: living young with her; mother_slot: handle of the mother while is_dependent; uid; mother,
    father: uids, 0 unknown; sire: uid of the father of the litter she carries.
    """

    life: Bytes
    cause: Bytes
    sex: Bytes
    is_dependent: Bytes
    is_immune: Bytes
    age: Shorts
    independence: Shorts
    gestation: Shorts
    litters: Shorts
    dependants: Shorts
    mother_slot: Ints
    uid: Words
    mother: Words
    father: Words
    sire: Words


class Slots(NamedTuple):
    """Book-keeping of slots: free [replicate, slot] stack; available, high (slots ever used), living [replicate]."""

    free: Ints
    available: Ints
    high: Ints
    living: Ints


class Ranges(NamedTuple):
    """Where animals are, [replicate, slot] each.

    status: Status; cell: centre of the range, or position (young are where their mother is); natal: birthplace while
    it has never had a range, else -1; heading: last step's direction 0-7, 8 none; wander: distance from the
    birthplace, in cells, at which it begins to look for a place; since: tick at which its
    status began, -1 for founders; food: kg/year its range yields; size: cells in its range; cells [replicate, slot,
    place]; guardian, guardian_slot: the male most likely to have sired a female's young, at first the sire.
    """

    status: Bytes
    heading: Bytes
    size: Shorts
    cell: Ints
    natal: Ints
    wander: Ints
    since: Ints
    guardian_slot: Ints
    guardian: Words
    food: Floats
    cells: Ints


class Land(NamedTuple):
    """The map with a ring of one cell around it, row by row; all [cell]. The width of a row is 2**shift.

    kind: Cell; prey: standing kg per cell at the start; people: index 0-1; roads: index 0-1, main roads 1; zone;
    claims [replicate, sex, cell]: number of ranges that hold the cell; offsets [heading]: to the neighbours, north
    first and on clockwise; columns: cells of a row in use, ring included; cell_km. What may change, [replicate or 1,
    cell] (see `land_row`): is_habitat: potential habitat; suitability 0-255, 256 for a barrier; food: prey that can be
    taken, kg a year, 0 where there is no habitat.
    """

    kind: Bytes
    is_habitat: Bytes
    suitability: Shorts
    food: Floats
    prey: Floats
    people: Floats
    roads: Floats
    zone: Shorts
    claims: Bytes
    offsets: Ints
    shift: int
    columns: int
    cell_km: float


class ClassTable(NamedTuple):
    """Age classes of survival.

    of_age [age in ticks, capped]: class; months [class]: length, 0 for the last without end; period [class]: months
    that the probability of survival spans; variation [class]: 0 none, 1 cub, 2 adult.
    """

    of_age: Shorts
    months: Longs
    period: Floats
    variation: Longs


class Events(NamedTuple):
    """A buffer of events: table [event, column] of int64 and uid [event]; used [1]: how many there are."""

    table: Longs
    uid: Words
    used: Longs


class Founders(NamedTuple):
    """How the first animals come about.

    animals: number of 12 months or more; ages [entry]: age in ticks, sexes [entry], cumulative [entry]: cumulative
    share of founders of that age and sex; cells: where they may be put (padded map; empty without one); litter_share:
    chance that a settled adult female has cubs at the start; cub_age [entry] in ticks with cumulative survival to it:
    cub_ages, cub_cumulative (distribution of ages) and cub_survival (chance that a cub born is alive at that age).
    """

    animals: int
    ages: Shorts
    sexes: Bytes
    cumulative: Floats
    cells: Ints
    litter_share: float
    cub_ages: Shorts
    cub_cumulative: Floats
    cub_survival: Floats


class Clock(NamedTuple):
    """The tick that runs: tick and year from 0, month 0-11 (0 in studies with a yearly tick), months a tick."""

    tick: int
    year: int
    month: int
    months: int


def empty_animals(replicates: int, slots: int) -> Animals:
    """Animals with all slots free."""
    shape = (replicates, slots)

    def make(kind: type[np.generic]) -> npt.NDArray[np.generic]:
        return np.zeros(shape, kind)

    return Animals(*(make(kind) for kind in _ANIMAL_TYPES))  # type: ignore[arg-type]


def empty_slots(replicates: int, slots: int) -> Slots:
    """Books in which no slot was ever used."""
    return Slots(np.zeros((replicates, slots), np.int32), *(np.zeros(replicates, np.int32) for _ in range(3)))


def empty_ranges(replicates: int, slots: int, largest: int) -> Ranges:
    """Ranges of at most `largest` cells for `slots` animals; slots 0 in studies without a map."""
    arrays: list[Any] = [np.zeros((replicates, slots), kind) for kind in _RANGE_TYPES]
    arrays.append(np.zeros((replicates, slots, largest), np.int32))
    return Ranges(*arrays)


def grown(array: npt.NDArray[np.generic], slots: int) -> npt.NDArray[np.generic]:
    """`array` [replicate, slot, …] with room for `slots`, unless it has none by design."""
    if array.ndim < 2 or array.shape[1] == 0:
        return array
    bigger = np.zeros((array.shape[0], slots, *array.shape[2:]), array.dtype)
    bigger[:, : array.shape[1]] = array
    return bigger


_ANIMAL_TYPES = (np.uint8,) * 5 + (np.int16,) * 5 + (np.int32,) + (np.uint64,) * 4
_RANGE_TYPES = (np.uint8,) * 2 + (np.int16,) + (np.int32,) * 5 + (np.uint64, np.float64)


class Scratch(NamedTuple):
    """Working memory of kernels; nothing in it outlives a call.

    For claims: mark [cell] against stamp [1]; border cells, their scores and worths; the cells got so far. For orders
    of animals: held, rank [slot]; males, exposed [slot]. weight [heading] of a step.
    """

    mark: Ints
    stamp: Ints
    border: Ints
    score: Floats
    worth: Floats
    got: Ints
    held: Ints
    rank: Words
    males: Ints
    exposed: Ints
    weight: Floats


def empty_scratch(cells: int, largest: int, slots: int) -> Scratch:
    """Scratch for a map of `cells`, ranges of at most `largest` cells, and `slots` animals."""
    room = 8 * (largest + 1) + 1
    return Scratch(
        np.zeros(cells, np.int32),
        np.zeros(1, np.int32),
        np.zeros(room, np.int32),
        np.zeros(room),
        np.zeros(room),
        np.zeros(max(largest, 1), np.int32),
        np.zeros(slots, np.int32),
        np.zeros(slots, np.uint64),
        np.zeros(slots, np.int32),
        np.zeros(slots, np.int32),
        np.zeros(8),
    )
