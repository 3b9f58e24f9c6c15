"""Poaching and rangers equal their twin with a yearly tick, and with parameters drawn for each replicate."""

import pytest

from orientalis.engine.simulate import simulate
from reference import twin
from tests.twin.compare import differences
from tests.twin.small_worlds import CHANGES, PARAMETERS, THREATENED_CHANGES, inputs_of, patchy_map, study_text

BUSY = """
"killing.adult" = 0.2
"killing.subadult" = 0.3
"rangers.find" = 0.003
"poaching.households" = 3000.0
"""
SCENARIO = '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n' + CHANGES + THREATENED_CHANGES
COUNTED = ("poaching.days", "snares.set", "snares.found", "patrol.km", "people.met", "arrests", "found")


@pytest.mark.parametrize("is_drawn", [False, True], ids=["yearly", "drawn"])
def test_people_equal_their_twin(is_drawn, tmp_path):
    threats = "[threats]\npoaching = true\nrangers = true\n"
    middle = "[draws]\nnumber = 8\nreplicates_each = 1\n" if is_drawn else PARAMETERS + BUSY
    tick = "month" if is_drawn else "year"
    text = study_text(threats + middle + SCENARIO, "made", 8, tick, 9, events=not is_drawn)
    inputs = inputs_of(tmp_path, text, landscape=patchy_map(), first=3, index=int(is_drawn))
    engine = simulate(inputs)
    assert differences(engine, twin.simulate(inputs)) == []
    for item in COUNTED:
        assert engine.tallies[item].sum() > 0, item
