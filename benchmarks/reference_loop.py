"""The common workload as a plain numba loop: what a careful user would write for this one population and no other.

    python benchmarks/reference_loop.py --replicates 10000 --animals 80 --capacity 150

Prints a line of JSON: replicates, individual_years, extinct (share of replicates), mean_final, seconds (without the
compilation). Each year: the census; if a male of three or more lives, each female of three or more breeds with chance
0.5 and has 1 to 4 cubs (.35, .35, .25, .05) of either sex; one survival s ~ U(0.5, 0.7) of the year for age 0, 0.70 at
1 and 2, 0.85 from 3; survivors age; a uniformly random surplus over the capacity dies. Start: ages 1 to 8, fair sexes.
"""

# ruff: noqa: NPY002 (numba compiles these names to a generator of its own, the fastest that it has)

import argparse
import json
import time

import numba
import numpy as np

YEARS = 100


@numba.njit(cache=True)
def seed_generator(seed):
    """Seed numba's own generator."""
    np.random.seed(seed)


@numba.njit(cache=True)
def draw_litter():
    """Size of a litter."""
    u = np.random.random()
    if u < 0.35:
        return 1
    if u < 0.70:
        return 2
    if u < 0.95:
        return 3
    return 4


@numba.njit(cache=True)
def breed(age, is_male, count):
    """Add this year's cubs behind the `count` animals; returns the new count."""
    has_male = False
    for i in range(count):
        if is_male[i] and age[i] >= 3:
            has_male = True
            break
    if not has_male:
        return count
    mothers = count
    for i in range(mothers):
        if not is_male[i] and age[i] >= 3 and np.random.random() < 0.5:
            for _ in range(draw_litter()):
                age[count] = 0
                is_male[count] = np.random.random() < 0.5
                count += 1
    return count


@numba.njit(cache=True)
def survive(age, is_male, count):
    """Keep the survivors, a year older, in front; returns how many they are."""
    first_year = 0.5 + 0.2 * np.random.random()
    kept = 0
    for i in range(count):
        chance = 0.85
        if age[i] == 0:
            chance = first_year
        elif age[i] < 3:
            chance = 0.70
        if np.random.random() < chance:
            age[kept] = age[i] + 1
            is_male[kept] = is_male[i]
            kept += 1
    return kept


@numba.njit(cache=True)
def cull(age, is_male, count, capacity):
    """Remove random animals until `capacity` are left."""
    while count > capacity:
        i = int(np.random.random() * count)
        count -= 1
        age[i] = age[count]
        is_male[i] = is_male[count]
    return count


@numba.njit(cache=True)
def simulate(replicates, years, animals, capacity):
    """Final numbers [replicate] and the sum of all censuses."""
    age = np.zeros(5 * (max(capacity, animals) + 1), np.int16)
    is_male = np.zeros(len(age), np.bool_)
    final = np.zeros(replicates, np.int64)
    individual_years = 0
    for replicate in range(replicates):
        for i in range(animals):
            age[i] = 1 + int(np.random.random() * 8)
            is_male[i] = np.random.random() < 0.5
        count = animals
        for _ in range(years):
            individual_years += count
            count = breed(age, is_male, count)
            count = survive(age, is_male, count)
            count = cull(age, is_male, count, capacity)
        final[replicate] = count
    return final, individual_years


def main() -> None:
    """Compile, then time the loop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--animals", type=int, default=80)
    parser.add_argument("--capacity", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    simulate(1, 1, options.animals, options.capacity)
    seed_generator(options.seed)
    begin = time.perf_counter()
    final, individual_years = simulate(options.replicates, YEARS, options.animals, options.capacity)
    seconds = time.perf_counter() - begin
    result = {
        "replicates": options.replicates,
        "individual_years": int(individual_years),
        "extinct": float(np.mean(final == 0)),
        "mean_final": float(np.mean(final)),
        "seconds": seconds,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
