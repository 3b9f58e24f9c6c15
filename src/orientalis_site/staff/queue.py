"""The review queue: one page with all that waits for somebody, as far as it is his duty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from orientalis_site.delivery import answers
from orientalis_site.petition import moderation
from orientalis_site.petition.models import Petition, Response, Signature, Update, Version
from orientalis_site.petition.states import NotAllowed
from orientalis_site.staff import fraud
from orientalis_site.staff.models import FraudRule, User
from orientalis_site.staff.roles import Duty, may

AT_ONCE = 50
"""Reasons that a page shows."""


def versions() -> list[Version]:
    """The newest versions that wait for a second person."""
    waiting = (Petition.State.IN_REVIEW, Petition.State.OPEN)
    newest = Version.objects.annotate(last=Max("petition__versions__number")).filter(number=F("last"))
    return list(newest.filter(published_at=None, petition__state__in=waiting).select_related("petition", "created_by"))


def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    from orientalis_site.staff.admin.site import site

    user = request.user
    if not isinstance(user, User) or not may(user, Duty.READ):
        raise PermissionDenied
    parts: list[tuple[str, int]] = []
    held: dict[str, Any] = {"title": gettext("Review queue"), "causes": moderation.CAUSES}
    if may(user, Duty.PUBLISH) or may(user, Duty.DRAFT):
        held["versions"] = versions()
        held["updates"] = list(Update.objects.filter(published_at=None).select_related("petition", "created_by"))
        parts += [(gettext("Texts"), len(held["versions"])), (gettext("Updates"), len(held["updates"]))]
    if may(user, Duty.MODERATE):
        waiting = Signature.objects.filter(reason_state="waiting", state="confirmed")
        held["reasons"] = list(waiting.select_related("petition").order_by("created_at")[:AT_ONCE])
        parts.append((gettext("Reasons"), waiting.count()))
    if may(user, Duty.PUBLISH):
        held["responses"] = list(Response.objects.filter(state="waiting").select_related("office__petition"))
        parts.append((gettext("Answers of offices"), len(held["responses"])))
    if may(user, Duty.FRAUD):
        states = (FraudRule.State.DRAFT, FraudRule.State.CANCELLED)
        counted = [(rule, fraud.count(rule)) for rule in FraudRule.objects.filter(state__in=states)[:AT_ONCE]]
        held["rules"] = [(rule, count) for rule, count in counted if count]
        parts.append((gettext("Fraud rules"), len(held["rules"])))
    return TemplateResponse(request, "staff/queue.html", {**site.each_context(request), **held, "parts": parts})


def decide(request: HttpRequest, kind: str) -> HttpResponse:
    """Decide on reasons, many at once, or on an office's answer."""
    user = request.user
    duty = {"reasons": Duty.MODERATE, "responses": Duty.PUBLISH}.get(kind)
    if duty is None:
        raise Http404
    if not isinstance(user, User) or not may(user, duty):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("admin:queue")
    try:
        if kind == "reasons":
            _reasons(request, user)
        else:
            response = get_object_or_404(Response, pk=_numbers(request, "id")[0] if _numbers(request, "id") else 0)
            is_shown = request.POST.get("decision") == "show"
            why = request.POST.get("why", "").strip()[:200]
            if not is_shown and not why:
                raise NotAllowed(gettext("Say why it is refused."))
            if is_shown:
                answers.publish(response, user)
            else:
                answers.refuse(response, user, why)
            messages.success(request, gettext("Done."))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("admin:queue")


def _reasons(request: HttpRequest, user: User) -> None:
    ids, cause = _numbers(request, "id"), request.POST.get("cause", "")
    decision = request.POST.get("decision")
    if decision not in ("show", "refuse") or not ids:
        raise NotAllowed(gettext("Mark the reasons that you decide on."))
    if decision == "refuse" and not cause:
        raise NotAllowed(gettext("Choose why they are refused."))
    done = moderation.decide_reasons(ids, user, cause if decision == "refuse" else "")
    messages.success(request, gettext("Decided: %(number)s.") % {"number": done})


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19]
