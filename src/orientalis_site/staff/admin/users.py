"""Accounts of the staff: an admin makes them, gives roles, and takes them away. Passwords each sets himself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import display, register
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orientalis_site.audit.chain import append
from orientalis_site.staff.accounts import password_link
from orientalis_site.staff.admin.site import Reading, member, site
from orientalis_site.staff.factor import is_enrolled
from orientalis_site.staff.models import User
from orientalis_site.staff.roles import ROLES, Duty, may


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """Names, and whether the account may be used, and roles. Nothing here makes anybody all-powerful."""

    groups = forms.ModelMultipleChoiceField(
        queryset=Group.objects.filter(name__in=ROLES),
        required=False,
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        """What may be changed."""

        model = User
        fields = ("username", "first_name", "last_name", "is_active", "groups")


@register(User, site=site)
class UserAdmin(Reading):
    """Accounts; they are switched off, not deleted, because the audit names them."""

    duty = Duty.USERS
    offered = ("changelist", "change", "add")
    form = UserForm
    list_display = ("username", "roles", "is_active", "has_factor", "last_login")
    ordering = ("username",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An admin adds."""
        return may(member(request), Duty.USERS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An admin changes."""
        return may(member(request), Duty.USERS)

    @display(description=_("roles"))
    def roles(self, user: User) -> str:
        """Their names."""
        return ", ".join(sorted(user.groups.values_list("name", flat=True)))

    @display(description=_("second factor"), boolean=True)
    def has_factor(self, user: User) -> bool:
        """Whether there is one."""
        return is_enrolled(user)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; a new account has no password, but a link by which its owner sets one."""
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            words = gettext("Hand this link over; it is valid for one day and once: %(link)s")
            messages.success(request, words % {"link": password_link(obj)})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The roles, and what the audit says of all."""
        super().save_related(request, form, formsets, change)
        held = {"roles": sorted(form.instance.groups.values_list("name", flat=True))}
        append(
            f"user:{request.user.pk}",
            "change_user" if change else "add_user",
            f"user:{form.instance.pk}",
            {**held, "is_active": form.instance.is_active},
        )
