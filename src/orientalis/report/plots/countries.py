"""The future by country, with the counts made there: never summed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orientalis.analysis.numbers import bands, single_futures
from orientalis.report.answers import Answers
from orientalis.report.observed import AREAS, counts
from orientalis.report.plots.band_panel import AXIS_ROOM, LABEL_ROOM, fan_height, fan_panel
from orientalis.report.plots.plot import Drawing, Plot, beside, nice_top, panel_width
from orientalis.report.theme import Theme
from orientalis.report.words import listed, number, span


@dataclass(frozen=True)
class CountryTable:
    """Bands, futures and counts by area, for the baseline."""

    bands: pd.DataFrame
    futures: pd.DataFrame
    counts: pd.DataFrame
    areas: tuple[str, ...]
    start_year: int | None
    footnote: str


def read(answers: Answers) -> CountryTable | None:
    """The baseline's numbers in each country that the run kept apart."""
    panel = answers.baseline.panel
    areas = tuple(name for name in AREAS if panel.has(name))
    if not areas:
        return None
    fans = pd.concat(
        [bands(panel.over_one_year(a), answers.baseline.label, AREAS[a]) for a in areas], ignore_index=True
    )
    singles = pd.concat(
        [single_futures(panel.over_one_year(a), 8, answers.baseline.label, AREAS[a]) for a in areas], ignore_index=True
    )
    offset = answers.start_year or 0
    seen = pd.concat([counts(answers.species, a) for a in areas], ignore_index=True)
    seen = seen if answers.start_year is not None else seen.iloc[:0]
    return CountryTable(
        fans.assign(x=fans["year"] + offset),
        singles.assign(x=singles["year"] + offset),
        seen.assign(x=seen["year"]),
        tuple(AREAS[a] for a in areas),
        answers.start_year,
        answers.footnote([answers.baseline]),
    )


def _final(table: CountryTable) -> pd.DataFrame:
    last: pd.DataFrame = table.bands[table.bands["year"] == table.bands["year"].max()]
    return pd.DataFrame(last.set_index("area"))


def title(table: CountryTable) -> str:
    """The medians at the end."""
    final = _final(table)
    parts = [f"{number(float(final['median'][area]))} in {area}" for area in table.areas]
    return f"Half of the futures end below {listed(parts)}"


def subtitle(table: CountryTable) -> str:
    """What is drawn."""
    dots = ". Dots: counts in the field (full: camera traps; open: tracks, genetics)" if len(table.counts) else ""
    return f"Animals of 12 months or more in December; bands 80 and 95 % of futures{dots}"


def caption(table: CountryTable) -> str:
    """How to read it."""
    text = "Medians of the two countries do not add up to the median of the whole. "
    if len(table.counts):
        names = listed(sorted(set(table.counts["source"])))
        text += (
            "Counts of unlike method, area and class are not one series, and an animal that crosses the border is "
            "counted on both sides: never add them. No count after 2017 was used to set anything in the model. "
            f"Counts: {names}. "
        )
    return text + table.footnote


def alt_text(table: CountryTable) -> str:
    """The chart in words."""
    parts = [
        f"{area}: median {number(row['median'])}, 95 % of futures {span(row['low95'], row['high95'])}"
        for area, row in _final(table).iterrows()
    ]
    return "Fan charts by country. At the end, " + "; ".join(parts) + "."


def short(table: CountryTable) -> pd.DataFrame:
    """Medians and 5-95 % style spans at a few years, then the counts."""
    last = int(table.bands["year"].max())
    rows = table.bands[table.bands["year"].isin({0, 25, 50, last})]
    runs = pd.DataFrame(
        {
            "area": rows["area"],
            "year": rows["x"].map(str),
            "what": "median of futures",
            "animals": rows["median"].map(number),
            "95 % of futures, or range published": [
                span(a, b) for a, b in zip(rows["low95"], rows["high95"], strict=True)
            ],
        }
    )
    seen = table.counts
    counted = pd.DataFrame(
        {
            "area": seen["area"],
            "year": seen["year"].map(str),
            "what": "count, " + seen["method"].astype(str),
            "animals": [number(v) if v == v else "" for v in seen["estimate"]],
            "95 % of futures, or range published": [
                span(a, b) if a != b else "" for a, b in zip(seen["low"], seen["high"], strict=True)
            ],
        }
    )
    return pd.concat([runs, counted], ignore_index=True)


def spec(table: CountryTable, theme: Theme, width: int) -> Drawing:
    """One panel a country, one scale."""
    count = len(table.areas)
    tops = [
        float(table.bands["high95"].max()) * 1.04,
        float(table.counts["high"].max()) * 1.05 if len(table.counts) else 0.0,
    ]
    top = nice_top(max(value for value in tops if value == value), 10)
    inner = panel_width(width, count, AXIS_ROOM + LABEL_ROOM)
    first = int(min([table.bands["x"].min(), *table.counts["x"].tolist()]))
    panels = [
        fan_panel(
            table.bands[table.bands["area"] == area],
            table.futures[table.futures["area"] == area],
            table.counts[table.counts["area"] == area],
            heading=area,
            top=top,
            width=inner,
            height=fan_height(width, count),
            theme=theme,
            present=table.start_year,
            colour=theme.coat,
            x_title="" if table.start_year else "years from the start",
            first_year=first,
        )
        for area in table.areas
    ]
    return beside(panels, width)


def frame(table: CountryTable) -> pd.DataFrame:
    """Bands, then counts, told apart by the column `kind`."""
    return pd.concat([table.bands.assign(kind="run"), table.counts.assign(kind="count")], ignore_index=True)


PLOT = Plot("countries", "answer", read, title, subtitle, caption, alt_text, frame, short, spec)
