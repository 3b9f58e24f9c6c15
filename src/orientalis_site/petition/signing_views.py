"""Signing, and the links of the mails. Nobody keeps these pages, and they tell a stranger nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orientalis_site.kit import countries
from orientalis_site.kit.client_address import client_address, group
from orientalis_site.kit.errors import Refusal
from orientalis_site.kit.posting import capability, takes_posts
from orientalis_site.pages import frame
from orientalis_site.petition import acts, front, signing
from orientalis_site.petition.forms import LONGEST_REASON, Address, Signing, seconds_since, ticket
from orientalis_site.petition.models import Petition, Signature, Token
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.tokens import find as find_token

Purpose = Token.Purpose


@takes_posts
def sign(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The form, and what is answered to it: always the same, whoever has signed already."""
    petition = front.find(slug)
    with override(language):
        if petition.state != Petition.State.OPEN:
            return _note(request, language, petition, "closed", 409 if request.method == "POST" else 200)
        if request.method != "POST":
            return _form(request, language, petition, Signing())
        form = Signing(request.POST)
        is_old = request.POST.get("version", str(petition.current.number)) != str(petition.current.number)
        if not form.is_valid() or is_old:
            return _form(request, language, petition, form, is_old=is_old, status=409 if is_old else 422)
        signing.sign(petition, _filled(request, language, form.cleaned_data))
        return _note(request, language, petition, "sent")


@takes_posts
def resend(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The mail was lost, or somebody wants to withdraw: it is sent once more, to those who have signed."""
    petition = front.find(slug)
    with override(language):
        form = Address(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            signing.resend(petition, form.cleaned_data["email"], _place(request), language)
            return _note(request, language, petition, "sent")
        context = {"petition": petition, "text": text_of(petition.current), "form": form}
        status = 422 if form.is_bound else 200
        name = f"petitions/{slug}/resend"
        return frame.private(
            request, "petition/resend.html", language, name, str(_("Send me the mail again")), context, status
        )


@dataclass(frozen=True)
class Link:
    """What a link of a mail leads to: words, a button, and what the button does."""

    title: Promise | str
    words: Promise | str
    button: Promise | str
    done: Promise | str
    done_words: Promise | str
    act: Callable[[Signature], object]
    states: tuple[str, ...]
    """In which of these states the deed is done, whoever did it: to press twice is no fault."""


State = Signature.State
LINKS: dict[Purpose, Link] = {
    Purpose.CONFIRM: Link(
        _("Confirm your signature"),
        _("One more step: your signature counts once you press the button. Opening this page alone changes nothing."),
        _("Confirm my signature"),
        _("Your signature counts"),
        _("Thank you. The count on the petition's page follows within seconds."),
        acts.confirm,
        (State.CONFIRMED,),
    ),
    Purpose.WITHDRAW: Link(
        _("Withdraw your signature"),
        _(
            "It is no longer counted or shown. You may sign again later. Whoever asks to be erased leaves "
            "nothing behind: name, reason and address are deleted."
        ),
        _("Withdraw my signature"),
        _("Your signature is withdrawn"),
        _("It is no longer counted. The figure on the petition's page follows within seconds."),
        acts.withdraw,
        (State.WITHDRAWN, State.ERASED),
    ),
    Purpose.NOT_ME: Link(
        _("This was not you?"),
        _(
            "Somebody wrote your address into the form. Press the button: what was written is deleted, "
            "nothing is counted, and for a month nobody can have this petition's mail sent to you."
        ),
        _("This was not me"),
        _("It is deleted"),
        _(
            "Nothing is counted. Only a keyed hash of your address is kept for a month, so that no more mail comes. "
            "We are sorry for this one."
        ),
        acts.not_me,
        (State.ERASED,),
    ),
    Purpose.UNSUBSCRIBE: Link(
        _("No more news of this petition"),
        _("Your signature stays; no more news is sent to you."),
        _("Send me no more news"),
        _("No more news is sent to you"),
        _("Your signature stays as it is."),
        acts.unsubscribe,
        tuple(State),
    ),
}


def _link_view(purpose: Purpose) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, language: str, slug: str, token: str) -> HttpResponse:
        petition = front.find(slug)
        held = find_token(purpose, token, slug)
        with override(language):
            if held is None or held.signature is None:
                return _note(request, language, petition, "unknown", 404)
            if request.method == "POST":
                return _act(request, language, petition, purpose, held.signature)
            return _link_page(request, language, petition, purpose, is_done=False)

    view.__name__ = f"{purpose.name.lower()}_view"
    view.__doc__ = f"The page of a {purpose.value} link: GET shows a button, POST does it."
    return capability(view)


confirm, withdraw, not_me, unsubscribe = map(
    _link_view, (Purpose.CONFIRM, Purpose.WITHDRAW, Purpose.NOT_ME, Purpose.UNSUBSCRIBE)
)


def _act(
    request: HttpRequest, language: str, petition: Petition, purpose: Purpose, signature: Signature
) -> HttpResponse:
    """Do what a link is for. What cannot be done any more is answered as a link that does not exist."""
    is_erasure = purpose == Purpose.WITHDRAW and request.POST.get("also") == "erase"
    act = acts.erase if is_erasure else LINKS[purpose].act
    if not act(signature):
        signature.refresh_from_db(fields=["state"])
        if signature.state not in LINKS[purpose].states:
            is_late = purpose == Purpose.CONFIRM and signature.state == State.PENDING
            return _note(request, language, petition, "closed" if is_late else "unknown", 409 if is_late else 404)
    return _link_page(request, language, petition, purpose, is_done=True)


def _link_page(
    request: HttpRequest, language: str, petition: Petition, purpose: Purpose, *, is_done: bool
) -> HttpResponse:
    link = LINKS[purpose]
    context = {
        "petition": petition,
        "text": text_of(petition.current),
        "link": link,
        "is_done": is_done,
        "purpose": purpose.value,
    }
    title = str(link.done if is_done else link.title)
    return frame.private(request, "petition/link.html", language, f"petitions/{petition.slug}", title, context)


NOTES: dict[str, tuple[Promise | str, tuple[Promise | str, ...]]] = {
    "sent": (
        _("Look in your inbox"),
        (
            _(
                "If we may write to this address, a mail is on its way. It holds a link: your signature counts "
                "once you have opened it and pressed the button."
            ),
            _("Nothing there after some minutes? Look among the junk mail, or have it sent again."),
        ),
    ),
    "closed": (
        _("This petition is closed"),
        (_("Signatures are no longer taken."),),
    ),
    "unknown": (
        _("This link does not work"),
        (
            _("It may be incomplete, too old, or used up. Nothing was changed."),
            _("Have the mail sent again, and use the link in the newest one."),
        ),
    ),
}


def _note(request: HttpRequest, language: str, petition: Petition, note: str, status: int = 200) -> HttpResponse:
    """One of the answers that are the same for everybody."""
    title, paragraphs = NOTES[note]
    context = {"petition": petition, "text": text_of(petition.current), "note": note, "paragraphs": paragraphs}
    name = f"petitions/{petition.slug}"
    return frame.private(request, "petition/note.html", language, name, str(title), context, status)


def _form(
    request: HttpRequest, language: str, petition: Petition, form: Signing, *, is_old: bool = False, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "petition": petition,
        "text": text_of(petition.current),
        "version": petition.current,
        "form": form,
        "is_old": is_old,
        "countries": countries.choices(language),
        "chosen": form.data.get("country", ""),
        "started": form.data.get("started") or ticket(),
        "longest_reason": LONGEST_REASON,
    }
    name = f"petitions/{petition.slug}/sign"
    return frame.private(request, "petition/sign.html", language, name, str(_("Sign the petition")), context, status)


def _filled(request: HttpRequest, language: str, held: dict[str, Any]) -> signing.Form:
    return signing.Form(
        name=held["name"],
        address=held["email"],
        country=held["country"],
        reason=held["reason"],
        show_name=held["show_name"],
        updates=held["updates"],
        language=language,
        place=_place(request),
        seconds=seconds_since(request.POST.get("started", "")),
        is_trapped=bool(held["website"]),
    )


def _place(request: HttpRequest) -> str:
    address = client_address(request)
    if address is None:
        raise Refusal(400)
    return group(address)
