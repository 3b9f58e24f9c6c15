"""Numbers as readers see them."""

from orientalis.report.plots.label_places import Label, place
from orientalis.report.plots.plot import apart, nice_top
from orientalis.report.png import data_url
from orientalis.report.words import listed, number, percent, percent_span, signed, span


def test_numbers() -> None:
    assert number(1234567) == "1\u202f234\u202f567"
    assert number(-3.25, 1) == "\u22123.2"
    assert number(-0.001, 1) == "0.0"
    assert number(None) == number(float("nan")) == "not defined"
    assert signed(2.5) == "+2.5" and signed(-2.5) == "\u22122.5" and signed(0.0) == "0.0"


def test_shares() -> None:
    assert percent(0) == "0\u202f%" and percent(1) == "100\u202f%"
    assert percent(0.0004) == "under 0.1\u202f%" and percent(0.9996) == "over 99.9\u202f%"
    assert percent(0.0123) == "1.2\u202f%" and percent(0.4567) == "46\u202f%"
    assert percent_span(0.012, 0.034) == "1.2–3.4\u202f%"
    assert percent_span(0.0, 0.0) == "0\u202f%"
    assert percent_span(0.0001, 0.2) == "under 0.1 to 20\u202f%"
    assert percent_span(None, 0.2) == "not defined"


def test_spans() -> None:
    assert span(1, 2) == "1–2" and span(-1, 2) == "\u22121 to 2" and span(3.1, 3.2) == "3"
    assert listed(["a", "b", "c"]) == "a, b and c" and listed(["a"]) == "a" and listed([]) == ""


def test_labels_keep_apart() -> None:
    placed = apart([0.0, 0.0, 10.0], 2.0, 0.0, 10.0)
    assert placed == [2.0, 0.0, 10.0]
    assert nice_top(0.0, 10) == 10 and nice_top(101) == 150 and nice_top(0.31, 0.01) == 0.4


def test_names_on_a_map_do_not_cover_one_another() -> None:
    wanted = [
        Label("One", 50, 50, 10, "place"),
        Label("Two", 51, 50, 10, "place"),
        Label("Out", 500, 500, 10, "country"),
    ]
    placed = place(wanted, 100, 100, [])
    assert [name.text for name in placed] == ["One", "Two"]
    assert abs(placed[0].x - placed[1].x) > 10 or abs(placed[0].y - placed[1].y) > 10


def test_png_is_a_png() -> None:
    import base64

    import numpy as np

    url = data_url(np.zeros((2, 3, 4), np.uint8))
    body = base64.b64decode(url.removeprefix("data:image/png;base64,"))
    assert body[:8] == b"\x89PNG\r\n\x1a\n" and body[16:24] == (3).to_bytes(4, "big") + (2).to_bytes(4, "big")
