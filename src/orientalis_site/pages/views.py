"""One view for all pages and their twins: read the options, ask the page for its content, draw it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import override

from orientalis.evidence import Bundle
from orientalis_site.kit import languages
from orientalis_site.kit.errors import Refusal
from orientalis_site.pages import cite, links, numbers, words
from orientalis_site.pages.frame import json_for_script
from orientalis_site.pages.page import Content, Page
from orientalis_site.pages.registry import BY_NAME, PAGES
from orientalis_site.publications.shelf import current
from orientalis_site.twin.forms import WRITERS


def entrance(request: HttpRequest) -> HttpResponse:
    """`/`: to the reader's language."""
    response = HttpResponseRedirect(links.page(languages.wanted(request), ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def show(
    request: HttpRequest, language: str, name: str = "", form: str = "html", more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """A page, or its twin. `more`: what its template shows besides what the bundle holds."""
    page = BY_NAME.get(name)
    if page is None:
        raise Refusal(404, expected=tuple(one.name for one in PAGES if one.name))
    bundle = current.bundle()
    with override(language):
        chosen = page.chosen(bundle, query_of(request))
        content = page.content(bundle, chosen)
        options = given(page, bundle, chosen)
        response = answer(
            bundle, language, page.name, str(page.title), content, form, page=page, options=options, more=more
        )
        response.takes_options = bool(chosen)  # type: ignore[attr-defined]
        return response


def number(request: HttpRequest, language: str, name: str, form: str = "html") -> HttpResponse:
    """The page of one finding, or its twin."""
    bundle = current.bundle()
    with override(language):
        finding, content = numbers.content(bundle, name)
        title = f"{words.label(finding)} · {words.scenario(str(finding.parameters.get('scenario', '')))}"
        return answer(bundle, language, f"numbers/{name}", title, content, form)


def query_of(request: HttpRequest) -> Mapping[str, str]:
    """The query's keys, the last value of each."""
    return {key: str(value) for key, value in request.GET.items()}


def given(page: Page, bundle: Bundle, chosen: Mapping[str, str]) -> dict[str, str]:
    """The options that differ from the page's own: what must stand in its address."""
    return {key: value for key, value in chosen.items() if value and value != page.options(bundle)[key][0]}


def answer(
    bundle: Bundle,
    language: str,
    name: str,
    title: str,
    content: Content,
    form: str,
    *,
    page: Page | None = None,
    options: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Write the content in a form; the answer is kept as long as the bundle stays."""
    view = {
        "bundle": bundle,
        "language": language,
        "tag": languages.TAGS[language],
        "name": name,
        "title": strip_tags(title),
        "page": page,
        "pages": PAGES,
        "options": dict(options or {}),
        "address": links.whole(links.page(language, name, options)),
        "twins": {kind: links.twin(language, name, kind, options) for kind in WRITERS},
        "others": [
            (code, languages.TAGS[code], languages.NAMES[code], links.page(code, name, options))
            for code in languages.CODES
        ],
        "alternates": links.alternates(name, options),
        "citation": cite.citation(bundle, strip_tags(title), links.whole(links.page(language, name, options)), content),
        "content": content,
        **(more or {}),
    }
    response = write_page(view) if form == "html" else WRITERS[form](view)
    response.headers["Content-Language"] = languages.TAGS[language]
    response.is_kept = True  # type: ignore[attr-defined]
    return response


def write_page(view: Mapping[str, Any]) -> HttpResponse:
    """The page itself."""
    template = view["page"].name or "home" if view["page"] else "number"
    heads = {
        "citation_text": view["citation"].text(view["language"]),
        "citation_bibtex": view["citation"].bibtex(),
        "locale": languages.OPEN_GRAPH[view["language"]],
        "share_image": links.whole(f"/{view['language']}/share/{template if view['page'] else 'forecast'}.png"),
        "linked_data": linked_data(view),
    }
    return HttpResponse(render_to_string(f"site/{template}.html", {**view, **heads, **view["content"].context}))


def linked_data(view: Mapping[str, Any]) -> SafeString:
    """The page as schema.org sees it: a data set with its twins. No mark that could end the script survives."""
    bundle = view["bundle"]
    held = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": view["title"],
        "description": str(view["page"].summary) if view["page"] else view["title"],
        "url": view["address"],
        "inLanguage": view["tag"],
        "datePublished": bundle.manifest.date.isoformat(),
        "identifier": f"sha256:{bundle.hash}",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "Organization", "name": "Orientalis"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": links.whole(view["twins"][form])}
            for form, kind in (("json", "application/json"), ("csv", "text/csv"))
        ],
    }
    return json_for_script(json.dumps(held, ensure_ascii=False))


def with_slash(request: HttpRequest, address: str) -> HttpResponse:
    """`/en/forecast` to `/en/forecast/`, where there is such a page."""
    language, _, name = address.partition("/")
    is_finding = name.startswith("numbers/") and name.removeprefix("numbers/") in current.bundle().findings
    is_petition = name == "petitions" or name.startswith("petitions/")
    if is_petition:
        try:
            resolve(f"/{address}/")
        except Resolver404:
            is_petition = False
    if name not in BY_NAME and not is_finding and not is_petition:
        raise Refusal(404)
    query = request.META.get("QUERY_STRING", "")
    target = links.page(language, name) + (f"?{query}" if query else "")
    return HttpResponseRedirect(target, status=301)
