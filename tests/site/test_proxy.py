"""nginx as it is shipped: its configuration is sound, it keeps pages, and it believes no reader about where he is."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks import proxy
from tests.site.evidence import address, shipped
from tests.site.ports import free_port
from tests.site.server import Answer, ServerFactory

PRODUCTION = {
    "ORIENTALIS_ENVIRONMENT": "production",
    "ORIENTALIS_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "ORIENTALIS_ALLOWED_HOSTS": f"{proxy.NAME},127.0.0.1",
    "ORIENTALIS_SITE_URL": f"https://{proxy.NAME}",
}


@pytest.fixture(scope="module", autouse=True)
def programs_are_there() -> None:
    """Leave the tests out where nothing can be run; in CI that is a failure."""
    if proxy.program() is None or shutil.which("openssl") is None:
        pytest.skip("there is no nginx or no openssl: tools/install_packages.sh tests")


class Proxy(NamedTuple):
    """A proxy that runs: its ports, its folder."""

    plain: int
    secure: int
    folder: Path

    def get(self, path: str, method: str = "GET", host: str = proxy.NAME, **headers: str) -> Answer:
        """Ask by TLS; the certificate is its own."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=30, context=context)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": host, **named})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def certificate(folder: Path) -> None:
    """A certificate that nobody but the tests believes."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={proxy.NAME}"]
    made += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(made, check=True, capture_output=True)


@pytest.fixture(scope="module")
def front(start_server: ServerFactory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The site in production behind nginx."""
    site = start_server(**PRODUCTION)
    folder = tmp_path_factory.mktemp("nginx")
    certificate(folder)
    plain, secure = free_port(), free_port()
    with proxy.running(folder, site.port, plain, secure, tls=True):
        yield Proxy(plain, secure, folder)


def test_the_configuration_is_sound(tmp_path: Path) -> None:
    certificate(tmp_path)
    proxy.configure(tmp_path, 8000, free_port(), free_port(), tls=True)
    done = subprocess.run(proxy.command(tmp_path, "-t"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr, done.stderr


def test_the_second_reader_is_answered_from_the_cache(front: Proxy) -> None:
    first, second = front.get("/en/method/"), front.get("/en/method/")
    assert (first.status, second.status) == (200, 200)
    assert first.headers["x-cache"] == "MISS" and second.headers["x-cache"] == "HIT"
    assert first.body == second.body


def test_packed_and_plain_are_kept_apart(front: Proxy) -> None:
    for _ in range(2):
        packed, plain = front.get("/ru/method/", Accept_Encoding="gzip, br;q=0.5"), front.get("/ru/method/")
        assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
        refused = front.get("/ru/method/", Accept_Encoding="br, gzip;q=0")
        assert "content-encoding" not in refused.headers


def test_each_is_led_to_his_own_language_and_nobody_to_his_neighbours(front: Proxy) -> None:
    for language, path in (("ru", "/ru/"), ("zh-CN", "/zh-hans/"), ("en", "/en/"), ("ru", "/ru/")):
        answer = front.get("/", Accept_Language=language)
        assert answer.status in (302, 303, 307) and answer.headers["location"].endswith(path)


def test_what_a_reader_claims_about_himself_is_not_believed(front: Proxy) -> None:
    claimed = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http", "X_Forwarded_For": "10.0.0.1"}
    answer = front.get("/zh-hans/about/", **claimed)
    assert answer.status == 200 and b"evil.example" not in answer.body
    with pytest.raises((http.client.HTTPException, OSError)):
        front.get("/en/", host="evil.example")


def test_plain_http_leads_to_https(front: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    connection.request("GET", "/en/?a=1", headers={"Host": proxy.NAME})
    answer = connection.getresponse()
    assert answer.status == 301 and answer.headers["Location"] == f"https://{proxy.NAME}/en/?a=1"
    connection.close()


def test_head_ranges_and_refusals_pass_through(front: Proxy) -> None:
    largest = max(shipped().manifest.files, key=lambda file: file.size)
    part = front.get(address(largest.path), Range="bytes=10-19")
    assert part.status == 206 and part.headers["content-range"] == f"bytes 10-19/{largest.size}"
    assert front.get(address(largest.path), Range=f"bytes={largest.size}-").status == 416
    assert front.get("/en/sources/", "HEAD").status == 200
    assert front.get("/en/", "POST").status == 405
    assert front.get("/en/no-such-page/").status == 404
    for path in ("/bundle/../../etc/passwd", "/bundle/..%2f..%2fetc%2fpasswd", "/en/%00/"):
        assert front.get(path).status in (400, 404)
    assert front.get("/en/?" + "a" * 20_000).status == 414


def test_health_is_never_remembered(front: Proxy) -> None:
    for path in ("/healthz", "/readyz"):
        assert front.get(path).status == 200
        assert front.get(path).headers.get("x-cache") in (None, "", "BYPASS")


def test_pages_stay_while_the_program_is_away(start_server: ServerFactory, tmp_path: Path) -> None:
    site = start_server(**PRODUCTION)
    certificate(tmp_path)
    with proxy.running(tmp_path, site.port, plain := free_port(), secure := free_port(), tls=True):
        front = Proxy(plain, secure, tmp_path)
        assert front.get("/en/").status == 200
        site.stop()
        kept = front.get("/en/")
        assert kept.status == 200 and kept.headers["x-cache"] in ("HIT", "STALE", "UPDATING")
        assert front.get("/en/forecast/").status in (502, 504)
