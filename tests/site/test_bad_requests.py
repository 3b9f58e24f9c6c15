"""Whatever is asked, however badly: the right status, never 500, and the next reader is served."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from tests.site import raw
from tests.site.evidence import shipped
from tests.site.server import Server

UNKNOWN = (
    "/de/",
    "/en/no-such-page/",
    "/en/forecast/2050/nothing/",
    "/en/numbers/no-such-number/",
    "/en/numbers/" + "9" * 400 + "/",
    "/en/no-such-page.json",
    "/zh-hant/",
    "/EN/",
    "/en/share/no-such-page.png",
    "/en/%D0%BB%D0%B5%D1%81/",
    "/en//forecast/",
    "/static/no-such-file.css",
    "/bundle/no-such-file.json",
    "/wp-login.php",
)
BROKEN = (
    "/en/%00/",
    "/en/forecast/?scenario=%00",
    "/en/numbers/a%00b/",
    "/%FF%FE/",
    "/en/forecast/?scenario=%FF%FE",
    "/en/forecast/?scenario=%ED%A0%80",  # half of a pair, which UTF-8 forbids
    "/en/%C0%AF/",
    "/en/?%00=1",
)
OUTSIDE = (
    "/bundle/{hash}/../../etc/passwd",
    "/bundle/{hash}/../../../../../../../etc/passwd",
    "/bundle/{hash}/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/bundle/{hash}/%2e%2e/%2e%2e/site.sqlite3",
    "/bundle/{hash}/%252e%252e%252f%252e%252e%252fsite.sqlite3",
    "/bundle/{hash}//etc/passwd",
    "/bundle/{hash}/%2fetc%2fpasswd",
    "/bundle/{hash}/..%5c..%5csite.sqlite3",
    "/bundle/{hash}/findings.json/../../../site.sqlite3",
    "/bundle/{hash}/maps/../../../site.sqlite3",
    "/bundle/{hash}/%c0%ae%c0%ae/%c0%ae%c0%ae/site.sqlite3",
    "/bundle/../site.sqlite3/x",
    "/bundle/../../etc/passwd",
    "/bundle/../../../../../../etc/passwd",
    "/bundle/%2e%2e/%2e%2e/etc/passwd",
    "/bundle/..%2f..%2f..%2fetc%2fpasswd",
    "/bundle/%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "/bundle//etc/passwd",
    "/bundle/%2fetc%2fpasswd",
    "/bundle/..%5c..%5cetc%5cpasswd",
    "/bundle/..\\..\\etc\\passwd",
    "/bundle/....//....//etc/passwd",
    "/bundle/findings.json/../../../etc/passwd",
    "/bundle/%c0%ae%c0%ae/etc/passwd",
    "/static/../../etc/passwd",
    "/static/..%2f..%2fsettings.py",
    "/static/%2e%2e/site.sqlite3",
    "/en/share/..%2f..%2fetc%2fpasswd.png",
)


@pytest.fixture(autouse=True)
def still_serving(server: Server) -> Iterator[None]:
    """After each test the site serves, and none of its answers was an error of its own."""
    yield
    assert server.get("/en/").status == 200
    assert "Traceback" not in server.printed, server.printed[-4000:]


@pytest.mark.parametrize("path", UNKNOWN)
def test_what_is_not_there_is_404(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404, answer.text[:200]
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("query", ["scenario=no-such-scenario", "year=1066", "year=abc", "year=" + "9" * 300, "area=x"])
@pytest.mark.parametrize("page", ["/en/forecast/", "/ru/forecast.json", "/zh-hans/forecast.csv"])
def test_an_unknown_scenario_or_year_is_404_or_the_page_without_it(server: Server, page: str, query: str) -> None:
    plain, asked = server.get(page), server.get(f"{page}?{query}")
    assert plain.status == 200
    assert asked.status in (400, 404) or (asked.status == 200 and asked.body == plain.body)


@pytest.mark.parametrize("path", BROKEN)
def test_nul_and_broken_utf_8_are_400(server: Server, path: str) -> None:
    assert server.get(path).status == 400


@pytest.mark.parametrize(
    "path", [b"/en/\x00/", b"/en/\xff\xfe/", b"/en/?a=\x00", b"/en/ /", b"http://evil.example/\x00"]
)
def test_raw_bytes_in_the_request_line_are_refused(server: Server, path: bytes) -> None:
    replies = raw.send(server.port, raw.get(path))
    assert [reply.status for reply in replies] in ([400], [404])


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_outside(server: Server, path: str) -> None:
    (reply,) = raw.send(server.port, raw.get(path.replace("{hash}", shipped().hash).encode()))
    assert reply.status in (400, 404), reply.head
    assert b"root:" not in reply.body and b"SQLite format" not in reply.body and b"SECRET" not in reply.body


def test_ten_megabytes_of_query_are_answered_before_the_line_is_closed(server: Server) -> None:
    replies = raw.send(server.port, raw.get(b"/en/?" + b"a" * 10_000_000))
    assert [reply.status for reply in replies] == [413]


def test_ten_megabytes_of_query_are_answered_to_an_ordinary_client(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", "/en/?" + "a=1&" * 2_500_000)
        assert connection.getresponse().status == 413


@pytest.mark.parametrize("path", ["/en/", "/en/forecast/", "/healthz"])
def test_ten_megabytes_of_body_are_answered(server: Server, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000000\r\nConnection: close\r\n\r\n".encode()
    replies = raw.send(server.port, head + b"x" * 10_000_000)
    assert [reply.status for reply in replies] in ([403], [405], [413])


def test_many_and_large_headers_are_refused(server: Server) -> None:
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(2000))
    large = b"X-Large: " + b"a" * 200_000 + b"\r\n"
    for headers in (many, large):
        replies = raw.send(server.port, b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + b"\r\n")
        assert [reply.status for reply in replies] in ([400], [413], [431])


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "127.0.0.1@evil.example"]
)
def test_a_forged_host_is_400(server: Server, host: str) -> None:
    for headers in ({"Host": host}, {"Host": host, "X-Forwarded-Host": "127.0.0.1"}):
        answer = server.request("GET", "/en/", headers)
        assert answer.status == 400
        assert b"evil.example" not in answer.body


def test_a_forwarded_host_is_not_believed(server: Server) -> None:
    answer = server.request("GET", "/en/", {"X-Forwarded-Host": "evil.example"})
    assert answer.status == 200 and b"evil.example" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/en/", "/en/forecast.json", "/sitemap.xml", "/healthz"])
def test_only_reading_is_allowed(server: Server, method: str, path: str) -> None:
    answer = server.request(method, path)
    assert answer.status == 405, (method, path)
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    "path",
    ["/en/", "/ru/forecast/", "/zh-hans.json", "/en/forecast.csv", "/robots.txt", "/sitemap.xml", "/en/nothing/"],
)
def test_head_is_get_without_a_body(server: Server, path: str) -> None:
    whole, head = server.get(path), server.request("HEAD", path)
    assert (head.status, head.body) == (whole.status, b"")
    once = {"date", "server"}
    assert {k: v for k, v in head.headers.items() if k not in once} == {
        k: v for k, v in whole.headers.items() if k not in once
    }


GARBAGE = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),  # TLS to a plain port
    b"GET\r\n\r\n",
    b"GET /en/ HTTP/9.9\r\n\r\n",
    b"GET /en/ HTTP/1.1\r\n\r\n",  # no host
    b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /en/ HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\r\n\r\n\r\n",
    bytes(range(256)) * 40,
]


@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_and_nothing_worse(server: Server, content: bytes) -> None:
    for reply in raw.send(server.port, content, close_writing=True, seconds=10):
        assert 400 <= reply.status < 500 or reply.status == 505, reply.head


def test_garbage_after_a_good_request_does_not_spoil_it(server: Server) -> None:
    content = raw.get(b"/healthz", close=False) + b"\x00\x01garbage\r\n\r\n" + raw.get(b"/healthz")
    replies = raw.send(server.port, content, close_writing=True, seconds=10)
    assert replies[0].status == 200
    assert all(reply.status in (200, 400) for reply in replies)


def test_a_hundred_half_requests_keep_nobody_waiting(server: Server) -> None:
    lines = []
    try:
        for number in range(100):
            line = raw.connect(server.port)
            line.sendall(b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "[: 20 + number % 30])
            lines.append(line)
        before = time.monotonic()
        for _ in range(5):
            assert server.get("/en/").status == 200
            for line in lines:
                with contextlib.suppress(OSError):
                    line.sendall(b"a")
        assert time.monotonic() - before < 20
    finally:
        for line in lines:
            line.close()


def test_readers_who_leave_in_the_middle_are_no_error(server: Server) -> None:
    for _ in range(50):
        line = raw.connect(server.port)
        line.sendall(raw.get(b"/en/"))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # a reset
        line.close()
