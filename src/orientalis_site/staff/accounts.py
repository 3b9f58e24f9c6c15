"""Making accounts of the staff, and the link by which their owners set a password."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse

from orientalis_site.audit.chain import append
from orientalis_site.staff.models import User


def password_link(user: User) -> str:
    """The address at which somebody sets his password: once, within a day."""
    named = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return str(settings.SITE_URL) + reverse("account_reset_password_from_key", kwargs=named)


def create(name: str, roles: Sequence[str], actor: str) -> User:
    """An account with these roles and no password yet."""
    with transaction.atomic():
        user = User.objects.create(username=name, is_staff=True)
        user.set_unusable_password()
        user.save()
        user.groups.set(Group.objects.filter(name__in=roles))
        append(actor, "add_user", f"user:{user.pk}", {"roles": sorted(roles), "is_active": True})
    return user


def forget_factor(user: User, actor: str) -> None:
    """Take somebody's second factor and sessions away, for a device that was lost: he sets up another at next login."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(user.pk):
                session.delete()
        append(actor, "factor_removed", f"user:{user.pk}", {"type": "all"})
