"""The audit, to be read, with the state of its chain, and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import DateFieldListFilter, display, register
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from orientalis_site.audit.chain import append, faults
from orientalis_site.audit.models import Entry
from orientalis_site.staff.admin.site import Reading, only, site
from orientalis_site.staff.roles import Duty


@register(Entry, site=site)
class EntryAdmin(Reading):
    """Read-only here, and the database refuses a change besides."""

    duty = Duty.AUDIT
    list_display = ("id", "at", "actor", "action", "subject", "short_hash")
    list_filter = ("action", ("at", DateFieldListFilter))
    search_fields = ("actor", "subject")
    search_help_text = _("Who, such as user:1; or what, such as petition:save-the-amur-leopard")
    change_list_template = "staff/audit.html"

    @display(description=_("hash"))
    def short_hash(self, entry: Entry) -> str:
        """The first letters of its hash."""
        return entry.hash[:10]

    def get_urls(self) -> list[URLPattern]:
        """The file besides."""
        own = path("export/", self.admin_site.admin_view(self.export), name="audit_entry_export")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, and whether the chain holds, if that is asked: it is read whole."""
        found = faults() if self.has_view_permission(request) and "verify" in request.GET else None
        if "verify" in request.GET:
            rest = request.GET.copy()
            rest.pop("verify")
            request.GET = rest  # type: ignore[assignment]  # Django's list takes no key that it does not know
        last = Entry.objects.order_by("-id").first()
        held = {"is_verified": found is not None, "faults": (found or [])[:5], "head": last.hash if last else ""}
        return super().changelist_view(request, {**held, **(extra_context or {})})

    @only(Duty.AUDIT)
    def export(self, request: HttpRequest) -> HttpResponseBase:
        """All entries, one a line, in the order of the chain: whoever has the file can verify it."""
        append(f"user:{request.user.pk}", "export_audit", "audit:all")
        response = StreamingHttpResponse(_lines(), content_type="application/x-ndjson; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
        return response


def _lines() -> Iterator[str]:
    for one in Entry.objects.order_by("id").iterator(chunk_size=2000):
        held = {
            "id": one.pk,
            "at": one.at.isoformat(timespec="microseconds"),
            "actor": one.actor,
            "action": one.action,
            "subject": one.subject,
            "details": one.details,
            "previous": one.previous,
            "hash": one.hash,
        }
        yield json.dumps(held, ensure_ascii=False) + "\n"
