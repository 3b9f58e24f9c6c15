"""Prey and tigers equal their twin where other threats speak to them: cover, hunting and patrols that change."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.process import Process
from orientalis.engine.simulate import simulate
from orientalis.engine.surroundings import empty_cover
from orientalis.engine.world import Inputs
from orientalis.engine.world import World as EngineWorld
from reference import twin
from reference.twin import life_cycle
from reference.twin.world import World
from tests.twin import small_worlds
from tests.twin.compare import differences

FOOD_WEB = "[threats]\nungulates = true\ntigers = true\n"
LIVELY = """
"ungulates.winter_sika" = 0.3
"ungulates.swine_fever" = 0.4
"ungulates.prey_per_leopard" = 4000.0
"tigers.prey_per_adult" = 6000.0
"tigers.poaching" = 0.15
"tigers.leopard_hazard" = 0.1
"""
CHANGES = """
[[scenario.change]]
parameter = "ungulates.snow"
multiply = 3.0
years = [2, 4]
[[scenario.change]]
parameter = "ungulates.quota_sika"
add = 0.2
years = [1, 9]
zone = "west"
[[scenario.change]]
parameter = "tigers.poaching"
multiply = 2.0
zone = "east"
"""


def inputs_of(folder: Path, tick: str, before: str = "", index: int = 0, threats: str = FOOD_WEB) -> Inputs:
    """The dense map with prey and tigers alone."""
    lively = LIVELY if "tigers" in threats else LIVELY[: LIVELY.index('"tigers')]
    changes = CHANGES if "tigers" in threats else CHANGES[: CHANGES.rindex("[[")]
    body = before + threats + small_worlds.PARAMETERS + lively + '[start]\nanimals = 26\n[[scenario]]\nname = "a"\n'
    text = small_worlds.study_text(body + changes, "made", 6, tick, 5, events=True)
    return small_worlds.inputs_of(folder, text, landscape=small_worlds.patchy_map(), index=index)


def cover_of(tick: int, cell: int) -> int:
    """A made-up class of cover."""
    return (cell + (cell % 5) * (tick // 12)) % 5


def hunting_of(tick: int, block: int) -> float:
    """A made-up level of hunting, or km of patrols."""
    return 0.5 + (block * 7 + tick) % 4


def _engine_speaks(world: EngineWorld) -> None:
    replicates, cells, blocks = world.settings.replicates, len(world.land.kind), len(world.inputs.blocks.size)
    if world.cover.kind.shape[1] == 0:
        world.cover = empty_cover(replicates, cells)
        world.fields = world.fields._replace(
            hunting=np.zeros((replicates, blocks)), patrol=np.zeros((replicates, blocks))
        )
    tick = world.clock.tick
    world.cover.kind[:] = [cover_of(tick, cell) for cell in range(cells)]
    world.fields.hunting[:] = [hunting_of(tick, block) for block in range(blocks)]
    world.fields.patrol[:] = [20.0 * hunting_of(tick + 1, block) for block in range(blocks)]


SPEAKER = Process("speaker", "Speaks.", "tick", (), (), (), (), _engine_speaks)


def _twin_speaks(world: World) -> None:
    blocks = len(world.inputs.blocks.size)
    world.cover_kind = [cover_of(world.tick, cell) for cell in range(len(world.kind))]
    world.hunting = [hunting_of(world.tick, block) for block in range(blocks)]
    world.patrol = [20.0 * hunting_of(world.tick + 1, block) for block in range(blocks)]


def test_cover_hunting_and_patrols_are_heeded_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = inputs_of(tmp_path, "month")
    order = life_cycle._order

    def spoken(world: World, is_first: bool, is_last: bool) -> list[Callable[[World], None]]:
        return [_twin_speaks, *order(world, is_first, is_last)]

    monkeypatch.setattr(life_cycle, "_order", spoken)
    engine = simulate(inputs, (SPEAKER, *LIFE_CYCLE))
    assert differences(engine, twin.simulate(inputs)) == []
    monkeypatch.undo()
    assert differences(engine, twin.simulate(inputs)) != []


@pytest.mark.parametrize("threats", [FOOD_WEB, "[threats]\nungulates = true\n"], ids=["both", "prey_alone"])
def test_a_yearly_tick_is_equal(tmp_path: Path, threats: str) -> None:
    inputs = inputs_of(tmp_path, "year", threats=threats)
    assert differences(simulate(inputs), twin.simulate(inputs)) == []


def test_drawn_parameters_are_equal(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path, "month", before="[draws]\nnumber = 8\nreplicates_each = 1\n", index=1)
    assert inputs.food_web.start.shape[0] == 4
    assert differences(simulate(inputs), twin.simulate(inputs)) == []
