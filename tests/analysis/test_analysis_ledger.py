"""The ledger: every death once, in its place and time."""

import pandas as pd

from orientalis.analysis.ledger import COLUMNS, by_cause, ledger
from orientalis.engine.codes import Cause, Event, Sex

EVENTS = pd.DataFrame(
    [
        (0, 13, Event.DEATH, 9, Sex.MALE, 30, 25, Cause.DISTEMPER),
        (0, 0, Event.BIRTH, 7, Sex.FEMALE, 0, 11, Cause.NONE),
        (0, 11, Event.DEATH, 8, Sex.FEMALE, 3, 11, Cause.NATURAL),
        (1, 12, Event.DEATH, 5, Sex.MALE, 50, 11, Cause.DISTEMPER),
        (1, 12, Event.SETTLEMENT, 6, Sex.MALE, 50, 11, Cause.NONE),
    ],
    columns=["replicate", "tick", "kind", "uid", "sex", "age", "cell", "cause"],
)


def test_deaths_alone_stand_in_order() -> None:
    rows = ledger(EVENTS, "x", width=10)
    assert list(rows.columns) == list(COLUMNS)
    assert rows[["replicate", "year", "month"]].to_numpy().tolist() == [[0, 1, 12], [0, 2, 2], [1, 2, 1]]
    assert rows["cause"].tolist() == ["natural", "distemper", "distemper"]
    assert rows["sex"].tolist() == ["female", "male", "male"]
    assert rows[["row", "column"]].to_numpy().tolist() == [[1, 1], [2, 5], [1, 1]]


def test_without_a_map_or_months_there_is_no_place_and_no_month() -> None:
    rows = ledger(EVENTS.assign(cell=-1), "x", ticks_a_year=1)
    assert set(rows["row"]) == set(rows["column"]) == {-1} and set(rows["month"]) == {0}
    assert rows["year"].tolist() == [12, 14, 13]


def test_sums_by_cause() -> None:
    rows = by_cause(ledger(EVENTS, "x", width=10))
    assert rows["cause"].tolist() == ["distemper", "natural"]
    assert rows["deaths"].tolist() == [2, 1] and rows["cells"].tolist() == [2, 1]
    assert rows["median_age"].tolist() == [40, 3] and rows["share"].sum() == 1.0
    assert by_cause(ledger(EVENTS[:0], "x")).empty
