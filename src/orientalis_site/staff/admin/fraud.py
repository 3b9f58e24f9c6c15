"""Fraud rules: written, counted, started, cancelled and undone by moderators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import register
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from orientalis_site.audit.chain import append
from orientalis_site.petition.states import NotAllowed
from orientalis_site.staff import fraud
from orientalis_site.staff.admin.site import Reading, member, only, site
from orientalis_site.staff.models import FraudHit, FraudRule, User
from orientalis_site.staff.roles import Duty, may


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule; one without a condition would hit everybody, and is refused."""

    class Meta:
        """What a moderator sets."""

        model = FraudRule
        fields = (
            *("name", "petition", "cause", "since", "until", "country", "name_part"),
            *("same_place_over", "same_name_over", "seconds_below"),
        )

    def clean(self) -> dict[str, Any] | None:
        """At least one condition, and a time that does not end before it begins."""
        held = super().clean() or self.cleaned_data
        rule = FraudRule(**{name: held.get(name) for name in self.Meta.fields if name not in ("petition", "cause")})
        if not self.errors and not fraud.conditions(rule):
            raise forms.ValidationError(_("Set at least one condition: without any the rule would hit everybody."))
        since, until = held.get("since"), held.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The end must be after the beginning."))
        return held


@register(FraudRule, site=site)
class FraudRuleAdmin(Reading):
    """Saved queries, with what each would hit."""

    duty = Duty.FRAUD
    offered = ("changelist", "change", "add")
    form = RuleForm
    list_display = ("name", "petition", "cause", "state", "changed_at")
    list_filter = ("state", "petition")
    list_select_related = ("petition",)
    change_form_template = "staff/fraud_rule.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A moderator writes rules."""
        return may(member(request), Duty.FRAUD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rule changes for as long as it has hit nothing."""
        is_open = obj is None or (obj.state == FraudRule.State.DRAFT and not FraudHit.objects.filter(rule=obj).exists())
        return is_open and may(member(request), Duty.FRAUD)

    def get_urls(self) -> list[URLPattern]:
        """Its acts besides."""
        own = path(
            "<int:pk>/do/<str:word>/", self.admin_site.admin_view(require_POST(self.act)), name="staff_fraudrule_act"
        )
        return [own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: FraudRule, form: Any, change: bool) -> None:
        """Save, and write it down."""
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        held = {"conditions": fraud.conditions(obj)}
        append(f"user:{request.user.pk}", "fraud_change" if change else "fraud_write", f"fraud_rule:{obj.pk}", held)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The rule with its count and a sample of what it would hit."""
        held: dict[str, Any] = {}
        rule = FraudRule.objects.filter(pk=object_id).first() if object_id.isdigit() else None
        if rule is not None and self.has_view_permission(request):
            held = {"rule": rule, "hits": FraudHit.objects.filter(rule=rule, undone_at=None).count()}
            if rule.state in ("draft", "cancelled", "undone"):
                held |= {"count": fraud.count(rule), "sample": fraud.sample(rule)}
        return super().change_view(request, object_id, form_url, {**held, **(extra_context or {})})

    @only(Duty.FRAUD)
    def act(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Start, cancel or undo. The first batch is done at once; `run_fraud_rules` does the others."""
        rule = get_object_or_404(FraudRule, pk=pk)
        deeds: dict[str, Callable[[FraudRule, User], object]] = {
            "start": fraud.start,
            "cancel": fraud.cancel,
            "undo": fraud.undo,
        }
        try:
            if word not in deeds:
                raise NotAllowed(f"there is no act {word!r}; expected {', '.join(deeds)}")
            deeds[word](rule, member(request))
            fraud.step(rule)
            messages.success(request, gettext("Done."))
        except NotAllowed as refused:
            messages.error(request, str(refused))
        return redirect("admin:staff_fraudrule_change", pk)
