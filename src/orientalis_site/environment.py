"""Settings from the environment: each has a type, and a wrong one stops the start with a clear sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def refuse(name: str, value: object, expected: str) -> ImproperlyConfigured:
    """The error for a setting: its name, what it held and what was expected."""
    return ImproperlyConfigured(f"{name}: got {value!r}; expected {expected}.")


class Environment:
    """Typed reading of environment variables. An empty one counts as not set."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self.variables = variables

    def text(self, name: str, default: str) -> str:
        """A text."""
        return self.variables.get(name, "").strip() or default

    def secret(self, name: str, *, is_required: bool, default: str, least: int = 50) -> str:
        """A secret of at least `least` characters; without one the start stops where it is required."""
        value = self.text(name, "")
        if not value and not is_required:
            return default
        if len(value) < least:
            held = f"{len(value)} characters" if value else "nothing"
            hint = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
            raise ImproperlyConfigured(
                f"{name}: got {held}; expected a secret of {least} characters or more. Make one: {hint}"
            )
        return value

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """An integer within [low, high]."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise refuse(name, value, f"a whole number from {low} to {high}")
        return int(value)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in choices:
            raise refuse(name, value, " or ".join(choices))
        return value

    def optional_secret(self, name: str, least: int = 16) -> str:
        """A secret that need not be there; one that is has `least` characters, and a wrong one is never shown."""
        value = self.text(name, "")
        if value and len(value) < least:
            raise ImproperlyConfigured(f"{name}: got {len(value)} characters; expected {least} or more.")
        return value

    def sender(self, name: str, default: str) -> str:
        """Whom mail comes from: an address, with a name before it or without."""
        value = self.text(name, default)
        shown, address = parseaddr(value)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or any(ord(letter) < 32 for letter in value):
            raise refuse(name, value, "an address such as petition@leopard.example or Orientalis <petition@…>")
        return f"{shown} <{address}>" if shown else address

    def starting_with(self, prefix: str) -> dict[str, str]:
        """All variables of a prefix, without it."""
        return {name[len(prefix) :]: value for name, value in self.variables.items() if name.startswith(prefix)}

    def hosts(self, name: str, default: tuple[str, ...]) -> list[str]:
        """Names of hosts, separated by commas; the wildcard is refused, and so is nothing at all."""
        values = [part.strip() for part in self.text(name, ",".join(default)).split(",") if part.strip()]
        for value in values:
            if value == "*" or "/" in value or " " in value:
                raise refuse(name, value, "names of hosts separated by commas, such as leopard.example")
        if not values:
            raise refuse(name, "", "names of hosts separated by commas, such as leopard.example")
        return values

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks in CIDR form, separated by commas; none by default."""
        found = []
        for part in filter(None, map(str.strip, self.text(name, "").split(","))):
            try:
                found.append(ip_network(part))
            except ValueError:
                raise refuse(name, part, "networks such as 10.0.0.0/8, separated by commas") from None
        return tuple(found)

    def folder(self, name: str, default: Path) -> Path:
        """A folder, made absolute; it need not exist."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def origin(self, name: str, default: str) -> str:
        """The site's own address: scheme, host and port, no path."""
        value = self.text(name, default).rstrip("/")
        parts = split(name, value, "an address such as https://leopard.example")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise refuse(name, value, "an address such as https://leopard.example")
        return value

    def database(self, name: str, file: Path) -> dict[str, Any]:
        """Django's settings of a database: SQLite in `file` by default, PostgreSQL by its URL."""
        value = self.text(name, "")
        if not value:
            return sqlite(file)
        parts = split(name, "postgresql://…", "postgresql://user:password@host:port/name", value)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            shown = f"{parts.scheme}://…" if parts.scheme else "another text"  # never the password
            raise refuse(name, shown, "postgresql://user:password@host:port/name")
        query = dict(part.split("=", 1) for part in parts.query.split("&") if "=" in part)
        return {
            "ENGINE": "orientalis_site.kit.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.pop("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,  # kit/postgresql keeps lines; each of many threads would keep one of its own
            "OPTIONS": {"connect_timeout": 5, **query},
        }


def split(name: str, shown: str, expected: str, value: str | None = None) -> SplitResult:
    """The parts of an address; `shown` stands for it in the error, so that no password does."""
    try:
        parts = urlsplit(shown if value is None else value)
        _ = parts.port  # it is read, and refused, only when asked for
    except ValueError:
        raise refuse(name, shown, expected) from None
    return parts


def sqlite(file: Path) -> dict[str, Any]:
    """SQLite for one machine: readers do not wait for the writer, a writer waits five seconds at most."""
    pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": options}
