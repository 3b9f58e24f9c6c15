"""What a moderator does to one signature."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from orientalis_site.petition import acts
from orientalis_site.petition.models import Signature
from orientalis_site.staff.models import FraudRule

CAUSES = tuple(FraudRule.Cause.values)


def act(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Invalidate, for one of the causes that the public log knows, or reinstate."""
    signature = get_object_or_404(Signature, pk=pk)
    actor, cause = f"user:{request.user.pk}", request.POST.get("cause", "")
    is_done = False
    if request.method == "POST" and word == "invalidate" and cause in CAUSES:
        is_done = acts.invalidate(signature, actor, why=cause)
    elif request.method == "POST" and word == "reinstate":
        is_done = acts.reinstate(signature, actor, why="second thought")
    if is_done:
        messages.success(request, gettext("Done."))
    else:
        messages.error(request, gettext("Nothing was changed: choose a cause, and look at the state it is in."))
    return redirect("admin:petition_signature_change", pk)
