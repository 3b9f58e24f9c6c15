"""Petitions: their versions, the forms of text and update, and the acts. Nothing is saved but by the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import register
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from orientalis_site.petition import news, states, terms
from orientalis_site.petition.models import Petition, Update, Version
from orientalis_site.petition.snapshots import evidence_of, text_of
from orientalis_site.publications.shelf import current
from orientalis_site.staff import petition_acts
from orientalis_site.staff.admin.site import Reading, member, need, only, site
from orientalis_site.staff.differences import compare
from orientalis_site.staff.roles import Duty, may
from orientalis_site.staff.terms_form import TermsForm
from orientalis_site.staff.text_form import TextForm
from orientalis_site.staff.update_form import UpdateForm


class NewForm(forms.Form):
    """What a petition has besides its text."""

    slug = forms.SlugField(
        label=_("Address"), max_length=80, help_text=_("Latin letters, digits and hyphens; it never changes.")
    )

    def clean_slug(self) -> str:
        """One that is free."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Petition.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a petition at this address."))
        return slug


@register(Petition, site=site)
class PetitionAdmin(Reading):
    """The list, a page for each, and what can be done there."""

    duty = Duty.READ
    list_display = ("slug", "state", "newest", "opened_at", "closes_at", "changed_at")
    list_filter = ("state",)
    search_fields = ("slug",)
    change_list_template = "staff/petitions.html"

    def newest(self, petition: Petition) -> str:
        """The number of the version written last."""
        version = petition_acts.newest(petition)
        return str(version.number) if version else ""

    def get_urls(self) -> list[URLPattern]:
        """The pages of texts, updates and acts besides."""
        wrap = self.admin_site.admin_view
        own = [
            path("new/", wrap(self.write), name="petition_write"),
            path("<int:pk>/text/", wrap(self.rewrite), name="petition_rewrite"),
            path("<int:pk>/compare/<int:before>/<int:after>/", wrap(self.compare), name="petition_compare"),
            path("<int:pk>/update/", wrap(self.tell), name="petition_tell"),
            path("<int:pk>/update/<int:update>/<str:word>/", wrap(require_POST(self.decide)), name="petition_decide"),
            path("<int:pk>/terms/", wrap(self.terms), name="petition_terms"),
            path("<int:pk>/do/<str:word>/", wrap(self.act), name="petition_act"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list."""
        held = {"may_write": may(member(request), Duty.DRAFT)}
        return super().changelist_view(request, {**held, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a petition."""
        need(request, Duty.READ)
        petition = get_object_or_404(Petition, pk=object_id) if object_id.isdigit() else None
        if petition is None:
            return redirect("admin:petition_petition_changelist")
        versions = list(
            Version.objects.filter(petition=petition).select_related("created_by", "published_by").order_by("-number")
        )
        user = member(request)
        held = {
            "petition": petition,
            "versions": [(one, versions[i + 1] if i + 1 < len(versions) else None) for i, one in enumerate(versions)],
            "text": text_of(versions[0]) if versions else None,
            "evidence": evidence_of(versions[0]) if versions else None,
            "acts": petition_acts.open_to(petition, user),
            "updates": Update.objects.filter(petition=petition).select_related("created_by", "published_by"),
            "may_write": may(user, Duty.DRAFT),
            "may_publish": may(user, Duty.PUBLISH),
            "may_deliver": may(user, Duty.DELIVER),
        }
        return self._page(request, "staff/petition.html", petition.slug, held)

    @only(Duty.READ)
    def act(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Do an act; a grave one is asked about first."""
        act = petition_acts.BY_WORD.get(word)
        petition = get_object_or_404(Petition, pk=pk)
        if act is None:
            return redirect("admin:petition_petition_change", petition.pk)
        need(request, act.duty)
        if request.method != "POST" or (act.is_grave and "sure" not in request.POST):
            return self._page(request, "staff/sure.html", str(act.name), {"petition": petition, "act": act})
        try:
            if word == "publish":
                petition_acts.must_be_newest(petition, request.POST.get("version", ""))
            act.do(petition, member(request))
            messages.success(request, gettext("Done: %(act)s.") % {"act": act.name})
        except states.NotAllowed as refused:
            messages.error(request, str(refused))
        return redirect("admin:petition_petition_change", petition.pk)

    @only(Duty.DRAFT)
    def write(self, request: HttpRequest) -> HttpResponse:
        """The form of a new petition."""
        data = request.POST if request.method == "POST" else None
        new, form = NewForm(data), TextForm(current.bundle(), data)
        if data is not None and all([new.is_valid(), form.is_valid()]) and form.text is not None:
            petition = states.create(new.cleaned_data["slug"], form.text, current.bundle(), member(request))
            messages.success(request, gettext("The draft is kept. Submit it for review when it is ready."))
            return redirect("admin:petition_petition_change", petition.pk)
        return self._page(request, "staff/text.html", gettext("A new petition"), {"new": new, "form": form})

    @only(Duty.DRAFT)
    def rewrite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form of a new version."""
        petition = get_object_or_404(Petition, pk=pk)
        version = petition_acts.newest(petition)
        data = request.POST if request.method == "POST" else None
        form = TextForm(current.bundle(), data, text_of(version) if version else None)
        if data is not None and form.is_valid() and form.text is not None:
            try:
                made = states.draft(petition, form.text, current.bundle(), member(request))
                messages.success(request, gettext("Version %(number)s is kept.") % {"number": made.number})
                return redirect("admin:petition_petition_change", petition.pk)
            except states.NotAllowed as refused:
                form.faults.append(str(refused))
        return self._page(request, "staff/text.html", petition.slug, {"form": form, "petition": petition})

    @only(Duty.READ)
    def compare(self, request: HttpRequest, pk: int, before: int, after: int) -> HttpResponse:
        """What changed between two versions; `before` 0: all is new."""
        versions = {one.number: one for one in Version.objects.filter(petition_id=pk, number__in=(before, after))}
        petition = get_object_or_404(Petition, pk=pk)
        if after not in versions:
            return redirect("admin:petition_petition_change", pk)
        old = text_of(versions[before]) if before in versions else None
        held = {"petition": petition, "before": before, "after": after, "acts": []}
        held["languages"] = compare(old, text_of(versions[after]))
        held["evidence"] = [(one, versions[one].evidence_hash) for one in sorted(versions)]
        return self._page(request, "staff/compare.html", petition.slug, held)

    @only(Duty.DRAFT)
    def tell(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form of an update."""
        petition = get_object_or_404(Petition, pk=pk)
        form = UpdateForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                news.write(petition, form.title, form.text, member(request))
                messages.success(request, gettext("The update waits for a second person."))
                return redirect("admin:petition_petition_change", petition.pk)
            except states.NotAllowed as refused:
                form.add_error(None, str(refused))
        return self._page(request, "staff/update.html", petition.slug, {"form": form, "petition": petition})

    @only(Duty.DELIVER)
    def terms(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form of the offices' post boxes, the closing day and the goals."""
        petition = get_object_or_404(Petition.objects.select_related("current"), pk=pk)
        form = TermsForm(petition, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                form.save(f"user:{member(request).pk}")
                messages.success(request, gettext("Done."))
                return redirect("admin:petition_petition_change", petition.pk)
            except terms.TermFault as fault:  # the petition changed while the form was open
                form.add_error(None, str(fault))
        return self._page(request, "staff/terms.html", petition.slug, {"form": form, "petition": petition})

    @only(Duty.PUBLISH)
    def decide(self, request: HttpRequest, pk: int, update: int, word: str) -> HttpResponseBase:
        """Publish an update, or throw it away."""
        held = get_object_or_404(Update, pk=update, petition_id=pk)
        if word not in ("publish", "discard", "send"):
            raise PermissionDenied
        try:
            if word == "publish":
                news.publish(held, member(request))
            elif word == "send":
                news.send(held)
            else:
                news.discard(held, member(request))
            messages.success(request, gettext("Done."))
        except states.NotAllowed as refused:
            messages.error(request, str(refused))
        return redirect("admin:petition_petition_change", pk)

    def _page(self, request: HttpRequest, template: str, title: str, held: dict[str, Any]) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **held}
        return TemplateResponse(request, template, context)
