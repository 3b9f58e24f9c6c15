"""Twenty thousand signatures on PostgreSQL: no page, form or tick asks more for them, and none reads them all."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orientalis_site.delivery.signatures import write_signatures
from orientalis_site.kit.postgresql.lines import lines
from orientalis_site.mail import news, outbox
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts, counting
from orientalis_site.petition.management.commands.count_signatures import count
from orientalis_site.petition.models import Event, Petition, Signature
from orientalis_site.petition.tokens import Purpose, issue
from tests.site.petition.conftest import OPEN
from tests.site.petition.crowd import crowd, plan, read_whole

PAGE = f"/en/petitions/{OPEN}/"
PEOPLE = 20_000
LARGE = {"petition_signature", "petition_event", "mail_letter", "petition_token"}


@pytest.fixture
def petition(on_postgresql: str, inside: Client) -> Iterator[Petition]:
    """The open petition, signed by very many; nothing of them is counted yet."""
    held = Petition.objects.select_related("current", "count").get(slug=OPEN)
    crowd(held, PEOPLE)
    yield held


def asked(deed: Callable[[], Any]) -> list[str]:
    """The questions of a deed, but for those that begin and end its transactions."""
    with CaptureQueriesContext(connection) as held:
        deed()
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [one["sql"] for one in held.captured_queries if not one["sql"].startswith(words)]


def reads_no_table_whole(questions: list[str]) -> None:
    """None of them reads a large table from end to end."""
    assert questions
    for sql in questions:
        found = plan(sql)
        assert not read_whole(found) & LARGE, f"{sql}\n{found}"


@pytest.mark.parametrize(("path", "most"), [(PAGE, 3), (f"{PAGE}supporters/", 3), (f"{PAGE}sign/", 1)])
def test_a_page_asks_at_most_three_questions(petition: Petition, inside: Client, path: str, most: int) -> None:
    while count():
        pass
    answers = []
    questions = asked(lambda: answers.append(inside.get(path)))
    assert answers[0].status_code == 200
    assert len(questions) <= most, questions
    reads_no_table_whole(questions)


def test_signing_asks_at_most_six_questions(petition: Petition, inside: Client) -> None:
    form = {"name": "Anna", "email": "anna@example.org", "country": "FR"}
    questions = asked(lambda: inside.post(f"{PAGE}sign/", form))
    assert Letter.objects.filter(state="waiting").count() == 1
    assert len(questions) <= 6, questions
    reads_no_table_whole(questions)


def test_confirming_asks_at_most_four_questions(petition: Petition, inside: Client) -> None:
    signature = Signature.objects.create(
        petition=petition, version=petition.current, name="Anna", country="FR", language="en", email_key="a" * 64,
        pepper=1, created_at=petition.opened_at,
    )  # fmt: skip
    token = issue({Purpose.CONFIRM: None}, signature)[Purpose.CONFIRM]
    questions = asked(lambda: inside.post(f"{PAGE}confirm/{token}/"))
    signature.refresh_from_db()
    assert signature.state == Signature.State.CONFIRMED
    assert len(questions) <= 4, questions
    reads_no_table_whole(questions)


def test_the_tick_folds_in_bounded_steps_without_a_pause_between_them(petition: Petition) -> None:
    assert Event.objects.filter(folded_at=None).count() == PEOPLE
    steps = []
    while (folded := count()) > 0:
        steps.append(folded)
    assert steps == [counting.AT_ONCE] * (PEOPLE // counting.AT_ONCE)
    petition.count.refresh_from_db()
    assert petition.count.confirmed == PEOPLE and counting.drift(petition) == 0
    held = sum(petition.count.countries.values()), sum(petition.count.days.values())
    assert held == (PEOPLE, PEOPLE)


def test_a_step_of_the_tick_reads_only_what_waits(petition: Petition) -> None:
    while counting.tick() >= counting.AT_ONCE:
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE petition_event")
    acts.withdraw(Signature.objects.select_related("version").filter(state="confirmed").latest("id"))
    questions = asked(counting.tick)
    assert len(questions) <= 8, questions
    reads_no_table_whole([one for one in questions if "folded_at" in one])


def test_news_to_many_is_written_by_a_few_bounded_statements(petition: Petition) -> None:
    written: list[int] = []
    questions = asked(lambda: written.append(news.announce(petition, "update", "update:1")))
    assert written == [PEOPLE // 2]
    batches = -(-PEOPLE // 2 // news.AT_ONCE)
    assert len(questions) <= 2 * batches + 1, len(questions)


def test_what_one_person_waits_for_is_found_among_many_news(petition: Petition) -> None:
    news.announce(petition, "update", "update:1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mail_letter")
    questions = [one for one in asked(lambda: outbox.claim(20)) if one.startswith("SELECT")]
    reads_no_table_whole(questions)


def test_the_table_of_all_signatures_is_written_row_by_row(petition: Petition) -> None:
    """Twenty thousand rows take hardly more memory than two thousand; the text itself is left out of the measure."""

    class Nowhere(StringIO):
        def write(self, text: str) -> int:
            return len(text)

    def peak() -> int:
        tracemalloc.start()
        try:
            assert write_signatures(Nowhere(), petition).confirmed == Signature.objects.count()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    whole = peak()
    rest = Signature.objects.order_by("id").values("pk")[2000:]
    Event.objects.filter(signature__in=rest).delete()
    Signature.objects.filter(pk__in=list(rest.values_list("pk", flat=True))).delete()
    few = peak()
    assert whole < 2 * few, (whole, few)


def test_only_a_process_that_serves_keeps_lines(petition: Petition) -> None:
    """Tests and commands close theirs: nothing else of this module would say so."""
    assert not lines.is_kept
    mine: psycopg.Connection[Any] = connection.connection
    connection.close()
    assert mine.closed
