"""Map, growth curve and ladder say the same as their numbers, keep few supporters hidden and stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from orientalis_site import charts
from orientalis_site.charts import Chart, letters
from orientalis_site.charts.supporters_map import edges, grouped
from orientalis_site.charts.world_map import FILE, world
from orientalis_site.kit import countries
from orientalis_site.petition.ladder import Rung, ladder

LANGUAGES = ("en", "ru", "zh-hans")
TODAY = date(2026, 11, 24)
GOALS = [100, 500, 1000, 2500, 5000, 10_000, 25_000]
MANY = {code: 3 * place + 1 for place, code in enumerate(countries.CODES)} | {"RU": 123_456, "CN": 41_000}
THREE_YEARS = {(TODAY - timedelta(days=back)).isoformat(): back % 17 - 1 for back in range(1095)}

DRAWN: dict[str, Callable[[], Chart]] = {
    "nobody": lambda: charts.supporters_map({}),
    "one": lambda: charts.supporters_map({"RU": 1}),
    "one country": lambda: charts.supporters_map({"RU": 5}),
    "a small one": lambda: charts.supporters_map({"SG": 900, "GF": 9}),
    "some": lambda: charts.supporters_map({"RU": 40, "CN": 22, "NL": 9, "SG": 6, "MT": 2, "DE": 1}),
    "all": lambda: charts.supporters_map(MANY),
    "no day": lambda: charts.growth({}, GOALS, TODAY),
    "a day": lambda: charts.growth({"2026-11-24": 3}, GOALS, TODAY),
    "up and down": lambda: charts.growth({"2026-11-20": 120, "2026-11-23": -40}, GOALS, TODAY),
    "all gone": lambda: charts.growth({"2026-11-20": 120, "2026-11-23": -120}, GOALS, TODAY),
    "three years": lambda: charts.growth(THREE_YEARS, GOALS, TODAY),
    "elsewhere": lambda: charts.growth({"2026-11-20": 120}, GOALS, TODAY, elsewhere=1870),
    "closed": lambda: charts.growth({"2026-10-20": 7}, GOALS, TODAY, closed=date(2026, 11, 1)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_drawings_are_well_formed_inside_and_small(name: str, language: str) -> None:
    with translation.override(language):
        chart = DRAWN[name]()
    for drawing in (chart.wide, chart.narrow):
        root = ElementTree.fromstring(drawing)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        assert len(drawing) < 32_000 and root.get("aria-label") == chart.alt
        assert not re.search(r"nan|inf|style=|<script", drawing)
        size = 13.0 if "chart-wide" in drawing else 12.5
        for text in (one for one in root.iter() if one.tag.endswith("}text")):
            words, x, y = text.text or "", float(text.get("x", 0)), float(text.get("y", 0))
            room = letters.width(words, size)
            left = {"middle": x - room / 2, "end": x - room}.get(text.get("text-anchor", ""), x)
            assert left >= -2 and left + room <= width + 4 and 0 < y <= height, words
    assert chart.title and chart.table.rows and "%(" not in chart.title + chart.subtitle + chart.caption + chart.alt


def test_countries_with_few_supporters_are_neither_drawn_nor_named() -> None:
    few, enough = "M" + world().countries["DE"].outline[1:], world().countries["FR"].outline
    chart = charts.supporters_map({"FR": 5, "DE": 4, "MC": 3})
    root = ElementTree.fromstring(chart.wide)
    shaded = [one.get("d") for one in root.iter() if (one.get("class") or "").startswith("from-")]
    assert enough in shaded and few not in shaded
    assert not any(one.tag.endswith("circle") for one in root.iter())
    said = f"{chart.title}{chart.alt}{chart.caption}{chart.table}"
    assert "Germany" not in said and "Monaco" not in said
    assert [row[1].value for row in chart.table.rows] == [5, 7]


def test_the_table_adds_up_to_all_supporters() -> None:
    counts = MANY | {"??": 12}
    held = grouped(counts)
    rows = charts.supporters_map(counts).table.rows
    assert held.total == sum(counts.values()) == sum(row[1].value or 0 for row in rows)
    assert "??" not in dict(held.named) and held.other_countries == sum(count < 5 for count in MANY.values()) + 1


def test_a_country_too_small_for_an_outline_is_a_dot_or_told_of() -> None:
    root = ElementTree.fromstring(DRAWN["a small one"]().wide)
    assert sum(one.tag.endswith("circle") for one in root.iter()) == 1
    assert "1 place has no outline" in DRAWN["a small one"]().caption


@pytest.mark.parametrize("top", [5, 6, 20, 99, 100, 12_345, 3_000_000])
def test_classes_are_few_and_rising(top: int) -> None:
    held = edges(top)
    assert held[0] == 5 and held == sorted(set(held)) and 1 <= len(held) <= 5 and held[-1] <= top


def test_outlines_are_small_and_of_known_countries() -> None:
    assert FILE.stat().st_size <= 40_000
    held = world()
    known = {*held.countries, *held.points}
    assert known <= set(countries.CODES) and len(known) > 230
    assert {"RU", "CN", "KR", "KP", "US", "TW", "FR", "NO"} <= set(held.countries)
    for code, one in held.countries.items():
        steps = [abs(int(step)) for step in re.findall(r"-?\d+", re.sub(r"M\d+ \d+", "", one.outline))]
        assert max(steps) < held.width / 8, code  # nothing leaps from one edge of the map to the other
        x, y, room = one.room
        assert 0 <= x <= held.width and -1 <= y <= held.height and 0 <= room < held.width / 3, code


def _ends(chart: Chart) -> list[tuple[float, float]]:
    """The corners of the curve of the wide drawing."""
    root = ElementTree.fromstring(chart.wide)
    d = next(one.get("d", "") for one in root.iter() if one.get("class") == "growth")
    x, y = map(float, re.findall(r"^M(\S+) ([\d.]+)", d)[0])
    found = [(x, y)]
    for way, step in re.findall(r"([hv])(-?[\d.]+)", d):
        x, y = (x + float(step), y) if way == "h" else (x, y + float(step))
        found.append((x, y))
    return found


def test_a_withdrawal_takes_the_curve_down() -> None:
    corners = _ends(DRAWN["up and down"]())
    heights = [y for _, y in corners]
    bottom, top, last = heights[0], min(heights), heights[-1]
    assert top < last < bottom
    assert (bottom - last) / (bottom - top) == pytest.approx(80 / 120, abs=0.01)
    assert _ends(DRAWN["all gone"]())[-1][1] == bottom


def test_a_long_curve_ends_where_its_numbers_do() -> None:
    chart = DRAWN["three years"]()
    corners = _ends(chart)
    total = sum(THREE_YEARS.values())
    root = ElementTree.fromstring(chart.wide)
    ticks = [(float(one.get("y", 0)) - 13 * 0.35, one.text or "") for one in root.iter() if one.get("class") == "tick"]
    levels = {int(words.replace("\u202f", "")): y for y, words in ticks if re.fullmatch("[\\d\u202f]+", words)}
    top = max(levels)
    expected = levels[0] + (levels[top] - levels[0]) * total / top
    assert corners[-1][1] == pytest.approx(expected, abs=0.3)
    assert all(later[0] >= earlier[0] for earlier, later in zip(corners, corners[1:], strict=False))
    assert chart.table.rows[-1][2].value == total and len(chart.table.rows) == 37


def test_what_was_counted_elsewhere_is_below_the_curve() -> None:
    chart = DRAWN["elsewhere"]()
    assert chart.table.rows[-1][2].value == 1990 and chart.title == "120 supporters in 5 days"
    assert "elsewhere" in chart.subtitle


def test_goals_once_reached_stay_reached() -> None:
    days = {"2026-11-01": 90, "2026-11-02": 20, "2026-11-03": -30}
    assert ladder([100, 500, 1000, 2500, 5000], 0, days, is_running=True) == [
        Rung(100, True, date(2026, 11, 2)), Rung(500, False), Rung(1000, False), Rung(2500, False)
    ]  # fmt: skip
    assert ladder([100, 500], 0, days, is_running=False) == [Rung(100, True, date(2026, 11, 2))]
    assert ladder([100, 2000], 1870, {"2026-11-01": 130}, is_running=True) == [
        Rung(100, True, None, True), Rung(2000, True, date(2026, 11, 1))
    ]  # fmt: skip
    assert ladder([], 0, {}, is_running=True) == []


def test_no_message_of_these_drawings_holds_a_digit() -> None:
    for name in ("supporters_map.py", "growth.py"):
        tree = ast.parse((Path(charts.__file__).parent / name).read_text(encoding="utf-8"))
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
        said = [arg.value for one in calls if one.func.id in ("_", "ngettext", "pgettext") for arg in one.args
                if isinstance(arg, ast.Constant)]  # fmt: skip
        assert said and not [words for words in said if re.search(r"\d", str(words))]
