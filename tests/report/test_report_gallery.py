"""Every plot, over every kind of run: it draws, it has words, and its table is not empty."""

import json
import re

import pytest

from orientalis.report.answers import Answers
from orientalis.report.plots import all_plots
from orientalis.report.plots.plot import Figure
from orientalis.report.render import inline_svg, to_png, to_svg, write_files
from orientalis.report.theme import DARK, LIGHT, NARROW, WIDE

PLOTS = all_plots()


def test_registry_is_not_empty() -> None:
    assert {"fan", "extinction", "stages", "causes", "range_map", "start", "capacity", "paired"} <= set(PLOTS)


def test_full_run_has_every_plot(full: Answers) -> None:
    assert [name for name, plot in PLOTS.items() if plot.read(full) is None] == []


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_plot_draws_for_every_run(name: str, answers: Answers) -> None:
    table = PLOTS[name].read(answers)
    if table is None:
        return
    figure = Figure(PLOTS[name], table)
    for text in (figure.title, figure.subtitle, figure.caption, figure.alt_text):
        assert text and "nan" not in text.lower().split() and "None" not in text.split()
    assert len(figure.short) > 0 and len(figure.frame) > 0
    for theme in (LIGHT, DARK):
        for width in (WIDE, NARROW):
            content = json.dumps(figure.drawing(theme, width), allow_nan=True)
            assert "http" not in content.replace("https://vega.github.io/schema", "")


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_plot_renders(name: str, full: Answers) -> None:
    figure = Figure(PLOTS[name], PLOTS[name].read(full))
    svg = to_svg(figure.drawing(LIGHT, NARROW, titled=True))
    assert svg.startswith("<svg") and "NaN" not in svg
    assert to_png(svg).startswith(b"\x89PNG")
    width = float(re.search(r'width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    assert width <= NARROW + 40


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_inline_drawing_follows_the_page(name: str, full: Answers) -> None:
    svg = inline_svg(Figure(PLOTS[name], PLOTS[name].read(full)), WIDE)
    assert "var(--" in svg and LIGHT.ink not in svg and LIGHT.coat not in svg
    assert all(mark.startswith(f"{name.replace('_', '-')}-{WIDE}-") for mark in re.findall(r'\sid="([^"]+)"', svg))


def test_files_lie_beside_the_report(full: Answers, tmp_path) -> None:  # type: ignore[no-untyped-def]
    paths = write_files(Figure(PLOTS["fan"], PLOTS["fan"].read(full)), tmp_path / "report")
    assert [path.name for path in paths] == ["fan.svg", "fan.png", "fan.csv"]
    assert paths[2].read_text(encoding="utf-8").splitlines()[0].startswith("scenario,")
    assert "Half of the futures" in paths[0].read_text(encoding="utf-8")
