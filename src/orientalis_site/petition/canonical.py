"""The canonical form of an e-mail address: by it one person is one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import idna
from django.utils.translation import gettext_lazy as _

LONGEST = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}")


class BadAddress(ValueError):
    """No address that mail can be sent to; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Provider:
    """What a provider takes for the same mailbox: `domain` stands for its sisters; idle marks are dropped."""

    domain: str
    tag: str = "+"
    ignored: str = ""


# Only where the provider itself says that these spellings are one mailbox; everywhere else they tell people apart.
_GMAIL = Provider("gmail.com", ignored=".")
_ICLOUD = Provider("icloud.com")
_PROTON = Provider("proton.me", ignored=".-_")
_YANDEX = Provider("yandex.ru", ignored="")
PROVIDERS: dict[str, Provider] = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "icloud.com": _ICLOUD,
    "me.com": _ICLOUD,
    "mac.com": _ICLOUD,
    "proton.me": _PROTON,
    "protonmail.com": _PROTON,
    "pm.me": _PROTON,
    **dict.fromkeys(("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.com.tr"), _YANDEX),
    **{name: Provider(name) for name in ("outlook.com", "hotmail.com", "live.com", "msn.com", "fastmail.com")},
}


def deliverable(text: str) -> str:
    """The address as mail is sent to it: trimmed, the domain in ASCII. BadAddress where there can be none."""
    text = unicodedata.normalize("NFC", text.strip())
    local, mark, domain = text.rpartition("@")
    if not mark or not local or not domain:
        raise BadAddress(_("An e-mail address looks like name@example.org."))
    if len(text) > LONGEST or len(local) > 64:
        raise BadAddress(_("This address is too long."))
    if not _LOCAL.fullmatch(local):
        raise BadAddress(_("Before the @ there may only be Latin letters, digits and marks, without spaces."))
    try:
        name = idna.encode(domain.rstrip("."), uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        name = ""
    if not _NAME.fullmatch(name):
        raise BadAddress(_("After the @ there must be a domain such as example.org."))
    return f"{local}@{name}"


def canonical(address: str) -> str:
    """One text for all spellings of a mailbox; `address` is one that `deliverable` gave."""
    local, _mark, domain = address.lower().rpartition("@")
    provider = PROVIDERS.get(domain)
    if provider is not None:
        local = local.partition(provider.tag)[0] or local
        if provider is _YANDEX:
            local = local.replace("-", ".")
        kept = "".join(mark for mark in local if mark not in provider.ignored)
        local, domain = kept or local, provider.domain
    return f"{local}@{domain}"
