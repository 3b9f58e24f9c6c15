"""Every kind of letter by its name. A new kind is a line here."""

from __future__ import annotations

from orientalis_site.mail.kinds import Delivery, Kind, News, Sign, answered, closed, delivered, update

KINDS: dict[str, Kind] = {
    "sign": Sign(),
    "office": Delivery(),
    "update": News(update),
    "closed": News(closed),
    "delivered": News(delivered),
    "answered": News(answered),
}
