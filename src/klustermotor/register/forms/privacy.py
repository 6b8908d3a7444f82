"""Forms about the rights of people, and of who answers for their data."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import (
    Controller,
    DataRequest,
    ProcessingText,
    RetentionRule,
    User,
)
from klustermotor.register.models import LegalBasis, Municipality, SecrecyMark

LANGUAGES = {"sv": _("Swedish"), "nb": _("Norwegian bokmål"), "en": _("English")}
PURPOSE = pgettext_lazy("personal data", "Purpose")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_CONSENT = [
    choice for choice in LegalBasis.Basis.choices if choice[0] != LegalBasis.Basis.CONSENT
]


class Named(forms.Form):
    """Begins its labels with a capital, as forms of models do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)


class ControllerForm(forms.ModelForm):
    """Who answers, and for which municipalities."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.all(),
        required=False,
        label=_("municipalities that it answers for"),
        help_text=_("Hold Ctrl to choose several. The default controller answers for the others."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    class Meta:
        model = Controller
        fields = [
            *("name", "kind", "country", "number", "email", "address"),
            *("protection_officer", "is_default"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance._state.adding:
            self.initial["municipalities"] = self.instance.municipalities.all()

    def _get_validation_exclusions(self) -> set[str]:
        """The earlier default gives way when the form is saved; it is no fault of the form."""
        return {*super()._get_validation_exclusions(), "is_default"}


class RequestForm(Named):
    """What somebody asks."""

    kind = forms.ChoiceField(label=_("what is asked for"), choices=DataRequest.Kind.choices)
    email = forms.EmailField(
        label=_("e-mail of the one who asks"),
        required=False,
        help_text=_(
            "The person or user is looked up by it; the address itself is not kept here. "
            "Leave it empty when nobody was found."
        ),
    )
    received_on = forms.DateField(label=_("received on"), widget=DAY)
    reference = forms.CharField(
        label=_("reference number"),
        required=False,
        max_length=60,
        help_text=_("As in your own journal of cases. Names do not belong here."),
    )


class AnswerForm(Named):
    """How a request was answered."""

    state = forms.ChoiceField(
        label=_("outcome"),
        choices=[
            choice for choice in DataRequest.State.choices if choice[0] != DataRequest.State.OPEN
        ],
    )
    answered_on = forms.DateField(label=_("answered on"), widget=DAY)
    answer = forms.CharField(
        label=_("what was answered"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("And why, where it was refused. Names do not belong here."),
    )


class ExtensionForm(Named):
    """Why a request takes longer."""

    extension_reason = forms.CharField(
        label=_("why it takes longer"), widget=forms.Textarea(attrs={"rows": 2})
    )


class RuleForm(forms.ModelForm):
    """For how long a kind of rows is kept, and by which decision it goes."""

    class Meta:
        model = RetentionRule
        fields = ["months", "decision_number", "decided_on", "decided_by", "is_active"]
        widgets = {"decided_on": DAY}


class ProcessingForm(forms.ModelForm):
    """What the controller says of an activity."""

    class Meta:
        model = ProcessingText
        fields = [
            *("purpose", "legal_basis", "recipients", "transfers", "retention", "security"),
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}


class ConsentForm(Named):
    """One text per language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in LANGUAGES.items():
            self.fields[f"text_{language}"] = forms.CharField(
                label=name, widget=forms.Textarea(attrs={"rows": 4, "lang": language})
            )

    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}


class GrantForm(Named):
    """By what right one person is kept."""

    purpose = forms.ChoiceField(label=PURPOSE, choices=LegalBasis.Purpose.choices)
    basis = forms.ChoiceField(label=_("legal basis"), choices=LegalBasis.Basis.choices)
    given_on = forms.DateField(label=_("from"), widget=DAY)


class BulkGrantForm(Named):
    """By what right many are kept; never by consent."""

    purpose = forms.ChoiceField(label=PURPOSE, choices=LegalBasis.Purpose.choices)
    basis = forms.ChoiceField(label=_("legal basis"), choices=NO_CONSENT)
    given_on = forms.DateField(label=_("from"), widget=DAY)


class MarkForm(forms.ModelForm):
    """What may not be told, and why."""

    readers = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True, is_administrator=False),
        required=False,
        label=_("may be seen by"),
        help_text=_("Besides administrators. Hold Ctrl to choose several."),
    )

    class Meta:
        model = SecrecyMark
        fields = ["legal_ground", "decided_by", "decided_on", "until", "readers"]
        widgets = {"decided_on": DAY, "until": DAY}
        help_texts = {
            "legal_ground": _("The act, chapter and section, such as OSL 30 kap. 23 §."),
            "decided_by": _("The office rather than the person."),
            "until": _("Leave it empty when no end is set."),
        }


class EraseForm(Named):
    """The name, typed, of whom to erase."""

    name = forms.CharField(label=_("Write the name to erase"))

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if " ".join(name.split()).casefold() != " ".join(self.wanted.split()).casefold():
            raise forms.ValidationError(
                gettext("This is not the name. Write it as it stands at the top of the page.")
            )
        return name
