"""Errors are one paragraph, name all they know, and survive the way to another process."""

import pickle

import pytest

from orientalis.core.errors import InputError, OrientalisError, nearest_name


def test_every_part_is_named_in_one_paragraph() -> None:
    error = InputError(
        "wrong unit.", file="a.toml", key="x.unit", value="km", expected="month (or year)", nearest="month"
    )
    assert str(error) == (
        'wrong unit (in a.toml, at x.unit): got "km"; expected month (or year). Did you mean "month"?'
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "bad."),
        ({"file": "f"}, "bad (in f)."),
        ({"key": "k"}, "bad (at k)."),
        ({"value": 3}, "bad: got 3."),
        ({"value": "a\nb\x1b[31m"}, 'bad: got "a?b?[31m".'),
        ({"expected": "more"}, "bad; expected more."),
    ],
)
def test_parts_may_lack(parts: dict[str, object], text: str) -> None:
    assert str(InputError("bad", **parts)) == text  # type: ignore[arg-type]


def test_a_long_value_is_cut() -> None:
    text = str(InputError("bad", value="x" * 1000))
    assert len(text) < 140
    assert "\n" not in text


def test_exit_codes() -> None:
    assert OrientalisError("x").exit_code == 1
    assert InputError("x").exit_code == 2


def test_an_error_crosses_processes_whole() -> None:
    error = InputError("bad", file="f", key="k", value=[1], expected="e", nearest="n")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, InputError)
    assert str(copy) == str(error)


def test_nearest_name() -> None:
    assert nearest_name("longevty", ["gestation", "longevity"]) == "longevity"
    assert nearest_name("LONGEVITY", ["Longevity"]) == "Longevity"
    assert nearest_name("zzz", ["longevity"]) is None
    assert nearest_name("a", []) is None
