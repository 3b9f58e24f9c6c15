"""The drawings: well formed, allowed by the strictest policy, small, and true to the records they are drawn from."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import django
import pytest
from django.conf import settings
from django.utils import translation

from orientalis.evidence import Count, Finding, Interval, Raster, Series
from orientalis_site import charts
from orientalis_site.charts import Chart
from orientalis_site.charts.cells import outline
from orientalis_site.charts.scales import apart, ticks_from_zero
from orientalis_site.charts.simplify import simplified
from orientalis_site.charts.svg import steps
from tests.site.evidence import SHIPPED, shipped

if not settings.configured:
    settings.configure(USE_I18N=True, LANGUAGES=[(code, code) for code in ("en", "ru", "zh-hans")])
    django.setup()

SOURCES = SHIPPED.parent / "charts"
STATIC = SHIPPED.parent / "static" / "site"
LANGUAGES = ("en", "ru", "zh-hans")
RUN = shipped().series["fan.status_quo"].run_hash
DATE = shipped().manifest.date


def _findings(*keys: str) -> list[Finding]:
    return [one for one in shipped().findings.values() if one.key in keys]


def _russia() -> list[Count]:
    return [one for one in shipped().counts.values() if one.zone == "russia" and one.group == "adults"]


def _series(key: str = "fan", n: int = 1, **columns: tuple[float | None, ...]) -> Series:
    units = dict.fromkeys(columns, "1")
    return Series(id=f"{key}.x", key=key, parameters={}, columns=columns, units=units, n=n, method="m",
                  run_hash=RUN, assumed=False, date=DATE)  # fmt: skip


def _raster(cells: tuple[tuple[int, int, tuple[int, ...]], ...], scale: int = 1) -> Raster:
    parameters = {"scenario": "x", "year": 2123}
    return Raster(id="occupancy.x.2123", key="occupancy", parameters=parameters, layer_class="modelled",
                  unit="share", scale=scale, cells=cells, n=scale)  # fmt: skip


DRAWN: dict[str, Callable[[], Chart]] = {
    "fan": lambda: charts.fan(shipped().series["fan.status_quo"], (), 2023),
    "fan_petition": lambda: charts.fan(shipped().series["fan.petition_start"], (), 2023),
    "fan_russia": lambda: charts.fan(shipped().series["fan_russia.status_quo"], _russia(), 2023),
    "extinction": lambda: charts.extinction(shipped().series["extinction.status_quo"], 2023),
    "extinction_petition": lambda: charts.extinction(shipped().series["extinction.petition_start"], 2023),
    "map": lambda: charts.occupancy_map(
        shipped().landscape, shipped().rasters, shipped().rasters["occupancy.status_quo.2123"]
    ),
    "certainty": lambda: charts.certainty(_findings("extinct", "extinct_draws")),
    "certainty_few": lambda: charts.certainty(_findings("below_adults_20", "below_adults_20_draws")),
    "moves": lambda: charts.moves(_findings("adults_median")),
    "counted": lambda: charts.counted(list(shipped().counts.values())),
}


def _chance(value: float | None, covers: str = "simulation_error", **ends: float | None) -> Finding:
    interval = Interval.model_validate({**ends, "level": 0.95 if ends else None, "covers": covers})
    return Finding(id=f"extinct.x.{covers}", key="extinct", parameters={"scenario": "x", "year": 2123}, value=value,
                   interval=interval, unit="share", n=1, method="m", run_hash=RUN, sources=(), assumed=False,
                   date=DATE)  # fmt: skip


def _count(**given: object) -> Count:
    held = {"id": "count.x", "year": 2000, "area": "Here", "zone": "", "group": "all", "estimate": None, "low": None}
    held |= {"high": None, "method": "guess", "standing": "recalled", "source": "assumed"}
    return Count.model_validate({**held, **given})


FAN_COLUMNS = ("low95", "low80", "median", "high80", "high95", "future_1")
ZEROS = dict.fromkeys(FAN_COLUMNS, (0.0, 0.0, 0.0))
GAPS = {**dict.fromkeys(FAN_COLUMNS, (None, 3.0, None)), "year": (2023.0, 2024.0, 2025.0)}
DEGENERATE: dict[str, Callable[[], Chart]] = {
    "fan of zeros": lambda: charts.fan(_series(year=(0.0, 1.0, 2.0), **ZEROS), (), 2023),
    "fan without a calendar": lambda: charts.fan(_series(year=(0.0, 1.0, 2.0), **ZEROS)),
    "fan of one year": lambda: charts.fan(_series(year=(2023.0,), **dict.fromkeys(FAN_COLUMNS, (5.0,))), (), 2023),
    "fan with gaps": lambda: charts.fan(_series(**GAPS), (), 2023),
    "fan of nothing": lambda: charts.fan(_series(year=(2023.0, 2024.0), median=(None, None)), (), 2023),
    "fan without years": lambda: charts.fan(_series(year=()), (), 2023),
    "fan with empty counts": lambda: charts.fan(_series(year=(0.0, 1.0, 2.0), **ZEROS), (_count(),), 2023),
    "extinction of zeros": lambda: charts.extinction(_series("extinction", year=(0.0, 1.0), extinct=(0.0, 0.0)), 2023),
    "extinction of one": lambda: charts.extinction(
        _series("extinction", year=(0.0,), extinct=(1.0,), extinct_low=(0.2,), extinct_high=(1.0,)), 2023
    ),
    "extinction of nothing": lambda: charts.extinction(_series("extinction", year=(), extinct=()), 2023),
    "extinction with gaps": lambda: charts.extinction(
        _series("extinction", year=(0.0, 1.0), extinct=(0.0, None), extinct_low=(None, 0.1), extinct_high=(0.1, 0.2))
    ),
    "map of nothing": lambda: charts.occupancy_map(shipped().landscape, {}, _raster(())),
    "map of one replicate": lambda: charts.occupancy_map(shipped().landscape, {}, _raster(((3, 4, (1, 1)),))),
    "no landscape": lambda: charts.occupancy_map(None, {}, _raster(((3, 4, (1, 1)),))),
    "certainty of nothing": lambda: charts.certainty([]),
    "certainty without ends": lambda: charts.certainty([_chance(None, "none"), _chance(None, "parameter_draws")]),
    "certainty of very unlike ends": lambda: charts.certainty(
        [_chance(0.001, low=0.0005, high=0.002), _chance(0.1, "parameter_draws", low=0.001, high=0.4)]
    ),
    "moves of nothing": lambda: charts.moves([]),
    "moves of zero": lambda: charts.moves([_chance(0.0, low=0.0, high=0.0)]),
    "no counts": lambda: charts.counted([]),
    "counts without numbers": lambda: charts.counted([_count(), _count(low=0.0), _count(high=4.0)]),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    with translation.override(request.param):
        yield request.param


def _assert_allowed(markup: str) -> ElementTree.Element:
    """Well formed, and nothing that a strict policy or a second copy on the page would break."""
    root = ElementTree.fromstring(markup)
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        assert tag in {"svg", "g", "path", "rect", "circle", "text"}, tag
        for name, value in element.attrib.items():
            assert name not in {"style", "id", "href"} and not name.startswith("on"), name
            assert "url(" not in value and "nan" not in value.lower().split(), (name, value)
            if name in {"d", "x", "y", "cx", "cy", "r", "width", "height"}:
                assert not re.search(r"\.\d\d|nan|inf", value), (name, value)
    return root


@pytest.mark.parametrize("name", DRAWN)
def test_drawings_are_allowed_everywhere_and_say_what_they_show(name: str, language: str) -> None:
    chart = DRAWN[name]()
    wide, narrow = _assert_allowed(chart.wide), _assert_allowed(chart.narrow)
    assert wide.get("viewBox", "").startswith("0 0 680 ") and "chart-wide" in wide.get("class", "")
    assert narrow.get("viewBox", "").startswith("0 0 328 ") and "chart-narrow" in narrow.get("class", "")
    for root in (wide, narrow):
        assert root.get("role") == "img" and root.get("aria-label") == chart.alt
        assert any(element.tag.endswith("text") for element in root.iter())
    assert chart.title and chart.subtitle and chart.caption and chart.table.rows
    assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_records_are_drawn_without_a_fault(name: str) -> None:
    chart = DEGENERATE[name]()
    for markup in (chart.wide, chart.narrow):
        if markup:
            _assert_allowed(markup)
    assert chart.title
    assert bool(chart.wide) == (name != "no landscape")


@pytest.mark.parametrize("name", DRAWN)
def test_drawings_are_small(name: str) -> None:
    chart = DRAWN[name]()
    most = 60_000 if name == "map" else 9 * 1024
    for markup in (chart.wide, chart.narrow):
        content = markup.encode()
        assert len(content) <= most
        assert len(gzip.compress(content)) <= 18_000


def test_script_and_styles_are_small_and_load_nothing() -> None:
    script, styles = (STATIC / name for name in ("readout.js", "charts.css"))
    assert len(gzip.compress(script.read_bytes())) <= 3_200
    assert len(gzip.compress(styles.read_bytes())) <= 2_600
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"\bimport\b|innerHTML|eval|https?:|\.style\b", text)
    assert not re.search(r"url\(|@import|#[0-9a-f]{6}", styles.read_text(encoding="utf-8"))


def _msgids() -> Iterator[tuple[Path, str]]:
    for path in sorted(SOURCES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if called not in {"_", "gettext", "ngettext", "pgettext", "npgettext"}:
                continue
            assert isinstance(node, ast.Call)
            first = 1 if called in {"pgettext", "npgettext"} else 0
            for argument in node.args[first : first + (2 if called in {"ngettext", "npgettext"} else 1)]:
                assert isinstance(argument, ast.Constant) and isinstance(argument.value, str), (path, node.lineno)
                yield path, argument.value


def test_no_digit_stands_in_a_text_to_translate() -> None:
    texts = list(_msgids())
    assert len(texts) > 100
    for path, text in texts:
        assert not any(character.isdecimal() for character in text), (path.name, text)


def _rows(chart: Chart) -> list[list[float | None]]:
    return [[cell.value for cell in row] for row in chart.table.rows]


def test_every_number_of_the_fans_table_is_the_record_s() -> None:
    series = shipped().series["fan.status_quo"]
    names = ("year", "median", "low80", "high80", "low95", "high95")
    held = list(zip(*(series.columns[name] for name in names), strict=True))
    assert [tuple(row) for row in _rows(DRAWN["fan"]())] == [held[row] for row in (0, 10, 25, 50, 75, 100)]


def test_every_number_of_the_extinction_table_is_the_record_s() -> None:
    series = shipped().series["extinction.petition_start"]
    measures = ("extinct", "below_females_5", "below_adults_10", "below_adults_20", "below_adults_50")
    names = ["year"] + [f"{measure}{end}" for measure in measures for end in ("", "_low", "_high")]
    held = list(zip(*(series.columns[name] for name in names), strict=True))
    assert [tuple(row) for row in _rows(DRAWN["extinction_petition"]())] == [
        held[row] for row in (0, 10, 25, 50, 75, 100)
    ]


def test_every_number_of_the_other_tables_is_the_record_s() -> None:
    ends = {
        (one.value, one.interval.low, one.interval.high, one.interval.level, one.n)
        for one in _findings("extinct", "extinct_draws")
    }
    assert {tuple(row[2:]) for row in _rows(DRAWN["certainty"]())} == ends
    medians = {
        (one.value, one.interval.low, one.interval.high, one.interval.level, one.n)
        for one in _findings("adults_median")
    }
    assert {tuple(row[1:]) for row in _rows(DRAWN["moves"]())} == medians
    counts = sorted((one.year, one.estimate, one.low, one.high) for one in shipped().counts.values() if one.estimate)
    assert sorted(tuple(row[1:5]) for row in _rows(DRAWN["counted"]()) if row[2]) == counts
    assert len(_rows(DRAWN["counted"]())) == len(shipped().counts)


def test_the_maps_areas_are_those_of_the_raster_and_of_the_finding() -> None:
    raster = shipped().rasters["occupancy.status_quo.2123"]
    values = [value / raster.scale for _row, _first, run in raster.cells for value in run]
    edges = (0.01, 0.1, 0.25, 0.5, 0.75)
    area = [[edge, 4.0 * sum(value >= edge for value in values)] for edge in edges]
    assert _rows(DRAWN["map"]()) == area
    finding = shipped().find("occupied_area", scenario="status_quo", year=2123)
    assert finding is not None and finding.value == area[3][1]


def test_an_outline_holds_exactly_its_cells() -> None:
    raster = shipped().rasters["occupancy.status_quo.2123"]
    cells = frozenset((row, first + i) for row, first, run in raster.cells for i in range(len(run)))
    assert _area(outline(cells)) == len(cells)
    ring = frozenset((row, column) for row in range(3) for column in range(3)) - {(1, 1)}
    assert outline(ring).count("M") == 2 and _area(outline(ring)) == 8
    corners = frozenset({(0, 0), (1, 1)})
    assert _area(outline(corners)) == 2


def _area(path: str) -> float:
    """The area of a path of M, h, v, z in whole numbers; holes run the other way."""
    total = 0.0
    for part in re.findall(r"M[^M]*", path):
        (x, y), points = map(int, part[1:].split("h")[0].split("v")[0].split()), []
        points.append((x, y))
        for letter, numbers in re.findall(r"([hv])([-\d ]+)", part):
            for number in numbers.split():
                x, y = (x + int(number), y) if letter == "h" else (x, y + int(number))
                points.append((x, y))
        ahead = points[1:] + points[:1]
        total += sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, ahead, strict=True)) / 2
    return total


def test_curves_follow_their_numbers() -> None:
    series = _series(year=(2023.0, 2024.0, 2025.0), median=(0.0, 100.0, 50.0))
    root = ElementTree.fromstring(charts.fan(series, (), 2023).wide)
    median = next(element for element in root.iter() if element.get("class") == "median")
    left, top, width, height = map(float, root.get("data-plot", "").split())
    low = round(4 * height)
    assert root.get("data-top") == "100" and root.get("data-years") == "2023 2025"
    assert median.get("d") == f"M0 {low}l1-{low} 1 {round(2 * height)}"


def test_counts_before_the_start_widen_the_axis() -> None:
    root = ElementTree.fromstring(DRAWN["fan_russia"]().wide)
    assert root.get("data-years") == f"{min(one.year for one in _russia())} 2123"
    dots = [element for element in root.iter() if element.get("class", "").startswith("count")]
    assert sum(element.tag.endswith("circle") for element in dots) == len(_russia())


def test_labels_are_moved_apart_and_kept_inside() -> None:
    assert apart([10, 50], 20, 0, 100) == [10, 50]
    assert apart([50, 50], 20, 0, 100) == [40, 60]
    assert apart([95, 99, 100], 20, 0, 100) == [60, 80, 100]
    assert apart([0, 0, 100, 100], 20, 0, 100) == [0, 20, 80, 100]
    crowded = apart([100, 90, 80, 100, 5], 25, 0, 100)
    assert sorted(crowded) == [0, 25, 50, 75, 100]


def test_axes_have_round_numbers() -> None:
    assert ticks_from_zero(800) == [0, 200, 400, 600, 800]
    assert ticks_from_zero(3, is_whole=True) == [0, 1, 2, 3]
    assert ticks_from_zero(0.136)[-1] == 0.15
    assert ticks_from_zero(0) == [0, 1]


def test_paths_are_written_in_short_steps() -> None:
    assert steps([(0, 5), (1, 2), (2, 4), (3, 4), (3, 9)]) == "M0 5l1-3 1 2h1v5"
    assert steps([(0, 0), (2, 0), (2, 2), (0, 2)], is_closed=True) == "M0 0h2v2h-2z"


def test_simplified_lines_stay_close() -> None:
    points = [(x, (x * x) % 7) for x in range(50)]
    assert simplified(points, 0) == points
    assert simplified([(0, 0), (5, 1), (10, 0)], 2) == [(0, 0), (10, 0)]
