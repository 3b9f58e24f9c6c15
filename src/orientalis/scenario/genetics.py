"""What a study with genetics must keep to, beyond the range of each number."""

from collections.abc import Mapping
from typing import NoReturn

from orientalis.core.errors import InputError
from orientalis.core.quantity import Quantity
from orientalis.scenario.study import Study

_MOST_FOUNDERS = 32_000
"""Alleles are counted in 16 bits."""
_MAY_CHANGE = ("genetics.lethal_equivalents",)


def check_genetics(study: Study, quantities: Mapping[str, Quantity]) -> None:
    """Refuse (InputError) shares of the load above 1, a switch that is neither 0 nor 1, too many founders, one sex."""
    if "genetics.lethal_equivalents" not in quantities:
        return
    absolute = quantities["genetics.absolute"].number
    if absolute not in (0.0, 1.0):
        _refuse(study, "the switch is neither off nor on", "genetics.absolute", absolute, "0 or 1")
    shares = ("genetics.fecundity_share", "genetics.first_year_share")
    total = sum(_largest(quantities[path], study.draws is not None) for path in shares)
    if total > 1.0 + 1e-9:
        _refuse(study, "the shares of the load exceed 1", " + ".join(shares), total, "a sum of at most 1")
    if quantities["reproduction.male_share"].number == 0.0:
        _refuse(study, "genes need two parents", "reproduction.male_share", 0.0, "above 0, or genetics = false")
    for scenario in study.scenario:
        animals = study.start_of(scenario).animals
        if animals > _MOST_FOUNDERS:
            _refuse(
                study, "too many founders to name their alleles", "start.animals", animals, f"{_MOST_FOUNDERS} or fewer"
            )
        for index, change in enumerate(scenario.change):
            if change.parameter.startswith("genetics.") and change.parameter not in _MAY_CHANGE:
                raise InputError(
                    "this holds from the start and does not change over years",
                    file=study.file,
                    key=f"scenario {scenario.name}, change[{index + 1}].parameter",
                    value=change.parameter,
                    expected="the same path under [parameters], for all scenarios and years",
                )


def _largest(quantity: Quantity, is_drawn: bool) -> float:
    """The largest value that a run may use."""
    if is_drawn and quantity.distribution != "fixed" and isinstance(quantity.high, int | float):
        return float(quantity.high)
    return quantity.number


def _refuse(study: Study, what: str, key: str, value: float, expected: str) -> NoReturn:
    raise InputError(what, file=study.file, key=key, value=value, expected=expected)
