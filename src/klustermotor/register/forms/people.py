"""Forms of people, their roles, and notes."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.register.forms.fields import (
    CapitalLabels,
    DateField,
    OrganisationField,
    ThingForm,
)
from klustermotor.register.forms.organisations import check_period
from klustermotor.register.models import Note, Person, PersonRole
from klustermotor.register.queries.secrecy import visible_to

LANGUAGES = [("", _("not known")), *settings.LANGUAGES]


class PersonForm(CapitalLabels, ThingForm):
    """Name and how to reach them."""

    language = forms.ChoiceField(label=_("language"), choices=LANGUAGES, required=False)

    class Meta:
        model = Person
        fields = ["name", "email", "phone", "language"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.namesake: Person | None = None
        """Somebody with the same e-mail address, whom this visitor may see."""
        for field in self.fields.values():
            field.show_hidden_initial = not self.instance._state.adding

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        others = Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if email and (found := visible_to(others, self.by).first()):
            self.namesake = found
            raise forms.ValidationError(
                gettext("%(name)s has this e-mail address. Give that person the role instead.")
                % {"name": found.name}
            )
        return email

    def _post_clean(self) -> None:
        """The instance is written by the service."""


class RoleFields(CapitalLabels, forms.Form):
    """What a person is at an organisation, from when to when."""

    title = forms.CharField(label=_("role"), max_length=80, required=False)
    email = forms.EmailField(label=_("e-mail in this role"), required=False)
    phone = forms.CharField(label=_("telephone in this role"), max_length=40, required=False)
    since = DateField(label=_("from"), required=False)
    until = DateField(label=_("to"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        check_period(self, "since", "until")
        return values


class RoleForm(RoleFields):
    """A role at an organisation that is chosen here."""

    organisation = OrganisationField(label=_("organisation"))
    field_order = ["organisation", "title", "email", "phone", "since", "until"]


class KnownPersonForm(RoleFields):
    """A role for somebody who is in the register already."""

    person = forms.UUIDField(widget=forms.HiddenInput)


class NewPersonAtForm(PersonForm):
    """A new person and their role at the organisation whose page one comes from."""

    title = forms.CharField(label=_("role"), max_length=80, required=False)
    since = DateField(label=_("from"), required=False)
    field_order = ["name", "title", "email", "phone", "language", "since"]

    @property
    def person_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    @property
    def role_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "since")}


class EndRoleForm(CapitalLabels, forms.Form):
    """The last day of a role."""

    until = DateField(label=_("last day"))

    def __init__(self, *args: Any, role: PersonRole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        self.fields["until"].initial = timezone.localdate

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if self.role.since and until < self.role.since:
            raise forms.ValidationError(gettext("This day lies before the first one."))
        return until


class NoteForm(CapitalLabels, forms.ModelForm):
    """A note, and who may read it."""

    class Meta:
        model = Note
        fields = ["text", "is_confidential", "readers"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "readers": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "is_confidential": _("Seen by you and those you tick below, and by nobody else."),
        }

    def __init__(self, *args: Any, by: User, short: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if short:  # beside other things on a page: nobody else is let in yet
            del self.fields["readers"]
            self.fields["is_confidential"].help_text = _("Seen by you alone, until you share it.")
        else:
            self.fields["readers"].queryset = _colleagues(by)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", gettext("Write something."))
        return values

    def _post_clean(self) -> None:
        """The instance is written by the service."""


def _colleagues(by: User) -> Any:
    """Active users who may read the register, but the writer."""
    active = User.objects.filter(Q(is_active=True) & ~Q(pk=by.pk)).order_by("name")
    keys = [user.pk for user in active if user.has_perm("register.view")]
    return User.objects.filter(pk__in=keys).order_by("name")
