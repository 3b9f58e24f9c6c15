"""One route may stand in a frame on other sites, and it can do nothing; all others may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from orientalis_site.petition import states
from orientalis_site.petition.models import Petition
from tests.site.evidence import shipped as bundle
from tests.site.inside import LANGUAGES
from tests.site.petition.campaign import FOUNDING, OPEN, counted, person, shipped

pytestmark = pytest.mark.django_db
FILLED = {
    "language": "en",
    "form": "json",
    "slug": OPEN,
    "token": "x" * 43,
    "name": "forecast",
    "bundle_hash": "0" * 64,
    "path": "manifest.json",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """(route, an address of it) of all routes of the resolver."""
    for one in patterns:
        route = before + str(one.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        else:
            named = re.sub(
                r"<(?:\w+:)?(\w+)>", lambda found: FILLED.get(found[1], "1"), re.sub(r"\(\?P.*\)", "en", route)
            )
            yield route, "/" + re.sub(r"[\\^$?()|*+]", "", named)


def ancestors(policy: str) -> str:
    """Who may frame, by a policy."""
    (found,) = re.findall(r"frame-ancestors ([^;]+)", policy)
    return str(found).strip()


def test_no_other_route_may_be_framed(inside: Client) -> None:
    shipped()
    all_routes = dict(routes(get_resolver().url_patterns))
    open_ones = set()
    for route, address in all_routes.items():
        response = inside.get(address)
        assert "Content-Security-Policy" in response.headers, route
        if ancestors(response.headers["Content-Security-Policy"]) != "'none'":
            open_ones.add(route)
    assert open_ones == {"<language:language>/petitions/<slug:slug>/embed/"} and len(all_routes) > 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_framed_view_shows_the_count_and_can_do_nothing(inside: Client, language: str) -> None:
    petition = shipped()
    for number in range(3):
        person(petition, f"P{number}")
    counted(petition)
    for _ in range(2):  # drawn, and from memory
        response = inside.get(f"/{language}/petitions/{OPEN}/embed/")
        text = response.content.decode()
        assert response.status_code == 200 and not response.cookies
        policy = response.headers["Content-Security-Policy"]
        assert ancestors(policy) == "*" and "script-src" not in policy and "form-action 'none'" in policy
    assert "<form" not in text and "<script" not in text and "<input" not in text
    assert '<data class="n" value="3"' in text and 'max="100"' in text and 'value="3"' in text
    links = re.findall(r"<a [^>]*>", text)
    assert links and all('target="_blank"' in one and 'rel="noopener"' in one for one in links)
    assert all(f"/{language}/petitions/{OPEN}/" in one for one in links)


def test_a_closed_petition_has_no_goal_and_a_hidden_one_no_view(inside: Client) -> None:
    petition = shipped()
    text = inside.get(f"/en/petitions/{FOUNDING}/embed/").content.decode()
    assert "<progress" not in text and '<data class="n" value="1870"' in text
    states.hide(petition, "test")
    response = inside.get(f"/en/petitions/{OPEN}/embed/")
    assert response.status_code == 410 and ancestors(response.headers["Content-Security-Policy"]) == "'none'"
    Petition.objects.filter(pk=petition.pk).update(state="draft")
    assert inside.get(f"/en/petitions/{OPEN}/embed/").status_code == 404


def test_the_code_to_copy_is_shown_as_text(inside: Client) -> None:
    from django.template.loader import render_to_string

    context = {"address": f"http://localhost:8000/en/petitions/{OPEN}/", "title": 'A "title" <script>'}
    text = render_to_string("petition/embed_code.html", context)
    assert "<iframe" not in text and "<script" not in text
    assert f"/en/petitions/{OPEN}/embed/" in text and bundle().hash not in text
