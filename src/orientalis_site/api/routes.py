"""The addresses for programs, by django-ninja: what they take, what they answer, and OpenAPI of both."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.params.functions import Path, Query

from orientalis_site.api import content, names
from orientalis_site.api.growth import as_csv
from orientalis_site.api.records import SLUG, Failure, PetitionOut, Petitions, SupporterOut, Supporters
from orientalis_site.kit import languages
from orientalis_site.kit.errors import Refusal
from orientalis_site.kit.page_cache import make
from orientalis_site.petition import front

KEPT_SECONDS = 5
"""For how long an answer may be kept: as a petition's page."""
DESCRIPTION = """Petitions of this site: texts, counts, answers. Every answer may be read by any page of the web; there
are no keys and no cookies. An answer is kept for a few seconds and has an ETag. All errors have one shape. A number of
supporters is what was counted elsewhere, if anything, and the signatures that their mailboxes confirmed here."""
REFUSALS: dict[int, Any] = dict.fromkeys((400, 404, 405, 410, 413, 500, 503), Failure)
LANGUAGE = Path(..., description="the language of words", pattern=f"^({'|'.join(languages.CODES)})$")
NAMED = Path(..., description="the petition's name in addresses", pattern=SLUG, max_length=80)
READ = ["GET", "HEAD"]


class Api(NinjaAPI):
    """Answers that any page may read; those that hold are kept for a few seconds."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """The answer, open to all origins."""
        return opened(super().create_response(request, data, **kwargs))


def opened(response: HttpResponse) -> HttpResponse:
    """Any page of the web may read it, and whoever stands between may keep it for a few seconds."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 200 and not hasattr(response, "is_kept"):
        response.is_kept = True  # type: ignore[attr-defined]
        response.kept_seconds = KEPT_SECONDS  # type: ignore[attr-defined]
    return response


api = Api(
    title="Orientalis: petitions",
    version="1",
    description=" ".join(DESCRIPTION.split()),
    openapi_url=None,
    docs_url=None,
    urls_namespace="petitions-api",
)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A part of the address that is not what it should be: the site's own refusal."""
    expected = [f"{one['loc'][-1]}: {one['msg'][:1].lower()}{one['msg'][1:]}" for one in error.errors[:5]]
    raise Refusal(400, expected=expected) from None


@api.api_operation(READ, "/{language:language}/petitions.json", response={200: Petitions, **REFUSALS}, by_alias=True)
def petitions(request: HttpRequest, language: str = LANGUAGE) -> dict[str, Any]:
    """All petitions that may be read."""
    with override(language):
        return {"language": language, "petitions": [content.summary(one, language) for one in front.shown()]}


@api.api_operation(
    READ,
    "/{language:language}/petitions/{slug:slug}.json",
    response={200: PetitionOut, **REFUSALS},
    by_alias=True,
)
def petition(request: HttpRequest, language: str = LANGUAGE, slug: str = NAMED) -> dict[str, Any]:
    """One petition: text, demands, targets, answers, counts."""
    found = front.find(slug)
    with override(language):
        return content.whole(found, language)


@api.api_operation(
    READ,
    "/{language:language}/petitions/{slug:slug}/supporters.json",
    response={200: Supporters, **REFUSALS},
)
def supporters(
    request: HttpRequest,
    language: str = LANGUAGE,
    slug: str = NAMED,
    limit: int = Query(50, ge=1, le=names.AT_ONCE, description="how many at once"),
    cursor: str = Query("", description="as in `next` of an answer; empty: from the latest", pattern=names.PATTERN),
) -> HttpResponse:
    """Confirmed names and reasons that their owners let be shown, the latest first."""
    found = front.find(slug)
    rows, following = names.latest(found, limit, names.parse(cursor))
    here = content.addresses(found, language)["supporters"]
    held = Supporters(
        slug=slug,
        language=language,
        supporters=[
            SupporterOut(
                name=row.name if row.show_name else None,
                country=row.country if row.show_name else None,
                reason=names.reason_of(row),
                day=(row.confirmed_at or row.created_at).date(),
            )
            for row in rows
        ],
        next=f"{here}?{urlencode({'limit': limit, 'cursor': str(following)})}" if following else None,
    )
    response = HttpResponse(held.model_dump_json(), content_type="application/json; charset=utf-8")
    response.kept_seconds = KEPT_SECONDS  # type: ignore[attr-defined]
    # Not kept in memory: the query decides what it holds, and queries are without end.
    response.is_kept = False  # type: ignore[attr-defined]
    return make(opened(response)).response(request)


@api.api_operation(
    READ,
    "/{language:language}/petitions/{slug:slug}.csv",
    response=REFUSALS,
    openapi_extra={"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def growth(request: HttpRequest, language: str = LANGUAGE, slug: str = NAMED) -> HttpResponse:
    """How signatures grew by day, and where they came from, as one table."""
    found = front.find(slug)
    with override(language):
        return opened(as_csv(found, language))


@cache
def description() -> str:
    """OpenAPI 3.1 of all of it. HEAD is as GET without a body, and is not listed."""
    held: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=""))
    for operations in held["paths"].values():
        operations.pop("head", None)
        for operation in operations.values():
            operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    held["servers"] = [{"url": settings.SITE_URL}]
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def openapi(request: HttpRequest) -> HttpResponse:
    """`/openapi.json`."""
    return opened(HttpResponse(description(), content_type="application/json; charset=utf-8"))
