"""The supporters page shows only what was agreed to be shown, says when there is nothing, and takes few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from orientalis_site.petition import supporters
from orientalis_site.petition.models import Petition, Signature
from tests.site.inside import LANGUAGES, page
from tests.site.petition.signers import FOUNDING, NOW, OPEN, folded, loaded, signed

pytestmark = pytest.mark.django_db
State, Reason = Signature.State, Signature.Reason
TODAY = NOW.date().isoformat()


def address(slug: str = OPEN, language: str = "en") -> str:
    return f"/{language}/petitions/{slug}/supporters/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [OPEN, FOUNDING])
def test_without_signatures_it_says_so_in_words(inside: Client, slug: str, language: str) -> None:
    petition = loaded(slug)
    text = page(inside, address(slug, language))
    assert "<svg" not in text and text.count('class="none"') == 4
    assert f'value="{petition.counted_elsewhere}"' in text


def test_the_founding_petition_was_counted_elsewhere(inside: Client) -> None:
    loaded(FOUNDING)
    text = page(inside, address(FOUNDING))
    assert "by their number alone" in text
    assert text.count("reached elsewhere") == 3  # 100, 500, 1,000
    assert "not reached yet" not in text and "/sign/" not in text


def test_names_are_shown_by_consent_alone(inside: Client) -> None:
    petition = loaded()
    signed(petition, "Мария O'Brien", show_name=True, country="RU")
    signed(petition, "Without-Consent")
    for state in (State.PENDING, State.WITHDRAWN, State.INVALIDATED, State.ERASED):
        signed(petition, f"Not-{state}", show_name=True, state=state)
    signed(loaded(FOUNDING), "Of-Another", show_name=True)
    text = page(inside, address())
    assert "Мария O&#x27;Brien</bdi>" in text and "Russia, " in text
    assert not [one for one in ("Without-Consent", "Not-", "Of-Another") if one in text]


def test_markup_in_names_and_reasons_stays_text(inside: Client) -> None:
    petition = loaded()
    given = {"show_name": True, "reason": '<script>alert(1)</script>\n"x" & y', "reason_state": Reason.SHOWN}
    signed(petition, "<b onclick=x>Eve</b>", **given)
    text = page(inside, address())
    assert "<script>alert" not in text and "<b onclick" not in text
    assert text.count("&lt;b onclick=x&gt;Eve") == 2 and "&lt;script&gt;alert(1)" in text


def test_reasons_are_shown_after_moderation_alone(inside: Client) -> None:
    petition = loaded()
    signed(petition, "Hidden-Name", reason="Shown-reason", reason_state=Reason.SHOWN, language="zh-hans")
    for state in (Reason.WAITING, Reason.REFUSED, Reason.NONE):
        signed(petition, reason=f"Secret-{state}", reason_state=state)
    signed(petition, reason="Secret-gone", reason_state=Reason.SHOWN, state=State.WITHDRAWN)
    text = page(inside, address())
    assert 'lang="zh-Hans" dir="auto">Shown-reason' in text and "a supporter" in text
    assert "Secret-" not in text and "Hidden-Name" not in text


def test_few_supporters_of_a_country_are_told_of_together(inside: Client) -> None:
    petition = loaded()
    folded(petition, {"RU": 20, "FR": 5, "MC": 4, "PW": 1}, {TODAY: 30})
    text = page(inside, address())
    assert "Russia" in text and "France" in text
    assert "Monaco" not in text and "Palau" not in text
    assert 'value="5">5</data>' in text and "2 other countries and regions" in text


def test_it_takes_three_queries_however_many_signed(inside: Client, django_assert_num_queries: Any) -> None:
    petition = loaded()
    for number in range(70):
        at = NOW - timedelta(minutes=number)
        signed(petition, f"N{number:02}", show_name=True, reason="Because", reason_state=Reason.SHOWN, confirmed_at=at)
    folded(petition, {"NL": 70}, {TODAY: 70})
    with django_assert_num_queries(3):
        text = page(inside, address())
    assert text.count("<blockquote") == text.count("Because") == 50
    assert "N00" in text and "N49" in text and "N50" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_petition_is_gone_and_a_draft_is_not_there(inside: Client, language: str) -> None:
    loaded()
    for end in ("supporters/", "share.png"):
        path = f"/{language}/petitions/{OPEN}/{end}"
        Petition.objects.filter(slug=OPEN).update(state=Petition.State.HIDDEN)
        assert inside.get(path).status_code == 410
        Petition.objects.filter(slug=OPEN).update(state=Petition.State.DRAFT)
        assert inside.get(path).status_code == 404


def test_it_names_no_cookie_and_may_be_kept_for_seconds(inside: Client) -> None:
    loaded()
    response = inside.get(address())
    assert not response.cookies and response.headers["Content-Language"] == "en"


def test_the_curve_of_a_closed_petition_ends_with_it(inside: Client) -> None:
    petition = loaded()
    petition = folded(petition, {"NL": 9}, {"2026-11-01": 9})
    petition.state, petition.closed_at = Petition.State.CLOSED, NOW - timedelta(days=10)
    with override("en"):
        drawn = supporters.content(petition, NOW)["growth"]
    assert "14 November 2026" in drawn.alt and "today" not in drawn.wide
