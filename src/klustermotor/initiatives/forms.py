from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact


class InitiativeForm(forms.ModelForm):
    web = forms.URLField(label=_("web page"), required=False, assume_scheme="https")

    class Meta:
        model = Initiative
        fields = [
            "name",
            "slug",
            "kind",
            "region",
            "owner",
            "started",
            "purpose",
            "web",
            "controller",
        ]
        help_texts = {
            "slug": _("Part of the page's address, such as triple-steelix."),
            "owner": _("The organisation that answers for it."),
            "controller": _("Who answers for personal data in it. Empty: the default one."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}


class FactForm(forms.ModelForm):
    class Meta:
        model = InitiativeFact
        fields = ["year", "label", "value", "unit", "source"]
        help_texts = {
            "label": _("What was counted, such as company visits."),
            "unit": _("Such as visits, companies or million kronor."),
            "source": _("Where the figure is from, so that others can look it up."),
        }


class AssignmentForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("user"))
    initiative = forms.ModelChoiceField(
        Initiative.objects.all(), label=_("initiative"), to_field_name="slug"
    )
    role = forms.ChoiceField(label=_("role"), choices=Assignment.Role.choices)


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "language", "is_administrator", "is_active"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("Another account has this e-mail address."))
        return email

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.instance.pk == self.by.pk:
            for field in ("is_administrator", "is_active"):
                if not values.get(field):
                    self.add_error(field, gettext("You cannot take this from yourself."))
        return values
