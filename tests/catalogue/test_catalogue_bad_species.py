"""Bad species files: each gets one paragraph with file, key, value and what was expected, and exit code 2."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orientalis.catalogue import load_species
from orientalis.catalogue.species_loader import SPECIES_FOLDER
from orientalis.core.errors import InputError

BENCHMARK = (SPECIES_FOLDER / "benchmark_population.toml").read_text(encoding="utf-8")
LEOPARD = (SPECIES_FOLDER / "panthera_pardus_orientalis.toml").read_text(encoding="utf-8")


MESSAGES = tomllib.loads((Path(__file__).parent / "bad_species_messages.toml").read_text(encoding="utf-8"))


def line(table: str, key: str, new: str, text: str = BENCHMARK) -> str:
    """Replace the line of `key` in `table` by `new`."""
    start = text.index(f"[{table}]\n")
    begin = text.index(f"\n{key} = ", start) + 1
    return text[:begin] + new + text[text.index("\n", begin) :]


def swap(old: str, new: str, text: str = BENCHMARK) -> str:
    """Replace a text that is there."""
    assert old in text
    return text.replace(old, new, 1)


CASES: dict[str, str] = {
    "unknown key of a quantity": line("killing.adult", "value", "valeu = 0.02", LEOPARD),
    "unknown section": BENCHMARK + "\n[infantacide]\n",
    "unknown key of a section": swap("[life_history.longevity]", "[life_history.longevty]"),
    "section without a key": BENCHMARK[: BENCHMARK.index("[variation.correlation]")],
    "section lacks": BENCHMARK[: BENCHMARK.index("[variation]")],
    "key of a quantity lacks": line("life_history.longevity", "source", ""),
    "name lacks": swap('name = "benchmark_population"', 'name = ""'),
    "bare number": LEOPARD[: LEOPARD.index("[mating.roaming_distance]")] + "[mating]\nroaming_distance = 24\n",
    "section is a number": "mating = 24\n" + BENCHMARK,
    "wrong unit": line("life_history.longevity", "unit", 'unit = "km"'),
    "unknown unit": line("life_history.longevity", "unit", 'unit = "months"'),
    "wrong unit of a survival": line("survival.adult.female", "unit", 'unit = "probability/month"'),
    "stage without end": line("survival.adult.female", "unit", 'unit = "probability/stage"'),
    "value outside its range": line("life_history.longevity", "value", "value = 1200"),
    "range outside its range": line("catastrophe.survival", "high", "high = 1.5", LEOPARD),
    "probability above one": line("survival.adult.female", "value", "value = 1.2"),
    "probability below zero": line("reproduction.male_share", "value", "value = -0.1"),
    "value outside low and high": line("killing.adult", "value", "value = 0.09", LEOPARD),
    "litters do not sum to one": line("reproduction.litter_size", "value", "value = [0.35, 0.35, 0.25, 0.10]"),
    "seasons of two months": line("reproduction.conception_season", "value", "value = [0.5, 0.5]"),
    "one number for a list": line("reproduction.litter_size", "value", "value = 0.5"),
    "list for one number": line("reproduction.male_share", "value", "value = [0.5, 0.5]"),
    "text for a number": line("life_history.longevity", "value", 'value = "long"'),
    "not a number": line("life_history.longevity", "value", "value = nan"),
    "unknown kind": line("life_history.longevity", "kind", 'kind = "guessed"'),
    "range lacks": line("life_history.longevity", "distribution", 'distribution = "uniform"'),
    "class twice": BENCHMARK + "\n[survival.adult]\nfrom_months = 3\n",
    "gap between classes": swap("from_months = 36", "from_months = 48"),
    "classes overlap": swap("from_months = 36", "from_months = 24"),
    "no class without end": swap("to_months = 0", "to_months = 120"),
    "two classes without end": swap("to_months = 36", "to_months = 0"),
    "class ends before it begins": swap("to_months = 36", "to_months = 6"),
    "first class does not begin at birth": swap("from_months = 0", "from_months = 1"),
    "months not whole": swap("to_months = 36", "to_months = 36.5"),
    "class name with a dot": swap("[survival.cub]", '[survival."c.b"]'),
    "unknown word of variation": swap('variation = "cub"', 'variation = "cubs"'),
    "distribution of variation lacks": swap('[variation]\ndistribution = "uniform"', "[variation]"),
    "shares of an unknown class": swap("[shares.old.people]", "[shares.older.people]", LEOPARD),
    "class without shares": LEOPARD[: LEOPARD.index("[shares.old.infanticide]")]
    + LEOPARD[LEOPARD.index("[killing.adult]") :],
    "independence ends before it begins": line("life_history.independence_first", "value", "value = 3"),
    "broken line": swap('unit = "month"', "unit = month"),
    "unclosed text": swap('unit = "month"', 'unit = "month'),
    "shares above one": LEOPARD.replace("value = 0.03\n", "value = 0.9\n", 1)
    .replace("high = 0.29\n", "high = 1.0\n", 1)
    .replace("value = 0.05\n", "value = 0.07\n", 1),
}


def test_every_message_has_its_case() -> None:
    assert set(MESSAGES) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_message(name: str, tmp_path: Path) -> None:
    file = tmp_path / "species.toml"
    file.write_text(CASES[name], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_species(file)
    assert str(caught.value).replace(str(file), "FILE") == MESSAGES[name]
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the species file is empty (in FILE)."),
        (b" \n\t\n", "the species file is empty (in FILE)."),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "the species file is not text (in FILE); expected a text file in UTF-8."),
        (b'name = "a\x00b"', "the species file is not text (in FILE); expected a text file in UTF-8."),
        (b"a = " + b"[" * 5000, "the species file is nested too deeply (in FILE); expected tables in plain sections."),
    ],
)
def test_files_that_are_no_species(content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "species.toml"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_species(file)
    assert str(caught.value).replace(str(file), "FILE") == expected


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"does not exist \(in .*none.toml\)"):
        load_species(tmp_path / "none.toml")
    with pytest.raises(InputError, match="is a folder"):
        load_species(tmp_path)
    with pytest.raises(InputError, match="no file can have"):
        load_species("a\0.toml")


def test_unknown_species_offer_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        load_species("panthera_pardus_orientals")
    assert str(caught.value) == (
        'unknown species: got "panthera_pardus_orientals"; expected one of benchmark_population, '
        'panthera_pardus_orientalis. Did you mean "panthera_pardus_orientalis"?'
    )


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "species.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BENCHMARK.replace("\n", "\r\n").encode())
    assert load_species(file).name == "benchmark_population"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(BENCHMARK)), st.integers(0, 40), st.binary(max_size=12) | st.text(max_size=12))
def test_no_damage_gives_a_traceback(tmp_path: Path, place: int, cut: int, new: bytes | str) -> None:
    raw = BENCHMARK.encode()
    file = tmp_path / "species.toml"
    file.write_bytes(raw[:place] + (new.encode(errors="replace") if isinstance(new, str) else new) + raw[place + cut :])
    try:
        load_species(file)
    except InputError as error:
        text = str(error)
        assert str(file) in text
        assert "\n" not in text


WRONG = st.recursive(
    st.sampled_from(["1e999", "-1", "true", '"x"', "nan", "2020-01-01", "07:32:00", "1" * 400, "{}", "[]", "0"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "[" + ", ".join(parts) + "]"),
    max_leaves=4,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), WRONG)
def test_no_value_of_a_wrong_type_gives_a_traceback(tmp_path: Path, place: int, value: str) -> None:
    lines = BENCHMARK.splitlines()
    keyed = [at for at, text in enumerate(lines) if " = " in text]
    at = keyed[place % len(keyed)]
    lines[at] = lines[at].split(" = ")[0] + f" = {value}"
    file = tmp_path / "species.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    try:
        load_species(file)
    except InputError as error:
        assert "\n" not in str(error)
