"""The forms that take a code: few tries, and each code once, whichever process of the site is asked."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orientalis_site.kit.keys import keys
from orientalis_site.limits.buckets import Demand, take

TRIES, TRIES_SECONDS = 5, 300.0
"""Codes that may be tried for one account, and the seconds in which as many more may follow (assumed)."""
USED_SECONDS = 300.0
"""For how long a code that was taken is refused: longer than any code of an app is valid."""


class Counted(forms.BaseAuthenticateForm):  # type: ignore[misc]
    """Counts in the database, where the library counts within one process alone."""

    user: Any

    def clean_code(self) -> str:
        """The code, if it is right and was not used before."""
        if not take([Demand(f"staff-code:{self.user.pk}", TRIES, TRIES_SECONDS)]):
            raise ValidationError(_("Too many codes were tried. Please wait some minutes."))
        code: str = super().clean_code()
        used = keys().salted(f"staff-code:{self.user.pk}:{''.join(code.split())}")
        if not take([Demand(f"used:{used}", 1, USED_SECONDS)]):
            raise ValidationError(_("This code was used already. Please wait for the next one."))
        return code


class AuthenticateForm(Counted, forms.AuthenticateForm):  # type: ignore[misc]
    """At login."""


class ReauthenticateForm(Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    """Before an act that touches the account itself."""
