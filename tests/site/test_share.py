"""Share images: their bytes, what stands on them and where, and that every character can be drawn."""

from __future__ import annotations

import datetime
import struct
from io import BytesIO
from itertools import combinations, product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from orientalis.evidence import Series
from orientalis_site.share import Card, MissingGlyphError, draw, files, lettering, missing, share_image
from orientalis_site.share.card import HEIGHT, LANGUAGES, MARGIN, WIDTH
from orientalis_site.share.colours import INK, PAPER, QUIET, palette
from orientalis_site.share.fan import nice_top, year_marks
from orientalis_site.share.layout import COLUMN, LEFT, Layout, lay_out
from orientalis_site.share.wrap import NOT_FIRST, NOT_LAST, DoesNotFitError, Room, fit, units
from tools.share_fonts import MOST_BYTES, translated
from tools.share_icons import STATIC, favicon, icons

THIN = "\u202f"
LOCALE = Path(lettering.__file__).parents[1] / "locale"
TITLES = {
    "en": "Half of the futures end above 480 leopards, one in forty below 140",
    "ru": "В половине вариантов будущего к концу века останется больше 480 леопардов, в одном из сорока — меньше 140",
    "zh-hans": "一半的未来在2123年结束时有超过480只远东豹，四十个未来中有一个不到140只。",
}
INTERVALS = {
    "en": "leopards in 2123 in the middle future; 80 in 100 futures end between 224 and 726",
    "ru": "леопарда в 2123 году в срединном варианте; в 80 из 100 вариантов — от 224 до 726",
    "zh-hans": "2123年中位未来的数量；100个未来中有80个在224至726只之间",
}
KICKERS = {
    "en": "Amur leopard · “as today”",
    "ru": "Дальневосточный леопард · «как сейчас»",
    "zh-hans": "远东豹 · 目前情景",
}
LONG_RUSSIAN = (
    "Вероятность исчезновения дальневосточного леопарда мала, и мы не знаем, насколько она мала при нынешней добыче "
    "копытных, лесных пожарах, дорожном строительстве и сельскохозяйственном природопользовании"
)


def series(**changed: tuple[float | None, ...]) -> Series:
    years = tuple(range(2023, 2124))
    columns: dict[str, tuple[float | None, ...]] = {"year": years}
    for name, share in (("low95", 0.3), ("low80", 0.5), ("median", 1.0), ("high80", 1.4), ("high95", 1.7)):
        columns[name] = tuple(170 + 3.1 * share * at for at in range(101))
    for number in range(1, 9):
        columns[f"future_{number}"] = tuple(170 + (at * number * 37) % 211 for at in range(101))
    columns |= changed
    return Series.model_validate(
        {
            "id": "fan", "key": "fan", "parameters": {}, "columns": columns, "units": dict.fromkeys(columns, "animals"),
            "n": 500, "method": "quantile", "run_hash": "a" * 64, "assumed": True, "date": datetime.date(2026, 11, 24),
        }
    )  # fmt: skip


def card(language: str, has_series: bool = True, **changed: str) -> Card:
    texts = {
        "kicker": KICKERS[language],
        "title": TITLES[language],
        "number_text": f"1{THIN}484",
        "interval_text": INTERVALS[language],
        "footer": f"500 · orientalis.example · {'a' * 12}",
    }
    return Card(series=series() if has_series else None, **(texts | changed))


def assert_in_place(layout: Layout) -> None:
    """Everything lies inside the margins and nothing on anything else."""
    boxes = [(line.box, line.text) for line in layout.lines if line.text]
    for (left, top, right, bottom), text in boxes:
        assert left >= MARGIN - 1 and right <= WIDTH - MARGIN + 1, text
        assert top >= MARGIN - 1 and bottom <= HEIGHT - MARGIN + 1, text
    for (one, text), (other, more) in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
        assert apart, f"{text!r} lies on {more!r}"


@pytest.mark.parametrize(("language", "has_series"), [*product(LANGUAGES, (True, False))])
def test_a_small_png_of_the_right_size_with_clear_margins(language: str, has_series: bool) -> None:
    content = draw(card(language, has_series), language)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (1200, 630)
    assert len(content) <= 80_000
    image = Image.open(BytesIO(content))
    assert image.mode == "P"
    whole = image.convert("RGB")
    for box in ((0, 0, WIDTH, 58), (0, 572, WIDTH, HEIGHT), (0, 0, 58, HEIGHT), (1142, 0, WIDTH, HEIGHT)):
        assert whole.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PAPER)]
    assert len(palette()) <= 3 * 256


def test_the_same_card_gives_the_same_bytes() -> None:
    first = draw(card("ru"), "ru")
    lettering.metrics.cache_clear()
    lettering._font.cache_clear()
    assert draw(card("ru"), "ru") == first
    assert draw(card("ru", number_text="2"), "ru") != first


@pytest.mark.parametrize(("language", "has_series"), [*product(LANGUAGES, (True, False))])
def test_text_stays_inside_the_margins_and_apart(language: str, has_series: bool) -> None:
    layout = lay_out(card(language, has_series), language)
    assert_in_place(layout)
    assert (layout.fan is not None) == has_series
    said = "".join(line.text for line in layout.lines).replace(" ", "")
    assert TITLES[language].replace(" ", "") in said and INTERVALS[language].replace(" ", "") in said


@pytest.mark.parametrize("number", [f"<{THIN}0,1{THIN}%", f"12{THIN}345{THIN}678", f"224{THIN}–{THIN}726", "0"])
def test_numbers_of_any_length_fit_beside_the_chart(number: str) -> None:
    layout = lay_out(card("ru", number_text=number), "ru")
    assert_in_place(layout)
    (line,) = [line for line in layout.lines if line.text == number and line.type.size > 30]
    assert line.box[2] <= LEFT + COLUMN + 1


@pytest.mark.parametrize("title", [LONG_RUSSIAN, 3 * LONG_RUSSIAN, "Ж" * 300, "сельскохозяйственное " * 3])
def test_long_titles_wrap_and_end_with_three_points(title: str) -> None:
    layout = lay_out(card("ru", title=title), "ru")
    assert_in_place(layout)
    shown = " ".join(line.text for line in layout.lines if line.type.style == "serif" and len(line.text) > 5)
    assert (title in (LONG_RUSSIAN, "сельскохозяйственное " * 3)) != shown.endswith("…")


def test_only_the_title_is_shortened() -> None:
    for name in ("interval_text", "number_text", "kicker", "footer"):
        with pytest.raises(DoesNotFitError):
            lay_out(card("en", **{name: "number " * 200}), "en")


def test_empty_texts_and_thin_series_are_drawn() -> None:
    draw(Card("", "Method", "", "", None, ""), "en")
    nothing: tuple[None, ...] = (None,) * 101
    for changed in ({"high95": nothing}, {"median": nothing}, {"low80": (0.0,) * 101}):
        assert_in_place(lay_out(Card("", "Method", "1", "one", series(**changed), ""), "en"))
        draw(Card("", "Method", "1", "one", series(**changed), ""), "en")


@pytest.mark.parametrize(
    ("text", "lost"), [("龘豹", "龘"), ("豹 🐆", "🐆"), ("ї", "ї"), ("a\x00", "\x00"), ("\u200b", "\u200b")]
)
def test_a_character_without_glyph_is_an_error(text: str, lost: str) -> None:
    for language, name in product(LANGUAGES, ("kicker", "title", "number_text", "interval_text", "footer")):
        assert missing(text, language) == lost
        with pytest.raises(MissingGlyphError, match=f"{name}.*U\\+{ord(lost):04X}"):
            draw(card(language, **{name: text}), language)


def test_another_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="'de'"):
        draw(card("en"), "de")


@pytest.mark.parametrize(("language", "folder"), [("zh-hans", "zh_Hans"), ("ru", "ru"), ("en", "en")])
def test_every_translated_character_has_a_glyph(language: str, folder: str) -> None:
    lost = set()
    for po in (LOCALE / folder).rglob("*.po"):
        text = translated(po.read_text(encoding="utf-8"))
        lost |= {mark for mark in missing(text, language) if mark.isprintable()}
    assert not lost, f"run `python -m tools.share_fonts`, or word otherwise: {''.join(sorted(lost))}"


def test_translated_strings_are_read() -> None:
    po = '#: a\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "豹"\nmsgstr[1] ""\n"虎\\"\\n"\n\n#~ msgid "x"\n#~ msgstr "龘"\n'
    assert translated(po) == '豹虎"\n'


def test_the_fonts_are_read_right_and_small() -> None:
    paths = sorted(lettering.FONTS.glob("*.otf"))
    assert {path.stem for path in paths} == {face for faces in lettering.FACES.values() for face in faces}
    assert sum(path.stat().st_size for path in paths) <= MOST_BYTES
    assert "SIL OPEN FONT LICENSE" in (lettering.FONTS / "OFL.txt").read_text(encoding="utf-8")
    for path in paths:
        font, read = TTFont(path), lettering.metrics(path.stem)
        cmap = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        assert read.glyphs == cmap and set(THIN + "\u2009\u00a0–—−«»“”") <= set(cmap)
        order = font.getGlyphOrder()
        assert [font["hmtx"][name][0] for name in order] == list(read.advances)
        pairs = font["kern"].kernTables[0].kernTable
        assert {(font.getGlyphID(a), font.getGlyphID(b)): v for (a, b), v in pairs.items()} == read.kerning


def test_letters_are_kerned() -> None:
    kind = lettering.Type("ru", "serif", 100)
    assert kind.width("Та") < kind.width("Т") + kind.width("а")
    assert 10 < kind.width(THIN) < 25


def test_chinese_lines_begin_and_end_with_fit_marks() -> None:
    text = "保护《远东豹》（东北豹）：“不增加道路”，防火，防盗猎。2123年有80%的未来在224–726只之间！" * 2
    for width in range(260, 900, 13):
        block = fit(text, "zh-hans", "serif", Room(((40, 99),), width))
        assert "".join(block.lines) == text
        assert all(line[0] not in NOT_FIRST and line[-1] not in NOT_LAST for line in block.lines)
        assert not any(
            line[0].isdecimal() and before[-1].isdecimal()
            for before, line in zip(block.lines, block.lines[1:], strict=False)
        )


def test_words_that_belong_together_stay() -> None:
    assert units("в одном из сорока — меньше", "ru") == ["в одном ", "из сорока — ", "меньше"]
    assert units(f"a few of 1{THIN}870", "en") == ["a few ", "of ", f"1{THIN}870"]


@pytest.mark.parametrize("colour", [INK, QUIET])
def test_text_stands_out(colour: lettering.Colour) -> None:
    def luminance(parts: lettering.Colour) -> float:
        linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05) >= 4.5
    for has_series in (True, False):
        assert {line.colour for line in lay_out(card("en", has_series), "en").lines} == {INK, QUIET}


def test_scales_are_round() -> None:
    assert nice_top(821) == (1000, 250)
    assert nice_top(772) == (800, 200)
    assert nice_top(0) == (1, 1)
    assert nice_top(0.037) == (pytest.approx(0.04), pytest.approx(0.01))
    assert year_marks(range(2023, 2124)) == [2023, 2050, 2075, 2100, 2123]
    assert year_marks(range(2026, 2028)) == [2026, 2027]


def test_images_are_kept_and_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def counted(one: Card, language: str) -> bytes:
        drawn.append(language)
        return draw(one, language)

    monkeypatch.setattr(files, "draw", counted)
    monkeypatch.setattr(files, "MOST_FILES", 3)
    folder = tmp_path / "share"
    first = share_image("home", card("en"), "en", folder)
    assert share_image("home", card("en"), "en", folder) == first == draw(card("en"), "en")
    assert len(drawn) == 1
    for number in "12345":
        share_image("home", card("en", number_text=number), "en", folder)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 3 and all(name.startswith("home.en.") and name.endswith(".png") for name in names)
    with pytest.raises(ValueError, match="file name"):
        share_image("../home", card("en"), "en", folder)


def test_an_image_comes_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert share_image("home", card("en"), "en", tmp_path / "file").startswith(b"\x89PNG")


def test_the_icons_are_those_of_the_mark() -> None:
    assert (STATIC / "favicon.svg").read_text(encoding="utf-8") == favicon()
    assert "style" not in favicon() and "script" not in favicon()
    for name, content in icons().items():
        if name.endswith(".png"):
            shipped, made = (Image.open(source).convert("RGB") for source in (STATIC / name, BytesIO(content)))
            assert shipped.size == made.size and shipped.tobytes() == made.tobytes()
