"""Nothing of a person is in what the program writes about itself, and programs can read it."""

from __future__ import annotations

import json
import logging
import re
import sys
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory

from orientalis_site.kit import logs
from tests.site import raw
from tests.site.petition.campaign import OPEN
from tests.site.server import Server, ServerFactory, manage

NAME, MAIL, PLACE, REASON = "Zebulon Quirke", "zebulon.quirke@example.org", "203.0.113.77", "Because of Quirke"
TOKENS = """
from orientalis_site.petition import tokens
from orientalis_site.petition.models import Signature, Token
signature = Signature.objects.latest("id")
made = tokens.issue({Token.Purpose.CONFIRM: None, Token.Purpose.WITHDRAW: None}, signature)
print("|".join(made.values()), signature.uid)
"""


@pytest.fixture(scope="module", params=["json", "text"])
def site(request: pytest.FixtureRequest, start_server: ServerFactory) -> Server:
    """A site that writes in one of the forms, behind a proxy that it trusts."""
    server = start_server(
        ORIENTALIS_LOG_FORMAT=request.param, ORIENTALIS_LOG_LEVEL="DEBUG", ORIENTALIS_TRUSTED_PROXIES="127.0.0.0/8"
    )
    load = "from tests.site.petition.campaign import shipped; shipped()"
    assert manage(server.var, "shell", "-c", load).returncode == 0
    return server


def post(site: Server, path: str, **fields: str) -> int:
    """Send a form."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": PLACE, "User-Agent": "Quirkefox"}
    return site.request("POST", path, headers, urlencode(fields).encode()).status


def test_what_is_written_holds_nobody(site: Server) -> None:
    page = f"/ru/petitions/{OPEN}"
    fields = {"name": NAME, "email": MAIL, "country": "RU", "reason": REASON, "version": "1"}
    assert post(site, f"{page}/sign/", **fields) == 200
    assert post(site, f"{page}/sign/", **{**fields, "email": "broken quirke@"}) == 422
    assert post(site, f"{page}/resend/", email=MAIL) == 200
    done = manage(site.var, "shell", "-c", TOKENS)
    assert done.returncode == 0, done.stderr
    held, uid = done.stdout.split()[-2:]
    confirm, withdraw = held.split("|")
    for path in (f"{page}/confirm/{confirm}/", f"{page}/withdraw/{withdraw}/"):
        assert site.get(path, X_Forwarded_For=PLACE).status == 200
        assert post(site, path) == 200
    site.get(f"{page}/?email={MAIL}", User_Agent="Quirkefox")
    raw.send(site.port, f"GET /{MAIL} HTTP/9.9\r\n\r\n".encode(), close_writing=True, seconds=10)
    raw.send(site.port, f"GET /en/ HTTP/1.1\r\nHost : {MAIL}\r\n\r\n".encode(), close_writing=True, seconds=10)
    assert post(site, f"{page}/confirm/{'x' * 43}/") in (200, 404, 410)
    printed = without_letters(site.printed)
    for secret in (NAME, "Zebulon", MAIL, "quirke", "Quirke", PLACE, REASON, confirm, withdraw, uid, "127.0.0.1"):
        if secret == "127.0.0.1":
            lines = [line for line in printed.splitlines() if secret in line and "Listening" not in line]
            assert not lines, lines
        else:
            assert secret not in printed, secret


def without_letters(printed: str) -> str:
    """What was printed, without the letters that the console shows instead of sending."""
    printed = re.sub(r"(?ms)^={72}$.*?^={72}$", "", printed)
    return re.sub(r"(?ms)^(?:Content-Type|From|Subject|To|MIME-Version): .*?^-{20,}$", "", printed)


def test_each_request_is_a_line_that_programs_read(site: Server) -> None:
    page = f"/en/petitions/{OPEN}/"
    for _ in range(2):  # drawn, and from memory
        assert site.get(page).status == 200
    site.get("/nothing/at/all")
    site.request("BREW", "/en/")
    if site.given["ORIENTALIS_LOG_FORMAT"] != "json":
        assert "orientalis.request" not in site.printed
        return
    lines = [json.loads(line) for line in site.printed.splitlines() if line.startswith("{")]
    ours = [line for line in lines if line["logger"] == "orientalis.request"]
    found = [line for line in ours if line["route"] == "/<language:language>/petitions/<slug:slug>/"]
    assert len(found) >= 2 and all(line["status"] == 200 and line["method"] == "GET" for line in found)
    assert all(set(line) == {"time", "level", "logger", "message", "method", "route", "status", "ms"} for line in ours)
    assert any(line["route"] == "-" and line["status"] == 404 for line in ours)
    assert any(line["method"] == "other" and line["status"] == 405 for line in ours)


def test_an_error_tells_where_and_never_with_what() -> None:
    try:
        try:
            int(MAIL)
        except ValueError as error:
            raise RuntimeError(f"row of {NAME}") from error
    except RuntimeError:
        found = sys.exc_info()
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "it failed", (), found)
    for form in (logs.Text(), logs.Json()):
        text = form.format(record)
        assert "test_logs.py" in text and "RuntimeError" in text and "ValueError" in text and "it failed" in text
        assert MAIL not in text and NAME not in text


def test_djangos_own_line_of_a_fault_holds_the_route_alone() -> None:
    request = RequestFactory().get(f"/en/petitions/{OPEN}/confirm/{'t' * 43}/?a={MAIL}")
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Error", request.path), None)
    record.request = request
    assert logs.Nameless().filter(record)
    assert record.getMessage() == "Error: /<language:language>/petitions/<slug:slug>/confirm/<str:token>/"


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Invalid request from ip=203.0.113.77: Invalid HTTP header name: 'Host quirke'", ()),
        ("Error handling request %s", ("/en/petitions/a/confirm/token-of-quirke/",)),
        ("Error handling request %s %s", ("POST", "/en/quirke")),
    ],
)
def test_gunicorns_lines_lose_client_and_address(message: str, arguments: tuple[str, ...]) -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 1, message, arguments, None)
    logs.Nameless().filter(record)
    assert record.getMessage() and not re.search(r"203|quirke|token", record.getMessage())
