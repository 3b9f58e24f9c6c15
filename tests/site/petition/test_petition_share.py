"""The share image of a petition: every letter of it is drawn, whatever its title; the bar is as long as is true."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from django.utils.translation import override
from PIL import Image

from orientalis_site.petition import share_card
from orientalis_site.petition.models import Petition, Version
from orientalis_site.share import draw, missing
from orientalis_site.share.card import Card
from orientalis_site.share.colours import COAT
from orientalis_site.share.layout import TEXTS, lay_out
from tests.site.inside import LANGUAGES
from tests.site.petition.signers import FOUNDING, NOW, OPEN, folded, loaded

pytestmark = pytest.mark.django_db


def address(slug: str, language: str) -> str:
    return f"/{language}/petitions/{slug}/share.png"


def filled(content: bytes) -> float:
    """The part of the bar that is filled."""
    image = Image.open(BytesIO(content)).convert("RGB")
    rows = [[image.getpixel((x, y)) == COAT for x in range(image.width)] for y in range(430, 560)]
    return max(map(sum, rows)) / (1080 - 5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [OPEN, FOUNDING])
def test_the_image_of_a_shipped_petition_lacks_no_glyph(inside: Client, slug: str, language: str) -> None:
    petition = loaded(slug)
    response = inside.get(address(slug, language))
    assert response.status_code == 200 and response.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    with override(language):
        card = share_card.card(petition, language)
    assert card.title in json.loads(petition.current.text)["title"].values()
    assert not [one for one in TEXTS if missing(getattr(card, one), language)]


@pytest.mark.parametrize("title", ["ქართული", "ไทย ๙", "🐆" * 40, "Ł" * 300])
def test_a_title_that_no_font_can_draw_is_not_half_drawn(inside: Client, title: str) -> None:
    petition = loaded()
    text = json.loads(petition.current.text)
    text["title"] = dict.fromkeys(text["title"], title)
    Version.objects.filter(pk=petition.current_id).update(text=json.dumps(text))
    for language in LANGUAGES:
        assert inside.get(address(OPEN, language)).status_code == 200
    with override("en"):
        card = share_card.card(Petition.objects.select_related("current", "count").get(slug=OPEN), "en")
    assert card.title == "A petition for the Amur leopard"


def test_the_longest_title_stays_inside() -> None:
    for language, title in (("en", "Save " * 60), ("ru", "Спасите " * 40), ("zh-hans", "拯救东北豹" * 60)):
        card = Card("Petition", title, "1\u202f234\u202f567", "supporters; the next goal is 2", None, "Orientalis", 0.5)
        layout = lay_out(card, language)
        assert layout.bar is not None
        for line in layout.lines:
            left, top, right, bottom = line.box
            assert left >= 59 and right <= 1141 and top >= 59 and bottom <= 571
            assert bottom <= layout.bar[1] or top >= layout.bar[3], line.text


def test_the_bar_is_as_long_as_is_true(inside: Client) -> None:
    petition = loaded()
    folded(petition, {"NL": 125}, {NOW.date().isoformat(): 125})
    assert filled(inside.get(address(OPEN, "en")).content) == pytest.approx(125 / 500, abs=0.01)
    bare = Card("", "T", "1", "", None, "")
    for share, seen in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (7.0, 1.0)):
        assert filled(draw(replace(bare, progress=share), "en")) == pytest.approx(seen, abs=0.001)
    assert 0.99 < filled(draw(replace(bare, progress=0.99999), "en")) < 1.0
    assert filled(draw(bare, "en")) == 0.0
