"""Every address of the resolver × every role: who is let in, and nobody by default.

An address that is not in these tables fails the test, so that none is added without a thought for who may ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from orientalis_site.petition.models import Petition, Response, Update, Version
from orientalis_site.staff.models import FraudRule, User
from tests.site.petition.staff_inside import ROLES, account, draft, enter, signature

EVERYBODY = ("anonymous", "citizen", "newcomer", *ROLES)
LOGIN, FACTOR, REFUSED, IN = "sent to login", "sent to set up a factor", "refused", "let in"
ALL, NONE = frozenset(ROLES), frozenset[str]()


def only(*roles: str) -> frozenset[str]:
    """These and the admin."""
    return frozenset({*roles, "admin"})


# route: (a path, who may GET, who may POST). PK: a petition, RULE, SIGNATURE, EVENT, USER, UPDATE: one of those.
STAFF: dict[str, tuple[str, frozenset[str], frozenset[str]]] = {
    "staff/password/change/": ("/staff/password/change/", ALL, ALL),
    "staff/factor/": ("/staff/factor/", ALL, ALL),
    "staff/factor/app/off/": ("/staff/factor/app/off/", ALL, ALL),
    "staff/factor/codes/": ("/staff/factor/codes/", ALL, ALL),
    "staff/factor/codes/new/": ("/staff/factor/codes/new/", ALL, ALL),
    "staff/factor/codes/file/": ("/staff/factor/codes/file/", ALL, ALL),
    "staff/": ("/staff/", ALL, ALL),
    "staff/jsi18n/": ("/staff/jsi18n/", ALL, ALL),
    "staff/^(?P<app_label>audit|staff|petition)/$": ("/staff/petition/", ALL, ALL),
    "staff/(?P<url>.*)$": ("/staff/there/is/nothing/", ALL, ALL),
    "staff/queue/": ("/staff/queue/", ALL, ALL),
    "staff/queue/<str:kind>/": ("/staff/queue/reasons/", only("moderator"), only("moderator")),
    "staff/audit/entry/": ("/staff/audit/entry/?verify=1", only(), only()),
    "staff/audit/entry/export/": ("/staff/audit/entry/export/", only(), only()),
    "staff/audit/entry/<path:object_id>/change/": ("/staff/audit/entry/1/change/", only(), NONE),
    "staff/staff/fraudrule/": ("/staff/staff/fraudrule/", only("moderator"), only("moderator")),
    "staff/staff/fraudrule/add/": ("/staff/staff/fraudrule/add/", only("moderator"), only("moderator")),
    "staff/staff/fraudrule/<path:object_id>/change/": (
        "/staff/staff/fraudrule/RULE/change/",
        only("moderator"),
        only("moderator"),
    ),
    "staff/staff/fraudrule/<int:pk>/do/<str:word>/": (
        "/staff/staff/fraudrule/RULE/do/start/",
        ALL,  # 405 for everybody
        only("moderator"),
    ),
    "staff/petition/petition/": ("/staff/petition/petition/?state__exact=open", ALL, ALL),
    "staff/petition/petition/<path:object_id>/change/": ("/staff/petition/petition/PK/change/", ALL, ALL),
    "staff/petition/petition/new/": ("/staff/petition/petition/new/", only("creator"), only("creator")),
    "staff/petition/petition/<int:pk>/text/": (
        "/staff/petition/petition/PK/text/",
        only("creator"),
        only("creator"),
    ),
    "staff/petition/petition/<int:pk>/compare/<int:before>/<int:after>/": (
        "/staff/petition/petition/PK/compare/0/1/",
        ALL,
        ALL,
    ),
    "staff/petition/petition/<int:pk>/update/": (
        "/staff/petition/petition/PK/update/",
        only("creator"),
        only("creator"),
    ),
    "staff/petition/petition/<int:pk>/update/<int:update>/<str:word>/": (
        "/staff/petition/petition/OPEN/update/UPDATE/publish/",
        ALL,  # 405 for everybody
        only("reviewer"),
    ),
    "staff/petition/petition/<int:pk>/terms/": ("/staff/petition/petition/PK/terms/", only(), only()),
    "staff/petition/petition/<int:pk>/do/<str:word>/": (
        "/staff/petition/petition/PK/do/publish/",
        only("reviewer"),
        only("reviewer"),
    ),
    "staff/petition/signature/": ("/staff/petition/signature/", only("moderator"), only("moderator")),
    "staff/petition/signature/<path:object_id>/change/": (
        "/staff/petition/signature/SIGNATURE/change/",
        only("moderator"),
        NONE,
    ),
    "staff/petition/signature/<int:pk>/do/<str:word>/": (
        "/staff/petition/signature/SIGNATURE/do/invalidate/",
        only("moderator"),
        only("moderator"),
    ),
    "staff/petition/event/": ("/staff/petition/event/", only("moderator"), only("moderator")),
    "staff/petition/event/<path:object_id>/change/": ("/staff/petition/event/1/change/", only("moderator"), NONE),
    "staff/staff/user/": ("/staff/staff/user/", only(), only()),
    "staff/staff/user/add/": ("/staff/staff/user/add/", only(), only()),
    "staff/staff/user/<path:object_id>/change/": ("/staff/staff/user/USER/change/", only(), only()),
}
ENTRANCE = {
    "staff/login/": "/staff/login/",
    "staff/logout/": "/staff/logout/",
    "staff/inactive/": "/staff/inactive/",
    "staff/^password/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "/staff/password/key/1-set-password/",
    "staff/password/key/done/": "/staff/password/key/done/",
    "staff/factor/authenticate/": "/staff/factor/authenticate/",
}
"""The way in, for anybody."""
ENROLMENT = {
    "staff/reauthenticate/": "/staff/reauthenticate/",
    "staff/factor/reauthenticate/": "/staff/factor/reauthenticate/",
    "staff/factor/app/": "/staff/factor/app/",
}
"""Where a newcomer sets up a factor."""
LANGUAGE = "<language:language>"
SLUG = f"{LANGUAGE}/petitions/<slug:slug>"
HERE = "/ru/petitions/save-the-amur-leopard"
PUBLIC = {
    "": "/",
    "healthz": "/healthz",
    "readyz": "/readyz",
    "statusz": "/statusz",
    "petition-key.json": "/petition-key.json",
    "openapi.json": "/openapi.json",
    f"{LANGUAGE}/petitions.json": "/ru/petitions.json",
    f"{SLUG}.json": f"{HERE}.json",
    f"{SLUG}/supporters.json": f"{HERE}/supporters.json",
    f"{SLUG}.csv": f"{HERE}.csv",
    f"{LANGUAGE}/petitions/feed.atom": "/ru/petitions/feed.atom",
    f"{SLUG}/feed.atom": f"{HERE}/feed.atom",
    f"{SLUG}/embed/": f"{HERE}/embed/",
    f"{SLUG}/dossier.pdf": f"{HERE}/dossier.pdf",
    f"{SLUG}/delivery/": f"{HERE}/delivery/",
    f"{SLUG}/delivery/<str:delivery_hash>/<str:name>": f"{HERE}/delivery/nothing/petition.json",
    f"{SLUG}/answer/<str:token>/": f"{HERE}/answer/nothing/",
    f"{SLUG}/supporters/": f"{HERE}/supporters/",
    f"{SLUG}/share.png": f"{HERE}/share.png",
    "robots.txt": "/robots.txt",
    "sitemap.xml": "/sitemap.xml",
    "bundle/<str:bundle_hash>.zip": "/bundle/nothing.zip",
    "bundle/<str:bundle_hash>/<path:path>": "/bundle/nothing/manifest.json",
    f"{LANGUAGE}/feed.atom": "/ru/feed.atom",
    f"{LANGUAGE}/share/<name:name>.png": "/ru/share/nothing.png",
    f"{LANGUAGE}/petitions/": "/ru/petitions/",
    f"{SLUG}/": f"{HERE}/",
    f"{SLUG}/sign/": f"{HERE}/sign/",
    f"{SLUG}/resend/": f"{HERE}/resend/",
    f"{SLUG}/confirm/<str:token>/": f"{HERE}/confirm/nothing/",
    f"{SLUG}/withdraw/<str:token>/": f"{HERE}/withdraw/nothing/",
    f"{SLUG}/not-me/<str:token>/": f"{HERE}/not-me/nothing/",
    f"{SLUG}/unsubscribe/<str:token>/": f"{HERE}/unsubscribe/nothing/",
    f"{SLUG}/removals/": f"{HERE}/removals/",
    f"{LANGUAGE}.<form:form>": "/ru.json",
    f"{LANGUAGE}/numbers/<name:name>.<form:form>": "/ru/numbers/adults_median.status_quo.json",
    f"{LANGUAGE}/numbers/<name:name>/": "/ru/numbers/adults_median.status_quo/",
    f"{LANGUAGE}/<name:name>.<form:form>": "/ru/forecast.json",
    f"{LANGUAGE}/": "/ru/",
    f"{LANGUAGE}/<name:name>/": "/ru/forecast/",
    "^(?P<address>(?:en|ru|zh-hans)(?:/[A-Za-z0-9_.-]+)*)$": "/ru/forecast",
}
"""For everybody alike, with or without a session; none of them sets a cookie."""
# The duty of each act differs: the route alone does not tell who may.
ACTS = {
    "submit": only("creator"),
    "publish": only("reviewer"),
    "give-back": only("reviewer"),
    "reject": only("reviewer"),
    "reopen": only("creator"),
    "close": only("reviewer"),
    "deliver": only(),
    "hide": only(),
    "unhide": only(),
}


def routes() -> Iterator[str]:
    """Every route of the site."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    return walk(get_resolver().url_patterns, "")


def test_every_address_has_been_thought_of() -> None:
    known = {*STAFF, *ENTRANCE, *ENROLMENT, *PUBLIC}
    found = set(routes())
    assert found - known == set(), "these addresses stand in no table: say who may ask for them"
    assert known - found == set(), "there are no such addresses any more"


@pytest.fixture
def people(on_sqlite: Client) -> dict[str, Client]:
    """A client for each kind of person."""
    held = {role: enter(account(role, role)) for role in ROLES}
    held["anonymous"] = Client(headers={"host": "localhost"})
    held["citizen"] = enter(account("citizen", *ROLES, is_staff=False))
    held["newcomer"] = enter(account("newcomer", *ROLES, has_factor=False), is_verified=False)
    return held


@pytest.fixture
def places(people: dict[str, Client]) -> dict[str, int]:
    """What paths name."""
    author = account("author", "creator")
    petition = draft(author)
    Petition.objects.filter(pk=petition.pk).update(state="in_review")
    shown = Petition.objects.get(slug="save-the-amur-leopard")
    from datetime import UTC, datetime

    update = Update.objects.create(
        petition=shown, title={"en": "News"}, text={"en": ["News."]}, created_at=datetime.now(UTC), created_by=author
    )
    rule = FraudRule.objects.create(name="rule", petition=shown, name_part="nobody", created_by=author)
    return {
        "PK": petition.pk,
        "OPEN": shown.pk,
        "UPDATE": update.pk,
        "RULE": rule.pk,
        "SIGNATURE": signature(shown, 1).pk,
        "USER": User.objects.get(username="author").pk,
    }


def outcome(client: Client, method: str, path: str) -> str:
    """What becomes of a request; nothing that it did stays."""
    with transaction.atomic():
        response = getattr(client, method)(path)
        body = getattr(response, "streaming_content", None)
        if body is not None:
            list(body)
        transaction.set_rollback(True)
    assert response.status_code < 500, (path, response.status_code)
    location = response.headers.get("Location", "")
    if location.startswith("/staff/login/?next="):
        return LOGIN
    if location == "/staff/factor/app/":
        return FACTOR
    return REFUSED if response.status_code == 403 else IN


def expected(who: str, allowed: frozenset[str]) -> str:
    """What should."""
    if who in ("anonymous", "citizen", "newcomer"):
        return {"anonymous": LOGIN, "citizen": REFUSED, "newcomer": FACTOR}[who]
    return IN if who in allowed else REFUSED


def test_every_page_of_the_staff_for_every_role(people: dict[str, Client], places: dict[str, int]) -> None:
    wrong = []
    for route, (sample, readers, writers) in STAFF.items():
        path = sample
        for name, number in places.items():
            path = path.replace(name, str(number))
        for who in EVERYBODY:
            for method, allowed in (("get", readers), ("head", readers), ("post", writers)):
                found = outcome(people[who], method, path)
                if found != expected(who, allowed):
                    wrong.append((route, method, who, found, expected(who, allowed)))
    assert wrong == []


def test_every_act_for_every_role(people: dict[str, Client], places: dict[str, int]) -> None:
    wrong = []
    for word, allowed in ACTS.items():
        path = f"/staff/petition/petition/{places['PK']}/do/{word}/"
        for who in EVERYBODY:
            found = outcome(people[who], "post", path)
            if found != expected(who, allowed):
                wrong.append((word, who, found))
    for kind, allowed in (("reasons", only("moderator")), ("responses", only("reviewer"))):
        for who in EVERYBODY:
            found = outcome(people[who], "post", f"/staff/queue/{kind}/")
            if found != expected(who, allowed):
                wrong.append((kind, who, found))
    assert wrong == []


def test_the_way_in_is_open_and_enrolment_to_newcomers(people: dict[str, Client]) -> None:
    for path in ENTRANCE.values():
        for who in EVERYBODY:
            response = people[who].get(path)
            assert response.status_code in (200, 302), (path, who)
    for path in ENROLMENT.values():
        assert outcome(people["anonymous"], "get", path) == LOGIN
        assert outcome(people["citizen"], "get", path) == REFUSED
        assert outcome(people["newcomer"], "get", path) == IN


def test_no_page_of_citizens_knows_a_session(people: dict[str, Client]) -> None:
    for path in PUBLIC.values():
        answers = [people[who].get(path) for who in ("anonymous", "admin")]
        assert answers[0].status_code == answers[1].status_code < 500, path
        for answer in answers:
            assert answer.cookies == {}, path
            assert "cookie" not in answer.headers.get("Vary", "").lower(), path


def test_nothing_is_deleted_or_added_in_the_admin(people: dict[str, Client], places: dict[str, int]) -> None:
    for table in ("audit/entry", "petition/signature", "petition/event", "petition/petition", "staff/user"):
        for word in ("delete", "history"):
            assert people["admin"].post(f"/staff/{table}/1/{word}/").status_code == 404
    assert people["admin"].get("/staff/petition/signature/add/").status_code == 404
    assert not Version.objects.filter(number=2).exists() and not Response.objects.exists()
