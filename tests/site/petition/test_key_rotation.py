"""A new key is used at once, and nothing that was written under the old one is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from orientalis_site.kit import keys
from orientalis_site.petition.models import Signature
from tests.site.petition.campaign import person, shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_keys(tmp_path: Path, settings: Any) -> Path:
    """Keys of this test alone."""
    settings.KEYS = tmp_path / "own-keys"
    return Path(settings.KEYS) / keys.FILE


def rotate(key: str) -> None:
    """Rotate, and start again."""
    call_command("rotate_keys", key)
    keys._read.cache_clear()


def test_who_signed_under_the_old_pepper_does_not_sign_twice(own_keys: Path, inside: Client) -> None:
    petition = shipped()
    person(petition, "One", address="one@example.org")
    rotate("pepper")
    person(petition, "Two", address="two@example.org")
    from orientalis_site.petition import signing

    form = signing.Form(name="Again", address="one@example.org", country="RU", seconds=20.0)
    signing.sign(petition, form)
    assert Signature.objects.count() == 2
    assert sorted(Signature.objects.values_list("pepper", flat=True)) == [1, 2]
    with pytest.raises(CommandError, match="sign twice"):
        call_command("rotate_keys", "pepper")
    Signature.objects.filter(pepper=1).update(email_key="")
    rotate("pepper")
    assert sorted(keys.keys().peppers) == [1, 2, 3]


def test_addresses_sealed_under_the_old_key_are_still_read(own_keys: Path, inside: Client) -> None:
    petition = shipped()
    first = person(petition, "One", address="one@example.org")
    rotate("email")
    second = person(petition, "Two", address="two@example.org")
    assert keys.keys().open(first.email_sealed) == "one@example.org"
    assert keys.keys().open(second.email_sealed) == "two@example.org"
    assert own_keys.stat().st_mode & 0o077 == 0 and len(list(own_keys.parent.iterdir())) == 1
