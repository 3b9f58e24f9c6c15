"""Made-up landscapes."""

import numpy as np
import pytest

from orientalis import geography
from orientalis.core.errors import InputError


def test_uniform_map() -> None:
    made = geography.synthetic((4, 5), habitat=0.8, prey=100.0)
    assert made.shape == (4, 5) and made.cell_km2 == 4.0
    assert set(made.layers) == set(geography.REQUIRED_LAYERS)
    assert made.layers["habitat"].dtype == np.float32 and made.layers["land"].dtype == np.uint8
    assert geography.potential_habitat(made).all() and not made.layers["open_edge"].any()


def test_water_has_nothing_on_it() -> None:
    land = np.ones((4, 5))
    land[:, 2] = 0
    made = geography.synthetic((4, 5), land=land, is_open=True)
    assert not made.layers["prey"][:, 2].any() and not made.layers["open_edge"][:, 2].any()
    assert made.layers["open_edge"].sum() == 2 * 5 + 2 * 2 - 2
    _, areas = geography.patch_areas(made, geography.potential_habitat(made))
    assert areas == (32.0, 32.0)


def test_checksum_follows_the_content() -> None:
    first, same, other = (geography.synthetic((3, 3), prey=value).sha256 for value in (1.0, 1.0, 2.0))
    assert first == same != other


@pytest.mark.parametrize(
    "arguments",
    [
        {"shape": (0, 3)},
        {"shape": (3, 3), "habitat": 1.2},
        {"shape": (3, 3), "prey": -1.0},
        {"shape": (3, 3), "people": np.ones((2, 2))},
        {"shape": (3, 3), "prey": np.nan},
    ],
)
def test_refuses(arguments: dict[str, object]) -> None:
    with pytest.raises(InputError):
        geography.synthetic(**arguments)  # type: ignore[arg-type]


def test_refuses_to_cut_everything() -> None:
    with pytest.raises(InputError, match="cannot cut"):
        geography.crop_landscape(geography.synthetic((4, 4)), 2)


def test_has_no_places() -> None:
    with pytest.raises(InputError, match="no places"):
        geography.synthetic((3, 3)).cell_of(43.0, 131.0)
