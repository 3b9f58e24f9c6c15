"""An answer for what never reaches the application: a request that cannot be read."""

from http import HTTPStatus

WORDS = {413: "The address or the headers of this request are too long. Nothing was read."}


def plain_error(status: int) -> bytes:
    """A whole HTTP/1.1 answer with a short page in plain English, no script and no style."""
    phrase = "Content Too Large" if status == 413 else HTTPStatus(status).phrase
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>'
        f"{status} {phrase}</title><h1>{phrase}</h1><p>{WORDS[status]}</p>"
        '<p><a href="/">Orientalis</a></p></html>\n'
    ).encode()
    head = (
        f"HTTP/1.1 {status} {phrase}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
