"""The admin: what each role sees and does."""

from orientalis_site.staff.admin import audit, fraud, petitions, signatures, users
from orientalis_site.staff.admin.site import site

__all__ = ["audit", "fraud", "petitions", "signatures", "site", "users"]
