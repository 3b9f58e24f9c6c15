"""The pages of a delivery: what was handed over, its files, the key, and the page on which an office answers."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orientalis_site.delivery import answers, keeping, place
from orientalis_site.delivery.forms import LONGEST_NAME, LONGEST_WORDS, Answer
from orientalis_site.delivery.manifest import MANIFEST, SIGNATURE, SIGNATURES, TYPES, public_key, public_key_record
from orientalis_site.delivery.models import Delivery
from orientalis_site.delivery.preview import preview
from orientalis_site.delivery.render import DossierError
from orientalis_site.kit.errors import Refusal
from orientalis_site.kit.posting import capability
from orientalis_site.pages import frame, links
from orientalis_site.petition import front
from orientalis_site.petition.models import Office, Petition, Token
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import NotAllowed
from orientalis_site.petition.tokens import find as find_token
from orientalis_site.petition.views import kept

logger = logging.getLogger(__name__)
FOREVER = "public, max-age=31536000, s-maxage=60, immutable"
"""A reader keeps what he has; caches on the way ask again, so that a hidden petition is soon gone from them."""
BRIEFLY = "public, max-age=60"
"""For what holds names, which their owners may take back."""


def show(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """What was handed over, when, to whom, and who has answered."""
    petition = front.find(slug)
    delivery = Delivery.objects.filter(petition=petition).first()
    with override(language):
        text = text_of(petition.current)
        name = f"petitions/{slug}/delivery"
        context = {
            **frame.base(language, name, _("Delivery and answers"), str(text.title)),
            "petition": petition,
            "text": text,
            "here": links.page(language, name),
            "above": links.page(language, f"petitions/{slug}"),
            "standings": answers.standings(petition, timezone.now()),
            "delivery": delivery,
            **(_handed_over(petition, delivery) if delivery else {}),
        }
        return kept(render(request, "delivery/delivery.html", context), language)


def _handed_over(petition: Petition, delivery: Delivery) -> dict[str, Any]:
    held = json.loads(delivery.manifest)
    is_withheld = keeping.is_withheld(delivery)
    return {
        "manifest": held,
        "files": [one for one in held["files"] if not (is_withheld and one["path"] == SIGNATURES)],
        "is_withheld": is_withheld,
        "archive": _archive(petition),
        "key": public_key(),
        "command": f"orientalis verify-petition {_archive(petition)} --key {public_key()}",
    }


def _archive(petition: Petition) -> str:
    return f"petition-{petition.slug}.zip"


def file(request: HttpRequest, language: str, slug: str, delivery_hash: str, name: str) -> HttpResponseBase:
    """A file of a delivery: what its manifest names, the manifest, its signature, and all in one."""
    petition = front.find(slug)
    delivery = Delivery.objects.filter(petition=petition, hash=delivery_hash).first()
    if delivery is None:
        raise Refusal(404)
    named = {one["path"] for one in json.loads(delivery.manifest)["files"]}
    is_whole, has_names = name == _archive(petition), name in (_archive(petition), SIGNATURES)
    if not is_whole and name not in {*named, MANIFEST, SIGNATURE}:
        raise Refusal(404, expected=sorted({*named, MANIFEST, SIGNATURE, _archive(petition)}))
    if has_names and keeping.is_withheld(delivery):
        raise Refusal(410, "withheld", gettext_lazy("A name in this list was taken back, so it is no longer shown."))
    folder = place.folder(slug, delivery_hash)
    path = place.whole(slug, delivery_hash) if is_whole else folder / name
    try:
        opened = path.open("rb")
    except OSError:
        raise Refusal(410) from None
    response: HttpResponseBase = FileResponse(opened, content_type=TYPES.get(path.suffix, "application/zip"))
    size = str(path.stat().st_size)
    if request.method == "HEAD":
        opened.close()
        response = HttpResponse(content_type=TYPES.get(path.suffix, "application/zip"))
    response.headers["Content-Length"] = size
    response.headers["Content-Disposition"] = (
        f'{"inline" if path.suffix in (".pdf", ".json") else "attachment"}; filename="{name}"'
    )
    response.headers["Cache-Control"] = BRIEFLY if has_names else FOREVER
    response.headers["ETag"] = f'"{delivery_hash[:16]}-{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def dossier(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The dossier: the one that was handed over, or one of this moment."""
    petition = front.find(slug)
    delivery = Delivery.objects.filter(petition=petition).first()
    if delivery is not None:
        here = links.page(language, f"petitions/{slug}/delivery/{delivery.hash}")
        return HttpResponseRedirect(f"{here}dossier-{language}.pdf")
    try:
        content = preview(petition, language)
    except DossierError as error:
        logger.error("the dossier of %s: %s", slug, error)
        raise Refusal(503, "no_dossier", gettext_lazy("The dossier cannot be made at the moment.")) from None
    if content is None:
        busy = Refusal(503, "busy", gettext_lazy("The dossier is being made. Please try again in a minute."))
        raise busy
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-{language}.pdf"'
    response.headers["Cache-Control"] = BRIEFLY
    return response


def key(request: HttpRequest) -> JsonResponse:
    """The public key with which deliveries are signed, so that it can be compared."""
    response = JsonResponse(public_key_record())
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = BRIEFLY
    return response


NOTES: dict[str, tuple[Promise | str, Promise | str]] = {
    "unknown": (
        gettext_lazy("This link does not work"),
        gettext_lazy("It may be incomplete or too old. Nothing was changed."),
    ),
    "not_delivered": (
        gettext_lazy("This petition has not been delivered"),
        gettext_lazy("It can be answered once it has been handed over."),
    ),
    "shown": (
        gettext_lazy("Your answer is shown"),
        gettext_lazy("It stands on the petition's page. To change it, please write to us."),
    ),
    "waiting": (
        gettext_lazy("Your answers are waiting"),
        gettext_lazy("Several of them wait to be looked at. Please have a little patience."),
    ),
    "received": (
        gettext_lazy("Your answer has arrived"),
        gettext_lazy(
            "Somebody of the staff looks at it, then it is shown as you wrote it. "
            "Until then you may send another with the same link."
        ),
    ),
}


@capability
def answer(request: HttpRequest, language: str, slug: str, token: str) -> HttpResponse:
    """The page on which an office answers, demand by demand."""
    petition = front.find(slug)
    held = find_token(Token.Purpose.ANSWER, token, slug)
    with override(language):
        if held is None or held.office is None:
            return _note(request, language, petition, "unknown", 404)
        office: Office = held.office
        if why := answers.closed_to(office):
            return _note(request, language, petition, why, 409 if request.method == "POST" else 200)
        asked = text_of(petition.current).asked(office.target)
        form = Answer(asked, request.POST if request.method == "POST" else None)
        if not form.is_bound or not form.is_valid():
            return _form(request, language, petition, office, form)
        try:
            given = form.cleaned_data
            answers.receive(office, given["language"], form.parts(), given["text"], given["signed_by"])
        except NotAllowed as error:
            return _note(request, language, petition, str(error), 409)
        return _note(request, language, petition, "received")


def _form(request: HttpRequest, language: str, petition: Petition, office: Office, form: Answer) -> HttpResponse:
    text = text_of(petition.current)
    context = {
        "petition": petition,
        "text": text,
        "target": text.target(office.target),
        "form": form,
        "asked": form.asked(),
        "stances": list(answers.STANCES.items()),
        "chosen": form.data.get("language", language),
        "longest_words": str(LONGEST_WORDS),
        "longest_name": str(LONGEST_NAME),
    }
    name, title = f"petitions/{petition.slug}", str(_("Answer the petition"))
    status = 422 if form.is_bound else 200
    return frame.private(request, "delivery/answer.html", language, name, title, context, status)


def _note(request: HttpRequest, language: str, petition: Petition, note: str, status: int = 200) -> HttpResponse:
    title, words = NOTES[note]
    context = {"petition": petition, "text": text_of(petition.current), "words": words}
    name = f"petitions/{petition.slug}"
    return frame.private(request, "delivery/note.html", language, name, str(title), context, status)
