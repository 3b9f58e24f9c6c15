"""The admin's site and its ground rule: everything is read-only, to those whose duty it is, unless a page says more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from orientalis_site.staff.factor import is_verified
from orientalis_site.staff.models import User
from orientalis_site.staff.roles import Duty, may

LEFT_OUT = {"password_change", "password_change_done", "view_on_site", "autocomplete"}
"""What Django's admin offers besides and nobody needs here."""


class StaffSite(AdminSite):
    """The admin, for members of the staff with a second factor."""

    site_header = _("Orientalis: staff")
    site_title = _("Orientalis: staff")
    index_title = _("Work")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Once more what the gate has asked: nothing of the admin hangs on one check."""
        user = request.user
        return bool(user.is_active and getattr(user, "is_staff", False) and is_verified(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, less what is not needed, and the pages that belong to no table."""
        from orientalis_site.staff.queue import decide, show

        own: list[URLPattern | URLResolver] = [
            path("queue/", self.admin_view(show), name="queue"),
            path("queue/<str:kind>/", self.admin_view(decide), name="queue_decide"),
        ]
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", None) not in LEFT_OUT)]


site = StaffSite(name="admin")


def member(request: HttpRequest) -> User:
    """Who asks: one of the staff. PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def need(request: HttpRequest, duty: Duty) -> None:
    """PermissionDenied unless whoever asks has a duty."""
    if not may(member(request), duty):
        raise PermissionDenied


def only(duty: Duty) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a page of the admin be asked for by those alone whose duty it is."""

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        def checked(admin: Any, request: HttpRequest, *positional: Any, **named: Any) -> HttpResponseBase:
            need(request, duty)
            return view(admin, request, *positional, **named)

        return checked

    return wrap


class Reading(ModelAdmin):  # type: ignore[type-arg]
    """A table that may be read by those who have `duty`, and changed by nobody."""

    duty: Duty = Duty.READ
    offered: tuple[str, ...] = ("changelist", "change")
    """The pages of Django's admin that there are; the others do not exist."""
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        """The pages that are offered."""
        return [one for one in super().get_urls() if (one.name or "").rpartition("_")[2] in self.offered]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """What the list may be filtered by: its filters, and never a hash or a password, letter by letter."""
        names = [one if isinstance(one, str) else one[0] for one in self.list_filter]  # type: ignore[index]
        return lookup.partition("__")[0] in names

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether it is listed."""
        return may(member(request), self.duty)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether it may be read."""
        return may(member(request), self.duty)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The audit has it; Django's own log would keep names that may have to be erased."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As above."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As above."""
