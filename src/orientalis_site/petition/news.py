"""News of a petition: written by one of the staff, published by another, then mailed to those who wanted it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orientalis_site.audit.chain import append
from orientalis_site.mail.news import announce
from orientalis_site.petition.happenings import UPDATE, happened
from orientalis_site.petition.models import Petition, Update
from orientalis_site.petition.states import SHOWN, NotAllowed
from orientalis_site.staff.models import User


def write(petition: Petition, title: Mapping[str, str], text: Mapping[str, list[str]], author: User) -> Update:
    """News that nobody sees yet; words and paragraphs by language."""
    if petition.state not in SHOWN:
        raise NotAllowed(f"{petition.slug} is {petition.state}: there is nobody to tell")
    with transaction.atomic():
        update = Update.objects.create(
            petition=petition, title=dict(title), text=dict(text), created_at=timezone.now(), created_by=author
        )
        append(f"user:{author.pk}", "write_update", f"update:{update.pk}", {"petition": petition.slug})
    return update


def publish(update: Update, reviewer: User, now: datetime | None = None) -> None:
    """Show news and have them mailed. Their author may not."""
    if update.created_by_id is None or update.created_by_id == reviewer.pk:
        raise NotAllowed("who wrote an update may not publish it: a second person must")
    with transaction.atomic():
        petition = Petition.objects.select_for_update(no_key=True).get(pk=update.petition_id)
        if petition.state not in SHOWN:
            raise NotAllowed(f"{petition.slug} is {petition.state}: there is nobody to tell")
        rows = Update.objects.filter(pk=update.pk, published_at=None)
        if not rows.update(published_at=now or timezone.now(), published_by=reviewer):
            raise NotAllowed("this update is published already")
        petition.save(update_fields=["changed_at"])
        append(f"user:{reviewer.pk}", "publish_update", f"update:{update.pk}", {"petition": petition.slug})
        happened(UPDATE, petition, update=update.pk)
        # Afterwards: a million letters in one transaction would keep those who sign waiting.
        transaction.on_commit(lambda: send(update))
    update.refresh_from_db()


def send(update: Update) -> int:
    """Write to those who wanted news and were not written to yet; how many. Where it was interrupted it goes on."""
    if not Update.objects.filter(pk=update.pk, published_at__isnull=False).exists():
        raise NotAllowed("this update is not published: its letters would be dropped, and never written again")
    return announce(update.petition, "update", f"update:{update.pk}")


def discard(update: Update, reviewer: User) -> None:
    """Throw away news that were not published."""
    with transaction.atomic():
        deleted, _ = Update.objects.filter(pk=update.pk, published_at=None).delete()
        if not deleted:
            raise NotAllowed("this update is published already")
        append(f"user:{reviewer.pk}", "discard_update", f"update:{update.pk}", {})
