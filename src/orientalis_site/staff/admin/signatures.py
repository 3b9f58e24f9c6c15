"""Signatures, to be read: no e-mail address, sealed or hashed, and none can be deleted here."""

from __future__ import annotations

from django.contrib.admin import register
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from orientalis_site.petition.models import Event, Signature
from orientalis_site.staff.admin.site import Reading, only, site
from orientalis_site.staff.roles import Duty
from orientalis_site.staff.signature_acts import act


@register(Signature, site=site)
class SignatureAdmin(Reading):
    """What a moderator needs to judge."""

    duty = Duty.MODERATE
    list_display = ("uid", "petition", "state", "name", "country", "reason_state", "created_at")
    list_filter = ("petition", "state", "reason_state")
    search_fields = ("=uid", "name")
    search_help_text = _("The whole identifier, or letters of the name")
    fields = (
        *("uid", "petition", "version", "state", "name", "country", "reason", "reason_state", "show_name", "updates"),
        *("language", "form_seconds", "created_at", "confirmed_at", "ended_at", "bounced_at"),
    )
    readonly_fields = fields
    list_select_related = ("petition", "version")
    change_form_template = "staff/signature.html"

    def get_urls(self) -> list[URLPattern]:
        """Its acts besides."""
        own = path("<int:pk>/do/<str:word>/", self.admin_site.admin_view(self.act), name="petition_signature_act")
        return [own, *super().get_urls()]

    @only(Duty.MODERATE)
    def act(self, request: HttpRequest, pk: int, word: str):  # type: ignore[no-untyped-def]
        """Invalidate or reinstate one signature."""
        return act(request, pk, word)


@register(Event, site=site)
class EventAdmin(Reading):
    """What changed the count: appended, never changed."""

    duty = Duty.MODERATE
    list_display = ("id", "petition", "delta", "cause", "country", "version", "at", "folded_at")
    list_filter = ("petition", "cause")
    list_select_related = ("petition",)
    fields = ("petition", "delta", "cause", "country", "version", "at", "folded_at")
    readonly_fields = fields
