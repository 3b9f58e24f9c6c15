"""Bad species files: each gets one paragraph with file, key, value and what was expected, and exit code 2."""

from pathlib import Path

import pytest

from orientalis.catalogue import load_species
from orientalis.catalogue.species_loader import SPECIES_FOLDER
from orientalis.core.errors import InputError

BENCHMARK = (SPECIES_FOLDER / "benchmark_population.toml").read_text(encoding="utf-8")
LEOPARD = (SPECIES_FOLDER / "panthera_pardus_orientalis.toml").read_text(encoding="utf-8")


def line(table: str, key: str, new: str, text: str = BENCHMARK) -> str:
    """Replace the line of `key` in `table` by `new`."""
    start = text.index(f"[{table}]\n")
    begin = text.index(f"\n{key} = ", start) + 1
    return text[:begin] + new + text[text.index("\n", begin) :]


def swap(old: str, new: str, text: str = BENCHMARK) -> str:
    """Replace a text that is there."""
    assert old in text
    return text.replace(old, new, 1)


CASES: dict[str, tuple[str, str]] = {
    "unknown key of a quantity": (
        line("killing.adult", "value", "valeu = 0.02", LEOPARD),
        'unknown key (in FILE, at killing.adult.valeu); expected one of value, unit, low, high, distribution, source, where, kind, note. Did you mean "value"?',
    ),
    "unknown section": (
        BENCHMARK + "\n[infantacide]\n",
        'unknown key (in FILE, at infantacide); expected one of name, scientific_name, common_names, note, life_history, reproduction, killing, variation, catastrophe, infanticide, territory, dispersal, mating, prey, survival, shares. Did you mean "infanticide"?',
    ),
    "unknown key of a section": (
        swap("[life_history.longevity]", "[life_history.longevty]"),
        'unknown key (in FILE, at life_history.longevty); expected one of first_breeding_female, first_breeding_male, last_breeding, longevity, gestation, independence_first, independence_last, orphan_age. Did you mean "longevity"?',
    ),
    "section without a key": (
        BENCHMARK[: BENCHMARK.index("[variation.correlation]")],
        'a key is missing (in FILE, at variation.correlation); expected a quantity (unit "1"): correlation of good years between adults, cubs and breeding.',
    ),
    "section lacks": (
        BENCHMARK[: BENCHMARK.index("[variation]")],
        "a section is missing (in FILE, at [variation]); expected a table [variation] or [variation.…].",
    ),
    "key of a quantity lacks": (
        line("life_history.longevity", "source", ""),
        "a key is missing (in FILE, at life_history.longevity.source); expected value, unit, source and kind at least.",
    ),
    "name lacks": (
        swap('name = "benchmark_population"', 'name = ""'),
        'a text is missing (in FILE, at name): got ""; expected a text in quotes.',
    ),
    "bare number": (
        LEOPARD[: LEOPARD.index("[mating.roaming_distance]")] + "[mating]\nroaming_distance = 24\n",
        "a bare value (in FILE, at mating.roaming_distance): got 24; expected a quantity: {value = …, unit = …, source = …, kind = …}.",
    ),
    "section is a number": (
        "mating = 24\n" + BENCHMARK,
        "not a table (in FILE, at mating): got 24; expected [mating] with keys below it.",
    ),
    "wrong unit": (
        line("life_history.longevity", "unit", 'unit = "km"'),
        'wrong unit (in FILE, at life_history.longevity.unit): got "km"; expected month (or year, day).',
    ),
    "unknown unit": (
        line("life_history.longevity", "unit", 'unit = "months"'),
        'unknown unit (in FILE, at life_history.longevity.unit): got "months"; expected month (or year, day). Did you mean "month"?',
    ),
    "wrong unit of a survival": (
        line("survival.adult.female", "unit", 'unit = "probability/month"'),
        'wrong unit (in FILE, at survival.adult.female.unit): got "probability/month"; expected probability/year or probability/stage.',
    ),
    "stage without end": (
        line("survival.adult.female", "unit", 'unit = "probability/stage"'),
        'a class without end has no survival over a stage (in FILE, at survival.adult.female.unit): got "probability/stage"; expected probability/year.',
    ),
    "value outside its range": (
        line("life_history.longevity", "value", "value = 1200"),
        "outside its range (in FILE, at life_history.longevity): got 1200.0; expected 0 to 600 month.",
    ),
    "range outside its range": (
        line("catastrophe.survival", "high", "high = 1.5", LEOPARD),
        "outside its range (in FILE, at catastrophe.survival): got 1.5; expected 0 to 1.",
    ),
    "probability above one": (
        line("survival.adult.female", "value", "value = 1.2"),
        "a probability outside [0, 1] (in FILE, at survival.adult.female): got 1.2; expected 0 to 1.",
    ),
    "probability below zero": (
        line("reproduction.male_share", "value", "value = -0.1"),
        "a probability outside [0, 1] (in FILE, at reproduction.male_share): got -0.1; expected 0 to 1.",
    ),
    "value outside low and high": (
        line("killing.adult", "value", "value = 0.09", LEOPARD),
        "a value outside its own low and high (in FILE, at killing.adult): got 0.09; expected 0.0 to 0.06.",
    ),
    "litters do not sum to one": (
        line("reproduction.litter_size", "value", "value = [0.35, 0.35, 0.25, 0.10]"),
        "does not sum to 1 (in FILE, at reproduction.litter_size.value): got [0.35, 0.35, 0.25, 0.1]; expected a sum of 1, not 1.05.",
    ),
    "seasons of two months": (
        line("reproduction.conception_season", "value", "value = [0.5, 0.5]"),
        "wrong length (in FILE, at reproduction.conception_season.value): got 2; expected 12 numbers.",
    ),
    "one number for a list": (
        line("reproduction.litter_size", "value", "value = 0.5"),
        "wrong shape (in FILE, at reproduction.litter_size.value): got 0.5; expected a list.",
    ),
    "list for one number": (
        line("reproduction.male_share", "value", "value = [0.5, 0.5]"),
        "wrong shape (in FILE, at reproduction.male_share.value): got (0.5, 0.5); expected one number.",
    ),
    "text for a number": (
        line("life_history.longevity", "value", 'value = "long"'),
        'expected a number or a list of numbers (in FILE, at life_history.longevity.value): got "long".',
    ),
    "not a number": (
        line("life_history.longevity", "value", "value = nan"),
        "expected a finite number (in FILE, at life_history.longevity.value): got nan.",
    ),
    "unknown kind": (
        line("life_history.longevity", "kind", 'kind = "guessed"'),
        'not one of the words allowed here (in FILE, at life_history.longevity.kind): got "guessed"; expected "measured", "estimated", "analogue", "expert" or "assumed".',
    ),
    "range lacks": (
        line("life_history.longevity", "distribution", 'distribution = "uniform"'),
        'distribution "uniform" needs low and high (in FILE, at life_history.longevity).',
    ),
    "class twice": (
        BENCHMARK + "\n[survival.adult]\nfrom_months = 3\n",
        "the species file is not valid TOML: Cannot declare ('survival', 'adult') twice (in FILE, at line 207): got \"[survival.adult]\".",
    ),
    "gap between classes": (
        swap("from_months = 36", "from_months = 48"),
        "a gap between classes (in FILE, at survival.adult.from_months): got 48; expected 36 months (survival.young ends there).",
    ),
    "classes overlap": (
        swap("from_months = 36", "from_months = 24"),
        "classes overlap (in FILE, at survival.adult.from_months): got 24; expected 36 months (survival.young ends there).",
    ),
    "no class without end": (
        swap("to_months = 0", "to_months = 120"),
        "the oldest class must have no end (in FILE, at survival.adult.to_months): got 120; expected 0, no end.",
    ),
    "two classes without end": (
        swap("to_months = 36", "to_months = 0"),
        "two classes without end (in FILE, at survival.young.to_months): got 0; expected an end for all but the oldest class.",
    ),
    "class ends before it begins": (
        swap("to_months = 36", "to_months = 6"),
        "a class ends before it begins (in FILE, at survival.young.to_months): got 6; expected more than 12 months.",
    ),
    "first class does not begin at birth": (
        swap("from_months = 0", "from_months = 1"),
        "a gap between classes (in FILE, at survival.cub.from_months): got 1; expected 0 months.",
    ),
    "months not whole": (
        swap("to_months = 36", "to_months = 36.5"),
        "not a number of months (in FILE, at survival.young.to_months): got 36.5; expected a whole number from 0 to 600.",
    ),
    "class name with a dot": (
        swap("[survival.cub]", '[survival."c.b"]'),
        'not a name for a class (in FILE, at survival.c.b): got "c.b"; expected small letters, digits and _, a letter first.',
    ),
    "unknown word of variation": (
        swap('variation = "cub"', 'variation = "cubs"'),
        'not one of the words allowed here (in FILE, at survival.cub.variation): got "cubs"; expected "cub" or "adult" or "none". Did you mean "cub"?',
    ),
    "distribution of variation lacks": (
        swap('[variation]\ndistribution = "uniform"', "[variation]"),
        'a key is missing (in FILE, at variation.distribution); expected "logit_normal" or "uniform".',
    ),
    "shares of an unknown class": (
        swap("[shares.old.people]", "[shares.older.people]", LEOPARD),
        'unknown key (in FILE, at shares.older); expected one of cub_0_3, cub_3_6, cub_6_12, juvenile, subadult, adult, old. Did you mean "old"?',
    ),
    "class without shares": (
        LEOPARD[: LEOPARD.index("[shares.old.infanticide]")] + LEOPARD[LEOPARD.index("[killing.adult]") :],
        "a class has no shares (in FILE, at shares.old); expected shares of every class in [survival].",
    ),
    "independence ends before it begins": (
        line("life_history.independence_first", "value", "value = 3"),
        "life_history.independence_first is more than life_history.independence_last (in FILE, at life_history.independence_first): got 3.0; expected at most 0.",
    ),
    "broken line": (
        swap('unit = "month"', "unit = month"),
        'the species file is not valid TOML: Invalid value (in FILE, at line 15): got "unit = month".',
    ),
    "unclosed text": (
        swap('unit = "month"', 'unit = "month'),
        'the species file is not valid TOML: Illegal character \'\\n\' (in FILE, at line 15): got "unit = "month".',
    ),
    "shares above one": (
        swap(
            "value = 0.05",
            "value = 0.15",
            swap("value = 0.29", "value = 0.9", swap("high = 0.5\n", "high = 1.0\n", LEOPARD[:])),
        ),
        "shares of a hazard sum to more than 1 (in FILE, at shares.cub_0_3): got 1.05; expected at most 1.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_message(name: str, tmp_path: Path) -> None:
    text, expected = CASES[name]
    file = tmp_path / "species.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_species(file)
    assert str(caught.value).replace(str(file), "FILE") == expected
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
