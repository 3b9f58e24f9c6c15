"""What a share image says: words that are ready in the reader's language, and the series that its chart draws."""

from __future__ import annotations

from dataclasses import dataclass

from orientalis.evidence import Series

LANGUAGES = ("en", "ru", "zh-hans")
WIDTH, HEIGHT, MARGIN = 1200, 630, 60


@dataclass(frozen=True)
class Card:
    """One image. Texts are plain; `number_text`, `interval_text`, `footer` and `kicker` may be empty.

    Only the title is shortened where it is too long, never a number. `series` has the column year and any of low95,
    low80, median, high80, high95, future_1, future_2 …; without it the number has the whole width. `progress` is the
    share of a bar that is filled, from 0 to 1; none: no bar.
    """

    kicker: str
    title: str
    number_text: str
    interval_text: str
    series: Series | None
    footer: str
    progress: float | None = None
