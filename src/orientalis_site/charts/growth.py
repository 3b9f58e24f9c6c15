"""How a petition grew: supporters day by day as steps, with the goals that were reached and the one that is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from orientalis_site.charts import letters, svg
from orientalis_site.charts.chart import Cell, Chart, Table, number_cell, text_cell
from orientalis_site.charts.frame import GAP, LOOKS, EndLabel, Frame, Look, end_labels, label_room
from orientalis_site.charts.scales import Scale, ticks_from_zero
from orientalis_site.charts.words import sentences
from orientalis_site.kit.numerals import day as day_words
from orientalis_site.kit.numerals import number, signed

NEAR = 2.5
"""The next goal is drawn where it is at most so many times the count, so that it does not press the curve down."""
MOST_GOALS = 3
MOST_DAYS = 45
"""A longer time is told of by months in the table."""
DAYS = {"en": "j M", "ru": "j E", "zh-hans": "n月j日"}
MONTHS = {"en": "M Y", "ru": "m.Y", "zh-hans": "Y年n月"}
WHOLE_MONTHS = {"en": "F Y", "ru": "F Y", "zh-hans": "Y年n月"}


@dataclass(frozen=True)
class Growth:
    """The change of each day on which the count changed, from the day `start` to the day `end`."""

    start: date
    end: date
    elsewhere: int
    changes: tuple[tuple[date, int], ...]
    goals: tuple[int, ...]
    is_running: bool

    @property
    def totals(self) -> tuple[tuple[date, int], ...]:
        """Day and count at its end, after the count before the first day."""
        found, total = [(self.start, self.elsewhere)], self.elsewhere
        for at, change in self.changes:
            total += change
            found.append((at, total))
        return tuple(found)

    @property
    def length(self) -> int:
        """Days from first to last, both counted."""
        return (self.end - self.start).days + 1

    @property
    def last(self) -> int:
        """The count at the end."""
        return self.elsewhere + sum(change for _, change in self.changes)

    @property
    def highest(self) -> int:
        """The highest count at the end of any day."""
        return max(total for _, total in self.totals)


def growth(
    days: Mapping[str, int],
    goals: Sequence[int],
    today: date,
    *,
    elsewhere: int = 0,
    opened: date | None = None,
    closed: date | None = None,
) -> Chart:
    """Draw the change of each day ("2026-11-24": 12) as steps up to `today`, or to the day on which it was closed."""
    held = _read(days, goals, today, elsewhere, opened, closed)
    wide, narrow = (_draw(held, look) for look in LOOKS)
    base = _("The lowest line is what had been counted elsewhere before.") if elsewhere else ""
    return Chart(
        name="growth",
        title=_title(held),
        subtitle=sentences(_("Confirmed supporters at the end of each day."), base, _next_goal(held)),
        wide=wide,
        narrow=narrow,
        alt=_alt(held),
        table=_table(held),
        data_id="",
        caption=_("Days are those of UTC. Who withdraws is taken off on the day of the withdrawal."),
    )


def _read(
    days: Mapping[str, int], goals: Sequence[int], today: date, elsewhere: int, opened: date | None, closed: date | None
) -> Growth:
    changes = tuple(sorted((date.fromisoformat(at), change) for at, change in days.items() if change))
    first = min([at for at in (opened, changes[0][0] if changes else None) if at is not None], default=today)
    end = max([first, closed or today, *(at for at, _ in changes)])
    return Growth(first, end, elsewhere, changes, tuple(sorted(set(goals))), closed is None)


def _title(held: Growth) -> str:
    if not held.changes:
        return _("Nobody has confirmed a signature yet")
    gained = held.last - held.elsewhere
    length = held.length
    people = ngettext("%(number)s supporter", "%(number)s supporters", gained) % {"number": number(gained)}
    time = ngettext("%(number)s day", "%(number)s days", length) % {"number": number(length)}
    return _("%(people)s in %(time)s") % {"people": people, "time": time}


def _next_goal(held: Growth) -> str:
    following = next((goal for goal in held.goals if goal > held.last), None)
    if following is None or not held.is_running:
        return ""
    return _("Dashed: goals; the next is %(number)s.") % {"number": number(following)}


def _alt(held: Growth) -> str:
    return _("Line in steps from %(first)s, %(start)s, to %(last)s, %(end)s.") % {
        "first": number(held.elsewhere),
        "start": day_words(held.start),
        "last": number(held.last),
        "end": day_words(held.end),
    }


def _table(held: Growth) -> Table:
    is_long = held.length > MOST_DAYS
    head = pgettext("table", "Month") if is_long else pgettext("table", "Day")
    columns = (head, pgettext("table", "Change"), pgettext("table", "Supporters at its end"))
    sums: dict[date, int] = {}
    for at, change in held.changes:
        of = at.replace(day=1) if is_long else at
        sums[of] = sums.get(of, 0) + change
    rows: list[tuple[Cell, ...]] = []
    total = held.elsewhere
    for of, change in sums.items():
        total += change
        words = _written(of, WHOLE_MONTHS) if is_long else day_words(of)
        rows.append((text_cell(words), Cell(signed(change, 0), change), number_cell(total)))
    return Table(columns, tuple(rows) or ((text_cell(_("no day yet")), number_cell(0), number_cell(total)),))


def _written(at: date, forms: Mapping[str, str]) -> str:
    return date_format(at, forms.get(get_language() or "en", forms["en"]))


def _shown_goals(held: Growth) -> list[int]:
    """The last goals that were reached and the next one, where it is near."""
    reached = [goal for goal in held.goals if held.elsewhere < goal <= held.highest]
    following = [goal for goal in held.goals if goal > held.highest][:1] if held.is_running else []
    near = [goal for goal in following if goal <= NEAR * max(held.highest, 1)]
    return (reached + near)[-MOST_GOALS:]


def _draw(held: Growth, look: Look) -> SafeString:
    goals = _shown_goals(held)
    words = pgettext("chart label", "today") if held.is_running else pgettext("chart label", "at the end")
    labels = [EndLabel(held.last, words, number(held.last), "coat")]
    labels += [EndLabel(goal, pgettext("chart label", "goal"), number(goal), "forest") for goal in goals]
    frame = _frame(held, goals, look, label_room(labels, look.size))
    left, top, width, _height = frame.box
    content = [
        _axes(frame, held),
        *(svg.line(left, frame.y(goal), left + width, frame.y(goal), "goal-line") for goal in goals),
        svg.line(left, frame.y(held.elsewhere), left + width, frame.y(held.elsewhere), "elsewhere")
        if held.elsewhere
        else "",
        _curve(frame, held),
        svg.line(left + width, top - 4, left + width, frame.y.first, "present") if held.is_running else "",
        end_labels(frame, labels),
    ]
    return svg.drawing(look.width, frame.height, look.css, _alt(held), {}, content)


def _frame(held: Growth, goals: Sequence[int], look: Look, right: float) -> Frame:
    ticks = ticks_from_zero(max([held.highest, *goals, 1]), is_whole=True)
    left = max(letters.width(number(tick), look.size) for tick in ticks) + GAP
    height = 300.0 if look.is_wide else 240.0
    x = Scale(held.start.toordinal(), held.end.toordinal() + 1, round(left), round(look.width - right))
    return Frame(look, height, x, Scale(0.0, ticks[-1], height - 26.0, 16.0), tuple(ticks), number)


def _curve(frame: Frame, held: Growth) -> str:
    """Steps in tenths of a pixel, up at the beginning of each day; of days on one pixel only the last is drawn."""
    seen: dict[int, tuple[int, int]] = {}
    first = round(10 * frame.x.first), round(10 * frame.y(held.elsewhere))
    for at, total in held.totals[1:]:
        x = frame.x(at.toordinal())
        seen[round(x)] = (round(10 * x), round(10 * frame.y(total)))
    places = [first, *seen.values(), (round(10 * frame.x.last), round(10 * frame.y(held.last)))]
    parts = []
    for (x, y), (across, down) in zip(places, places[1:], strict=False):
        parts.append(f"h{svg.px((across - x) / 10)}" if across != x else "")
        parts.append(f"v{svg.px((down - y) / 10)}" if down != y else "")
    line = f"M{svg.px(first[0] / 10)} {svg.px(first[1] / 10)}" + "".join(parts)
    area = f"{line}V{svg.px(frame.y.first)}H{svg.px(frame.x.first)}z"
    return svg.group("steps-up", svg.path(area, "under"), svg.path(line, "growth"))


def _axes(frame: Frame, held: Growth) -> str:
    left, _top, width, _height = frame.box
    size, low = frame.look.size, frame.y.first
    parts = []
    for tick in frame.y_ticks:
        at = frame.y(tick)
        parts.append(svg.line(left, at, left + width, at, "axis" if tick == 0 else "grid"))
        parts.append(svg.text(left - GAP + 2, at + size * 0.35, frame.write(tick), "tick", "end"))
    free = left - GAP
    for place, words in _days(held, width, size):
        x, half = frame.x(place), letters.width(words, size) / 2
        if x - half < free or x + half > frame.look.width:
            continue
        free = x + half + 10
        parts.append(svg.line(x, low, x, low + 4, "axis"))
        parts.append(svg.text(x, low + 6 + size, words, "tick", "middle"))
    return svg.group("axes", *parts)


def _days(held: Growth, width: float, size: float) -> list[tuple[float, str]]:
    """What is written at the axis, and where: middles of days, or first days of months, as many as have room."""
    if held.length <= 2 * MOST_DAYS:
        room = letters.width(_written(held.end, DAYS), size) + 14
        step = next((step for step in (1, 2, 7, 14, 28) if step * width / held.length >= room), 60)
        found = [held.end - timedelta(days=back) for back in range(0, held.length, step)]
        return [(at.toordinal() + 0.5, _written(at, DAYS)) for at in reversed(found)]
    room = letters.width(_written(held.end, MONTHS), size) + 14
    step = next((step for step in (1, 2, 3, 6, 12, 24) if step * 30.4 * width / held.length >= room), 60)
    months = [at for at in _months(held.start, held.end) if (at.year * 12 + at.month - 1) % step == 0]
    return [(at.toordinal(), _written(at, MONTHS)) for at in months]


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    places = [first.month - 1 + step for step in range(1, count + 1)]
    return [date(first.year + place // 12, place % 12 + 1, 1) for place in places]
