"""What the load of the petition needs of the database, from within the site. Prints JSON.

    ORIENTALIS_VAR=… ORIENTALIS_DATABASE_URL=… python benchmarks/petition_inside.py pending NUMBER FILE

`pending`: people who have signed and hold a link each; the posts that confirm are written to FILE.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "orientalis_site.settings"
import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from orientalis_site.kit.keys import keys  # noqa: E402
from orientalis_site.petition.models import Petition, Signature, Token  # noqa: E402
from orientalis_site.petition.tokens import hashed  # noqa: E402

SLUG = "save-the-amur-leopard"
COUNTRIES = ("RU", "CN", "NL", "FR", "DE", "US", "BR", "IN", "KR", "JP")
AT_ONCE = 5000


def petition() -> Petition:
    """The petition that is open."""
    return Petition.objects.select_related("current", "count").get(slug=SLUG)


def pending(number: str, file: str) -> dict[str, Any]:
    """Signatures that wait for their confirmation."""
    ours, now, sealed = petition(), timezone.now(), keys().seal("somebody@example.org")
    lines = []
    for start in range(0, int(number), AT_ONCE):
        made = Signature.objects.bulk_create(
            Signature(
                petition=ours, version=ours.current, name=f"Person {one}", country=COUNTRIES[one % 10], language="en",
                email_key=secrets.token_hex(32), pepper=1, email_sealed=sealed, created_at=now, show_name=one % 3 == 0,
            )
            for one in range(start, min(start + AT_ONCE, int(number)))
        )  # fmt: skip
        held = [secrets.token_urlsafe(32) for _ in made]
        Token.objects.bulk_create(
            Token(hash=hashed(Token.Purpose.CONFIRM, token), purpose=Token.Purpose.CONFIRM, signature=one)
            for token, one in zip(held, made, strict=True)
        )
        lines += [f"/en/petitions/{SLUG}/confirm/{token}/\t10.0.0.1\t" for token in held]
    Path(file).write_text("\n".join(lines), encoding="ascii")
    return {"made": len(lines)}


def main() -> None:
    """Do what was asked for; print what it found and the seconds it took."""
    start = time.perf_counter()
    found = globals()[sys.argv[1]](*sys.argv[2:])
    json.dump({**found, "seconds": time.perf_counter() - start}, sys.stdout)


if __name__ == "__main__":
    main()
