"""Inviting a contact, asking to be one, taking the invitation, and correcting one's own company."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from klustermotor.analysis.identifiers import NumberFaultError, organisation_number
from klustermotor.core.models import User
from klustermotor.register.contact_links import domain_of, is_shared
from klustermotor.register.models import Organisation, Person, PersonRole
from klustermotor.register.queries.contacts import roles_to_invite

NOT_A_NUMBER = _("This is no organisation number. One is written 556036-0793 or 923 609 016.")


class InviteForm(forms.Form):
    """Somebody who has a role at the organisation already, or a new person."""

    role = forms.ModelChoiceField(
        PersonRole.objects.none(),
        label=_("Person"),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("For somebody new.")
    )
    title = forms.CharField(
        label=_("Role"), max_length=80, required=False, help_text=_("Such as managing director.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Left empty, the mail goes to the address that is known of the person."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles: Any = self.fields["role"]
        roles.queryset = roles_to_invite(organisation)
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role = values.get("role")
        if role is None and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _t("Choose a person, or write the name of somebody new."))
        known = (role.email or role.person.email) if role else ""
        values["email"] = (values.get("email") or known).lower()
        if not values["email"] and "email" not in self.errors:
            self.add_error("email", _t("No address is known of the person: write one."))
        return values


class AskForm(forms.Form):
    """What somebody at a company says of themselves, who asks to be its contact."""

    number = forms.CharField(label=_("Organisation number"), max_length=30)
    name = forms.CharField(label=_("Your name"), max_length=150)
    title = forms.CharField(label=_("Your role at the company"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("Your e-mail at the company"),
        help_text=_("At the same domain as the company's web page."),
    )

    def clean_number(self) -> str:
        try:
            return organisation_number(self.cleaned_data["number"]).digits
        except NumberFaultError:
            raise forms.ValidationError(NOT_A_NUMBER) from None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if is_shared(domain_of(email)):
            raise forms.ValidationError(
                _t("Anybody can get an address there. Use the one you have at the company.")
            )
        return email


class AcceptForm(forms.Form):
    """How somebody who is invited will log in."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Left empty, you log in by a code that is sent to you each time."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if password := values.get("password"):
            user = User(email=self.email, name=values.get("name", ""))
            try:
                validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class OwnCompanyForm(forms.ModelForm):
    """What a contact corrects of the company; the first three are proposed to the region."""

    website = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = [
            "name",
            "number",
            "website",
            "street",
            "postcode",
            "city",
            "phone",
            "email",
            "description",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "number", "website"):
            self.fields[name].help_text = _("The region looks at a change before it shows.")

    def clean_number(self) -> str:
        text: str = self.cleaned_data["number"].strip()
        if not text or text == self.initial.get("number"):
            return text
        try:
            return organisation_number(text).digits
        except NumberFaultError:
            raise forms.ValidationError(NOT_A_NUMBER) from None

    def _get_validation_exclusions(self) -> set[str]:
        # Whether another has the number is for staff to see, not for a contact to find out.
        return {*super()._get_validation_exclusions(), "number"}


class OwnPersonForm(forms.ModelForm):
    """What a contact corrects of themselves."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ["name", "email", "phone", "language"]
