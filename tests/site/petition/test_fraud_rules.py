"""Fraud rules: counted before they run, in batches that can be broken off, undone exactly, and told of in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orientalis_site.audit.models import Entry
from orientalis_site.petition import acts
from orientalis_site.petition.counting import drift, tick
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.removals import removals
from orientalis_site.petition.states import NotAllowed
from orientalis_site.staff import fraud
from orientalis_site.staff.models import FraudHit, FraudRule, User
from tests.site.petition.staff_inside import account, enter, signature

ROBOTS = 230
"""More than two batches."""


@pytest.fixture
def moderator(database: str) -> User:
    """A moderator."""
    return account("mo", "moderator")


@pytest.fixture
def rule(petition: Petition, moderator: User) -> FraudRule:
    """A rule that hits the hasty from one place; 230 of them have signed, and 20 people."""
    for number in range(ROBOTS):
        acts.confirm(signature(petition, number, address_key="a" * 64, form_seconds=0.5))
    for number in range(ROBOTS, ROBOTS + 20):
        acts.confirm(signature(petition, number, address_key=f"{number:064x}", form_seconds=40.0))
    tick()
    return FraudRule.objects.create(
        name="hasty", petition=petition, created_by=moderator, seconds_below=1.0, same_place_over=50
    )


def finish(rule: FraudRule) -> None:
    """Run all batches."""
    for _ in range(20):
        if not fraud.step_all():
            break
    rule.refresh_from_db()


def states(petition: Petition) -> dict[str, int]:
    """How many signatures are in each state."""
    held = Signature.objects.filter(petition=petition).values_list("state", flat=True)
    return {state: list(held).count(state) for state in set(held)}


def test_a_rule_counts_runs_and_is_undone_exactly(rule: FraudRule, petition: Petition, moderator: User) -> None:
    by_hand = Signature.objects.filter(form_seconds=40.0).first()
    assert by_hand is not None
    acts.invalidate(by_hand, f"user:{moderator.pk}", "robot")
    assert fraud.count(rule) == ROBOTS
    assert len(fraud.sample(rule)) == fraud.SAMPLE
    fraud.start(rule, moderator)
    finish(rule)
    assert rule.state == "done" and states(petition) == {"confirmed": 19, "invalidated": ROBOTS + 1}
    tick()
    assert drift(petition) == 0 and Petition.objects.get(pk=petition.pk).count.confirmed == 19
    fraud.undo(rule, moderator)
    finish(rule)
    # What was invalidated by hand stays so.
    assert rule.state == "undone" and states(petition) == {"confirmed": ROBOTS + 19, "invalidated": 1}
    tick()
    assert drift(petition) == 0
    audited = Entry.objects.filter(subject=f"fraud_rule:{rule.pk}").values_list("action", flat=True)
    assert {"fraud_start", "fraud_done", "fraud_undo", "fraud_undone"} <= set(audited)


def test_a_cancelled_rule_stops_between_batches_and_can_go_on(
    rule: FraudRule, petition: Petition, moderator: User
) -> None:
    fraud.start(rule, moderator)
    assert fraud.step(rule) == fraud.BATCH
    fraud.cancel(rule, moderator)
    assert fraud.step_all() == 0
    assert states(petition)["invalidated"] == fraud.BATCH
    fraud.start(rule, moderator)
    finish(rule)
    assert states(petition)["invalidated"] == ROBOTS
    assert FraudHit.objects.filter(rule=rule).count() == ROBOTS


def test_a_batch_that_breaks_off_leaves_nothing_half_done(
    rule: FraudRule, petition: Petition, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    fraud.start(rule, moderator)
    done: list[int] = []
    whole = acts.invalidate

    def dying(held: Signature, *given: str, **named: object) -> bool:
        if len(done) == 30:
            raise KeyboardInterrupt
        done.append(held.pk)
        return whole(held, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(fraud.acts, "invalidate", dying)
        with pytest.raises(KeyboardInterrupt):
            fraud.step(rule)
    assert "invalidated" not in states(petition) and not FraudHit.objects.exists()
    finish(rule)
    assert states(petition)["invalidated"] == ROBOTS


def test_who_comes_after_the_start_is_left_alone(rule: FraudRule, petition: Petition, moderator: User) -> None:
    fraud.start(rule, moderator)
    late = signature(petition, 999, address_key="a" * 64, form_seconds=0.5)
    finish(rule)
    late.refresh_from_db()
    assert late.state == "pending"


def test_undoing_leaves_what_another_invalidated_later(rule: FraudRule, petition: Petition, moderator: User) -> None:
    fraud.start(rule, moderator)
    finish(rule)
    one = Signature.objects.filter(form_seconds=0.5).first()
    assert one is not None
    acts.reinstate(one, "user:1", "second thought")
    acts.invalidate(one, "user:1", "fake")
    fraud.undo(rule, moderator)
    finish(rule)
    one.refresh_from_db()
    assert one.state == "invalidated" and states(petition)["invalidated"] == 1


def test_a_rule_without_conditions_hits_nobody(petition: Petition, moderator: User, inside: Client) -> None:
    rule = FraudRule.objects.create(name="empty", petition=petition, created_by=moderator)
    with pytest.raises(NotAllowed):
        fraud.start(rule, moderator)
    client = enter(moderator)
    answer = client.post("/staff/staff/fraudrule/add/", {"name": "x", "petition": petition.pk, "cause": "robot"})
    assert answer.status_code == 200 and "at least one condition" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "hits"),
    [
        ({"country": "CN"}, 1),
        ({"name_part": "SIGNER 1"}, 1),
        ({"same_name_over": 1}, 2),
        ({"since": timedelta(days=-2)}, 3),
        ({"until": timedelta(days=-2)}, 1),
        ({"country": "CN", "seconds_below": 1.0}, 0),
    ],
)
def test_each_condition_narrows(petition: Petition, moderator: User, fields: dict[str, object], hits: int) -> None:
    signature(petition, 1)
    signature(petition, 2, country="CN")
    signature(petition, 3, name="Ivan")
    signature(petition, 4, name="Ivan", created_at=timezone.now() - timedelta(days=3))
    now = timezone.now()
    held = {name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    rule = FraudRule.objects.create(name="one", petition=petition, created_by=moderator, **held)
    assert fraud.count(rule) == hits


def test_a_moderator_does_it_all_on_the_page(
    rule: FraudRule, petition: Petition, moderator: User, inside: Client
) -> None:
    client = enter(moderator)
    assert f'id="fraud-count">{ROBOTS}<' in client.get(f"/staff/staff/fraudrule/{rule.pk}/change/").content.decode()
    assert str(ROBOTS) in client.get("/staff/queue/").content.decode()
    client.post(f"/staff/staff/fraudrule/{rule.pk}/do/start/")
    rule.refresh_from_db()
    assert rule.state == "running" and states(petition)["invalidated"] == fraud.BATCH
    client.post(f"/staff/staff/fraudrule/{rule.pk}/do/cancel/")
    rule.refresh_from_db()
    assert rule.state == "cancelled"


def test_the_public_log_tells_of_removals_without_names(
    rule: FraudRule, petition: Petition, moderator: User, inside: Client
) -> None:
    person = Signature.objects.filter(form_seconds=40.0).first()
    assert person is not None
    acts.withdraw(person)
    fraud.start(rule, moderator)
    finish(rule)
    fraud.undo(rule, moderator)
    finish(rule)
    found = {one.cause: one.number for one in removals(petition)}
    assert found == {"withdrawn": -1, "invalidated": -ROBOTS, "reinstated": ROBOTS}
    answer = inside.get("/en/petitions/save-the-amur-leopard/removals/")
    page = answer.content.decode()
    assert answer.status_code == 200 and f'value="-{ROBOTS}"' in page and "Signer" not in page
    for language in ("ru", "zh-hans"):
        assert inside.get(f"/{language}/petitions/save-the-amur-leopard/removals/").status_code == 200
