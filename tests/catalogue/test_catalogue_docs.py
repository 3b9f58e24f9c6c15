"""The page about the catalogue lists the fields as they are."""

from pathlib import Path

from orientalis.catalogue import fields_table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "catalogue.md"


def test_the_page_lists_every_field() -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = text.split("<!-- fields:")[1].split("-->\n", 1)[1].split("<!-- end of fields -->")[0]
    assert listed.strip() == fields_table()
