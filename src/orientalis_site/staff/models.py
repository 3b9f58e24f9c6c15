"""Accounts of the staff. Citizens have none."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of the staff. What he may do follows from his groups: `staff/roles.py`."""
