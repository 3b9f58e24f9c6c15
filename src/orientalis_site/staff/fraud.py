"""Fraud rules at work: what one would hit, and running, cancelling and undoing it in batches.

A batch is one transaction: a process that dies in the middle of it leaves nothing half done, and whoever comes next
goes on where the last whole batch ended.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from orientalis_site.audit.chain import append
from orientalis_site.petition import acts
from orientalis_site.petition.models import Signature
from orientalis_site.petition.signing import LIVE
from orientalis_site.petition.states import NotAllowed
from orientalis_site.staff.models import FraudHit, FraudRule, User

State = FraudRule.State
BATCH = 100
SAMPLE = 20
FALLS = (Signature.State.PENDING, Signature.State.CONFIRMED)


def conditions(rule: FraudRule) -> list[str]:
    """The names of the conditions that a rule sets; without any it would hit everybody."""
    names = ("since", "until", "country", "name_part", "same_place_over", "same_name_over", "seconds_below")
    return [name for name in names if getattr(rule, name) not in (None, "")]


def matching(rule: FraudRule) -> QuerySet[Signature]:
    """The living signatures that meet all conditions of a rule: the same before, during and after a run."""
    found = Signature.objects.filter(petition_id=rule.petition_id, state__in=LIVE)
    if rule.since is not None:
        found = found.filter(created_at__gte=rule.since)
    if rule.until is not None:
        found = found.filter(created_at__lt=rule.until)
    window = found
    if rule.country:
        found = found.filter(country=rule.country)
    if rule.name_part:
        found = found.filter(name__icontains=rule.name_part)
    if rule.seconds_below is not None:
        found = found.filter(form_seconds__lt=rule.seconds_below)
    if rule.same_place_over is not None:
        found = found.filter(
            address_key__in=_frequent(window.exclude(address_key=""), "address_key", rule.same_place_over)
        )
    if rule.same_name_over is not None:
        found = found.filter(name__in=_frequent(window, "name", rule.same_name_over))
    return found


def count(rule: FraudRule) -> int:
    """How many signatures it would invalidate now."""
    return matching(rule).filter(state__in=FALLS).count()


def sample(rule: FraudRule) -> list[Signature]:
    """The newest of them."""
    return list(matching(rule).filter(state__in=FALLS).order_by("-id")[:SAMPLE])


def start(rule: FraudRule, moderator: User) -> int:
    """Set a rule to work, or a cancelled one to go on; how many signatures it will hit."""
    if not conditions(rule):
        raise NotAllowed("a rule needs at least one condition")
    with transaction.atomic():
        hits = count(rule)
        top = Signature.objects.filter(petition_id=rule.petition_id).aggregate(top=Max("id"))["top"] or 0
        rows = FraudRule.objects.filter(pk=rule.pk, state__in=(State.DRAFT, State.CANCELLED, State.UNDONE))
        if not rows.update(state=State.RUNNING, started_by=moderator, top_id=top, last_id=0, changed_at=timezone.now()):
            raise NotAllowed(f"{rule.name} is {rule.state}: it cannot be started")
        append(f"user:{moderator.pk}", "fraud_start", f"fraud_rule:{rule.pk}", {"count": hits})
    rule.refresh_from_db()
    return hits


def cancel(rule: FraudRule, moderator: User) -> None:
    """Stop after the batch that is at work; what it has invalidated stays so until it is undone."""
    with transaction.atomic():
        if not FraudRule.objects.filter(pk=rule.pk, state=State.RUNNING).update(state=State.CANCELLED):
            raise NotAllowed(f"{rule.name} does not run")
        append(f"user:{moderator.pk}", "fraud_cancel", f"fraud_rule:{rule.pk}", {"hits": _hits(rule).count()})
    rule.refresh_from_db()


def undo(rule: FraudRule, moderator: User) -> None:
    """Reinstate, batch by batch, what this rule invalidated, and nothing that another did."""
    with transaction.atomic():
        rows = FraudRule.objects.filter(pk=rule.pk, state__in=(State.DONE, State.CANCELLED))
        if not rows.update(state=State.UNDOING, started_by=moderator):
            raise NotAllowed(f"{rule.name} is {rule.state}: there is nothing to undo")
        append(f"user:{moderator.pk}", "fraud_undo", f"fraud_rule:{rule.pk}", {"hits": _hits(rule).count()})
    rule.refresh_from_db()


def step(rule: FraudRule) -> int:
    """One batch of a rule that runs or is undone; how many signatures were looked at, 0 where nothing is left to do."""
    with transaction.atomic():
        held = FraudRule.objects.select_for_update().get(pk=rule.pk)
        if held.state == State.RUNNING:
            return _run(held)
        return _undo(held) if held.state == State.UNDOING else 0


def step_all() -> int:
    """One batch of each rule that is at work, for a loop; how many signatures were looked at."""
    return sum(step(rule) for rule in FraudRule.objects.filter(state__in=(State.RUNNING, State.UNDOING)))


def _run(rule: FraudRule) -> int:
    rows = list(matching(rule).filter(id__gt=rule.last_id, id__lte=rule.top_id).order_by("id")[:BATCH])
    for signature in rows:
        now = timezone.now()
        if acts.invalidate(signature, f"user:{rule.started_by_id}", why=f"fraud_rule:{rule.pk}", now=now):
            FraudHit.objects.update_or_create(rule=rule, signature=signature, defaults={"at": now, "undone_at": None})
    if rows:
        rule.last_id = rows[-1].pk
    if len(rows) < BATCH:
        rule.state = State.DONE
        append("program", "fraud_done", f"fraud_rule:{rule.pk}", {"hits": _hits(rule).filter(undone_at=None).count()})
    rule.save()
    return len(rows)


def _undo(rule: FraudRule) -> int:
    hits = list(_hits(rule).filter(undone_at=None).select_related("signature").order_by("id")[:BATCH])
    for hit in hits:
        # The moment tells whose invalidation it is: another's, later, has its own.
        is_ours = hit.signature.ended_at is not None and abs(hit.signature.ended_at - hit.at) < timedelta(
            microseconds=1
        )
        if is_ours:
            acts.reinstate(hit.signature, f"user:{rule.started_by_id}", why=f"fraud_rule:{rule.pk}")
        hit.undone_at = timezone.now()
        hit.save(update_fields=["undone_at"])
    if len(hits) < BATCH:
        rule.state = State.UNDONE
        append("program", "fraud_undone", f"fraud_rule:{rule.pk}", {"hits": _hits(rule).count()})
        rule.save()
    return len(hits)


def _hits(rule: FraudRule) -> QuerySet[FraudHit]:
    return FraudHit.objects.filter(rule=rule)


def _frequent(rows: QuerySet[Signature], field: str, over: int) -> QuerySet[Signature, object]:
    grouped = rows.order_by().values(field).annotate(times=Count("id")).filter(times__gt=over)
    return grouped.values_list(field, flat=True)
