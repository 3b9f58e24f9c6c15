"""Refusals on the pages of the staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit.errors import Refusal, answer


def foreign_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the secret of its session."""
    words = _("This form is no longer valid. Please open the page anew and send it again.")
    return answer(request, Refusal(403, "foreign_form", words))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody who may not."""
    return answer(request, Refusal(403, "forbidden", _("Your role does not allow this.")))
