"""What fines do is reported whatever it is; the arithmetic behind it is checked."""

import pytest

from orientalis.analysis.deterrence import NAMES, break_even_conviction, fines_by_channel
from orientalis.scenario import resolve
from orientalis.scenario.study import Study
from tests.engine.worlds import small_map
from tests.poachers import LEOPARD


def drawn():
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": 1},
        "draws": {"number": 8},
        "start": {"animals": 10},
        "threats": {"poaching": True, "rangers": True},
        "scenario": [{"name": "a"}],
    }
    return resolve(Study.model_validate(data), landscape=small_map())[-1]


def test_every_channel_is_reported_over_the_draws():
    table = fines_by_channel(drawn(), factor=5.0, draws=8)
    assert tuple(table["channel"]) == NAMES
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table[["falls", "rises"]].stack().between(0.0, 1.0).all()
    accident = table.set_index("channel").loc["accident"]
    assert accident[["median", "low", "high", "falls", "rises"]].tolist() == [0.0] * 5
    print(table)


def test_fines_as_they_are_change_nothing():
    table = fines_by_channel(drawn(), factor=1.0, draws=8)
    assert table[["median", "low", "high", "falls", "rises"]].abs().to_numpy().max() == 0.0


def test_break_even_conviction():
    values = {"skin_price": 0.75, "bone_price": 1.0, "wage": 0.001, "trade_chance": 0.001, "prison": 0.2, "fine": 2.0,
              "discount": 0.7}  # fmt: skip
    found = {f"poaching.{key}": value for key, value in values.items()}
    assert break_even_conviction(found) == pytest.approx((1.75 - 1.0) / (0.7 * (2.0 + 0.2 * 250.0 * 0.001)))
    assert break_even_conviction({**found, "poaching.wage": 0.01}) == 0.0
    assert break_even_conviction({**found, "poaching.fine": 0.0, "poaching.prison": 0.0}) == float("inf")
