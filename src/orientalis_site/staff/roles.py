"""The roles: which duties each has. What is not named here nobody may do."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from orientalis_site.staff.models import User


class Duty(StrEnum):
    """What may be done on the pages of the staff; each is a permission `staff.…`."""

    READ = "read"  # petitions, the queue and the counts
    DRAFT = "draft"  # write texts and updates, and submit them
    PUBLISH = "publish"  # publish or reject what somebody else wrote, and office answers
    CLOSE = "close"  # close a petition
    MODERATE = "moderate"  # reasons and signatures
    FRAUD = "fraud"  # fraud rules
    HIDE = "hide"  # hide a petition and bring it back
    DELIVER = "deliver"  # hand over to the offices; their addresses, closing day and goals
    AUDIT = "audit"  # read the audit
    USERS = "users"  # accounts of the staff


ROLES: dict[str, tuple[Duty, ...]] = {
    "creator": (Duty.READ, Duty.DRAFT),
    "reviewer": (Duty.READ, Duty.PUBLISH, Duty.CLOSE),
    "moderator": (Duty.READ, Duty.MODERATE, Duty.FRAUD),
    "admin": tuple(Duty),
}
"""An admin may do everything, but publish what he wrote himself: that the database refuses to anybody."""


def may(user: User | AnonymousUser, duty: Duty) -> bool:
    """Whether somebody has a duty."""
    return bool(user.is_active and user.is_staff and user.has_perm(f"staff.{duty.value}"))
