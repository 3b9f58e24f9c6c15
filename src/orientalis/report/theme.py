"""The colours and type of every plot and of the report: one place (tokens as in the house's rules for looks)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import altair as alt

SANS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif"
BAND_80, BAND_95 = 0.28, 0.12
THOUSANDS = "replace(format(datum.value, ','), ',', '\u202f')"
WIDE, NARROW = 680, 328
SMALL = 480


@dataclass(frozen=True)
class Theme:
    """Colour tokens: paper and ink for ground and text, quiet for rules; coat, forest, frost, ember for marks only."""

    paper: str
    ink: str
    quiet: str
    coat: str
    forest: str
    frost: str
    ember: str


LIGHT = Theme("#FBF8F2", "#1F2224", "#6B6A65", "#B8742A", "#2F6B4F", "#4A7C9B", "#B5372B")
DARK = Theme("#14171A", "#E9E4DA", "#A5A29A", "#E0A458", "#6FB391", "#8DBAD3", "#E97A66")


def css_variables(theme: Theme) -> str:
    """The tokens as CSS custom properties."""
    return " ".join(f"--{field.name}: {getattr(theme, field.name)};" for field in fields(theme))


def with_variables(svg: str, theme: Theme = LIGHT) -> str:
    """The SVG with each token's colour replaced by its CSS variable, so that one drawing serves light and dark."""
    for field in fields(theme):
        svg = re.sub(re.escape(getattr(theme, field.name)), f"var(--{field.name})", svg, flags=re.IGNORECASE)
    return svg


def config(theme: Theme) -> dict[str, Any]:
    """The Vega-Lite configuration: few grid lines, quiet axes, no frame."""
    return {
        "font": SANS,
        "background": theme.paper,
        "padding": 6,
        "view": {"stroke": None},
        "axis": {
            "labelColor": theme.ink,
            "labelFontSize": 12,
            "titleColor": theme.quiet,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "domainColor": theme.quiet,
            "tickColor": theme.quiet,
            "tickSize": 4,
            "gridColor": theme.quiet,
            "gridOpacity": 0.22,
            "gridWidth": 0.6,
            "labelPadding": 4,
            "labelLimit": 260,
        },
        "axisX": {"grid": False},
        "axisY": {
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleBaseline": "bottom",
            "titleY": -8,
            "titleX": 0,
        },
        "title": {
            "color": theme.ink,
            "subtitleColor": theme.quiet,
            "fontSize": 16,
            "subtitleFontSize": 12.5,
            "fontWeight": 600,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
            "subtitlePadding": 5,
            "font": SERIF,
            "subtitleFont": SANS,
            "lineHeight": 20,
            "subtitleLineHeight": 16,
        },
        "text": {"color": theme.ink, "fontSize": 12, "font": SANS},
        "concat": {"spacing": 26},
    }


def panel_title(text: str, theme: Theme, offset: int = 8) -> alt.TitleParams:
    """The small heading over one of several panels."""
    return alt.TitleParams(
        text, fontSize=12.5, fontWeight=600, color=theme.ink, anchor="start", font=SANS, offset=offset, frame="group"
    )
