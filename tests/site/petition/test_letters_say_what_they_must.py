"""What letters say, in text and HTML alike: links whole, names escaped, headers without what a signer wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from orientalis_site.kit.keys import keys
from orientalis_site.mail.compose import line
from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition import acts
from orientalis_site.petition.models import Office, Petition, Response, Signature, Token, Update
from orientalis_site.petition.signing import resend
from orientalis_site.petition.tokens import find
from orientalis_site.staff.models import User
from tests.site.browser import LANGUAGES
from tests.site.petition.mailing import Post, agreed, html_of, links, post_office, signed, text_of

State = Letter.State


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server."""
    with post_office(settings) as opened:
        yield opened


def published(petition: Petition, **words: Any) -> Update:
    """An update that two people published."""
    author, second = (User.objects.create(username=name) for name in ("author", "second"))
    held = {"title": {"en": "Rangers are paid"}, "text": {"en": ["The first teams walk.", "More follow."]}, **words}
    now = timezone.now()
    return Update.objects.create(
        petition=petition, created_at=now, created_by=author, published_at=now, published_by=second, **held
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_to_confirm_in_the_language_of_the_form(petition: Petition, post: Post, language: str) -> None:
    signature = signed(petition, language=language)
    call_command("send_outbox")
    message = post.taken[0]
    found = links(text_of(message))
    assert set(found) == {"confirm", "withdraw", "not-me"}
    assert links(html_of(message)) == found
    assert all(f"/{language}/petitions/{petition.slug}/" in one for one in re.findall(r"http\S+", text_of(message)))
    for purpose, token in found.items():
        held = find(Token.Purpose(purpose), token, petition.slug)
        assert held is not None and held.signature_id == signature.pk
        assert (held.expires_at is not None) == (purpose == "confirm")
    assert message["Content-Language"].lower() == language
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@localhost>") and message["Date"] and message["From"]
    assert not re.search(r"<(img|script|link|iframe|form)\b|url\(|@import|src=", html_of(message))


def test_text_and_html_say_the_same(petition: Petition, post: Post) -> None:
    agreed(petition, name="O'Brien & <b>")
    update = published(petition)
    announce(petition, "update", f"update:{update.pk}")
    resend(petition, "anna@example.org", "", "en")
    call_command("send_outbox")
    assert len(post.taken) == 2
    for message in post.taken:
        body = re.sub(r'<a [^>]*href="([^"]+)"[^>]*>', r" \1 ", html_of(message).partition("<body>")[2])
        html = unescape(re.sub(r"<[^>]+>", " ", body))
        plain = re.sub(r"[—:]", " ", text_of(message))
        shown = re.sub(r"[—:]", " ", html)
        for word in plain.split():
            assert word in shown, word


def test_who_signed_already_is_told_so_in_her_mailbox_alone(petition: Petition, post: Post) -> None:
    signature = signed(petition, name="Мария")
    acts.confirm(signature)
    call_command("send_outbox")
    assert set(links(text_of(post.taken[0]))) == {"withdraw", "not-me"}
    assert "Мария" in text_of(post.taken[0])


@pytest.mark.parametrize("act", ["invalidate", "withdraw", "erase", "close"])
def test_nothing_is_sent_where_there_is_nothing_to_say(petition: Petition, post: Post, act: str) -> None:
    signature = signed(petition)
    if act == "invalidate":
        acts.invalidate(signature, "user:1", "a test")
    elif act == "close":
        Petition.objects.filter(pk=petition.pk).update(state=Petition.State.CLOSED)
    else:
        getattr(acts, act)(signature)
    call_command("send_outbox")
    assert post.taken == [] and Letter.objects.get().state == State.DROPPED
    assert not Token.objects.exists()


def test_news_goes_to_those_who_agreed_and_has_a_way_out_in_one_click(petition: Petition, post: Post) -> None:
    signature = agreed(petition)
    refused = signed(petition, "berta@example.org")
    acts.confirm(refused)
    Letter.objects.all().delete()
    update = published(petition)
    announce(petition, "update", f"update:{update.pk}")
    call_command("send_outbox")
    assert post.recipients == ["anna@example.org"]
    message = post.taken[0]
    found = links(text_of(message))
    assert set(found) == {"unsubscribe", "withdraw", "not-me"}
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert links(message["List-Unsubscribe"])["unsubscribe"] == found["unsubscribe"]
    assert "Rangers are paid" in text_of(message) and "More follow." in html_of(message)
    held = find(Token.Purpose.UNSUBSCRIBE, found["unsubscribe"], petition.slug)
    assert held is not None
    acts.unsubscribe(held.signature)
    assert announce(petition, "closed", "closed") == 0
    signature.refresh_from_db()
    assert signature.state == Signature.State.CONFIRMED


@pytest.mark.parametrize("change", ["unsubscribe", "withdraw", "erase", "bounce", "hide", "unpublish"])
def test_news_is_not_sent_to_who_left_meanwhile(petition: Petition, post: Post, change: str) -> None:
    signature = agreed(petition)
    update = published(petition)
    announce(petition, "update", f"update:{update.pk}")
    if change == "bounce":
        Signature.objects.filter(pk=signature.pk).update(bounced_at=timezone.now())
    elif change == "hide":
        Petition.objects.filter(pk=petition.pk).update(state=Petition.State.HIDDEN)
    elif change == "unpublish":
        Update.objects.filter(pk=update.pk).update(published_at=None)
    else:
        getattr(acts, change)(signature)
    call_command("send_outbox")
    assert post.taken == [] and Letter.objects.get().state == State.DROPPED


@pytest.mark.parametrize("kind", ["closed", "delivered", "answered"])
def test_everyone_who_agreed_is_told(petition: Petition, post: Post, kind: str) -> None:
    agreed(petition, language="ru")
    office = Office.objects.create(petition=petition, target="primorye")
    response = Response.objects.create(
        office=office, state=Response.State.SHOWN, language="ru", received_at=timezone.now()
    )
    topic = f"answered:{response.pk}" if kind == "answered" else kind
    assert announce(petition, kind, topic) == 1
    call_command("send_outbox")
    assert "Спасите дальневосточного леопарда" in post.taken[0]["Subject"]
    assert ("Правительство Приморского края" in text_of(post.taken[0])) == (kind == "answered")


def test_an_answer_that_is_not_shown_is_not_told(petition: Petition, post: Post) -> None:
    agreed(petition)
    office = Office.objects.create(petition=petition, target="primorye")
    response = Response.objects.create(office=office, language="ru", received_at=timezone.now())
    announce(petition, "answered", f"answered:{response.pk}")
    call_command("send_outbox")
    assert post.taken == []


NAMES = (
    "<script>alert(1)</script>",
    'Anna" <victim@example.org>',
    "Anna\r\nBcc: victim@example.org",
    "王\u202egnp",
    "O'Brien",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reaches_no_header_and_no_markup(petition: Petition, post: Post, name: str) -> None:
    signature = signed(petition)
    Signature.objects.filter(pk=signature.pk).update(name=name)
    call_command("send_outbox")
    acts.confirm(signature)
    resend(petition, "anna@example.org", "", "en")
    call_command("send_outbox")
    assert post.recipients == ["anna@example.org"] * 2
    first, second = post.taken
    assert name.split()[0] not in text_of(first), "who fills in the form could write to strangers with it"
    for message in post.taken:
        heads = [part.as_string().partition("\n\n")[0] for part in message.walk()]
        assert not any("victim" in head or "alert" in head or "Bcc" in head for head in heads)
        assert "<script" not in html_of(message)
    assert name.split()[0] in text_of(second)


def test_a_header_is_one_line_whatever_the_words() -> None:
    assert line("one\r\nBcc: two\x00\u2028 three") == "one Bcc: two three"


def test_a_title_of_several_lines_makes_no_header(petition: Petition, post: Post) -> None:
    text = petition.current.text.replace("Save the Amur leopard", "Save\\r\\nBcc: victim@example.org")
    assert text != petition.current.text
    type(petition.current).objects.filter(pk=petition.current.pk).update(text=text)
    signed(petition)
    call_command("send_outbox")
    assert post.recipients == ["anna@example.org"] and post.taken[0]["Bcc"] is None


def test_the_console_prints_links_whole(petition: Petition, settings: Any) -> None:
    settings.EMAIL_BACKEND = "orientalis_site.mail.console.Backend"
    signed(petition, language="zh-hans")
    printed = io.StringIO()
    with redirect_stdout(printed):
        call_command("send_outbox")
    lines = printed.getvalue().splitlines()
    confirm = [one for one in lines if "/confirm/" in one]
    assert len(confirm) == 1
    assert re.fullmatch(rf"http://\S+/zh-hans/petitions/{petition.slug}/confirm/[\w-]{{43}}/", confirm[0])
    assert "To: anna@example.org" in lines


def test_an_unknown_kind_is_dropped_and_stops_nothing(petition: Petition, post: Post) -> None:
    now = timezone.now()
    Letter.objects.create(kind="unheard", petition=petition, created_at=now, next_at=now)
    signed(petition)
    call_command("send_outbox")
    assert len(post.taken) == 1


def test_a_letter_without_an_address_fails_alone(petition: Petition, post: Post) -> None:
    signature = signed(petition)
    Signature.objects.filter(pk=signature.pk).update(email_sealed="gAAAA")
    signed(petition, "berta@example.org")
    call_command("send_outbox")
    assert post.recipients == ["berta@example.org"]
    assert Letter.objects.get(signature=signature).state == State.FAILED


def test_an_office_gets_the_page_and_a_link_to_answer(petition: Petition, post: Post) -> None:
    now = timezone.now()
    office = Office.objects.create(petition=petition, target="primorye", email_sealed=keys().seal("office@example.org"))
    Letter.objects.create(
        kind="office",
        petition=petition,
        topic=f"office:{office.pk}",
        to_sealed=office.email_sealed,
        language="ru",
        created_at=now,
        next_at=now,
    )
    call_command("send_outbox")
    assert post.recipients == ["office@example.org"]
    found = re.findall(r"/ru/petitions/\S+/answer/([\w-]{43})/", text_of(post.taken[0]))
    held = find(Token.Purpose.ANSWER, found[0], petition.slug)
    assert held is not None and held.office_id == office.pk
    assert "not-me" not in text_of(post.taken[0])
