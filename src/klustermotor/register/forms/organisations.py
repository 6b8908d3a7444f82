"""The form of an organisation, and those of its names, tags and places in value chains."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klustermotor.analysis.identifiers import NumberFaultError, organisation_number
from klustermotor.core.models import User
from klustermotor.register.forms.fields import (
    CapitalLabels,
    DateField,
    MunicipalityField,
    OrganisationField,
    ThingForm,
)
from klustermotor.register.models import (
    FormerNumber,
    Municipality,
    Organisation,
    OrganisationName,
    ValueChainPosition,
)
from klustermotor.register.numbers import explain, written
from klustermotor.register.queries.secrecy import may_see
from klustermotor.register.rules import municipalities_of

COUNTRIES = [("SE", _("Sweden")), ("NO", _("Norway")), ("", _("another country"))]
GENERATIONS_AT_MOST = 20


class OrganisationForm(CapitalLabels, ThingForm):
    """What is said of an organisation. Only what the visitor changed is in `changed_values`, so
    that two people who change different fields at once do not undo each other."""

    country = forms.ChoiceField(label=_("country"), choices=COUNTRIES, required=False, initial="SE")
    municipality = MunicipalityField(label=_("municipality"), required=False)
    parent = OrganisationField(label=_("parent company"), required=False)
    website = forms.URLField(
        label=_("web page"), required=False, assume_scheme="https", widget=forms.TextInput
    )
    started = DateField(label=_("registered on"), required=False)
    ended = DateField(
        label=_("ended on"),
        required=False,
        help_text=_("An organisation that has ended is kept, and left out of the list."),
    )
    name_was_misspelt = forms.BooleanField(
        label=_("The name was a misspelling: do not keep it among earlier names"), required=False
    )
    number_was_mistyped = forms.BooleanField(
        label=_("The number was mistyped: do not keep it among earlier numbers"), required=False
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "country",
            "number",
            "kind",
            "legal_form",
            "is_sole_trader",
            "size",
            "description",
            "street",
            "postcode",
            "city",
            "municipality",
            "latitude",
            "longitude",
            "website",
            "email",
            "phone",
            "parent",
            "started",
            "ended",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "number": _("With or without dash and spaces, such as 556036-0793 or 923 609 016."),
            "legal_form": _("Such as limited company or economic association."),
            "latitude": _("In degrees, such as 60.6065."),
            "longitude": _("In degrees, such as 15.6355."),
        }

    ABOUT = ("name", "name_was_misspelt", "country", "number", "number_was_mistyped")
    GROUPS = (
        (_("Name and number"), (*ABOUT, "kind", "legal_form", "is_sole_trader")),
        (_("What it does"), ("description", "size")),
        (
            _("Where it is"),
            ("street", "postcode", "city", "municipality", "latitude", "longitude"),
        ),
        (_("How to reach it"), ("website", "email", "phone")),
        (_("Group and dates"), ("parent", "started", "ended")),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.twin: Organisation | None = None
        """The other organisation that has the number, where this visitor may see it."""
        if self.instance.number:
            self.initial["number"] = written(self.instance.number, self.instance.country)
        if self.instance._state.adding:
            del self.fields["name_was_misspelt"], self.fields["number_was_mistyped"]
        for field in self.fields.values():
            field.show_hidden_initial = not self.instance._state.adding

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in self.GROUPS
        ]

    def clean_number(self) -> str:
        text = self.cleaned_data["number"].strip()
        country = self.cleaned_data.get("country", "")
        if not text or country not in ("SE", "NO"):
            self.is_personal = False
            return text
        try:
            number = organisation_number(text, country)
        except NumberFaultError as fault:
            raise forms.ValidationError(explain(fault, country)) from fault
        self.is_personal = number.is_personal
        return number.digits

    def clean_municipality(self) -> Municipality | None:
        place: Municipality | None = self.cleaned_data["municipality"]
        is_new = self.instance._state.adding
        if is_new and not self.by.has_perm("register.change"):
            own = municipalities_of(self.by)
            if place is None or place.pk not in own:
                raise forms.ValidationError(
                    gettext("You add organisations in your own municipalities only.")
                )
        return place

    def clean_parent(self) -> Organisation | None:
        parent: Organisation | None = self.cleaned_data["parent"]
        above = parent
        for _generation in range(GENERATIONS_AT_MOST):
            if above is None:
                break
            if above.pk == self.instance.pk:
                raise forms.ValidationError(
                    gettext("%(name)s belongs to this organisation, and cannot be its parent.")
                    % {"name": parent}
                    if parent and parent.pk != self.instance.pk
                    else gettext("An organisation is not its own parent.")
                )
            above = above.parent
        return parent

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if number := values.get("number"):
            self._look_for_twin(number, values.get("country", ""))
        if getattr(self, "is_personal", False):
            values["is_sole_trader"] = True
        started, ended = values.get("started"), values.get("ended")
        if started and ended and ended < started:
            self.add_error("ended", gettext("It cannot end before it was registered."))
        check_coordinates(self)
        return values

    def _look_for_twin(self, number: str, country: str) -> None:
        twin = Organisation.objects.filter(number=number).exclude(pk=self.instance.pk).first()
        if twin is None:
            return
        as_written = written(number, country)
        if may_see(twin, self.by):
            self.twin = twin
            message = gettext("%(name)s has the number %(number)s already.")
            text = message % {"name": twin.name, "number": as_written}
        else:
            text = gettext("Another organisation has this number already.")
        self.add_error("number", text)

    def _post_clean(self) -> None:
        """The instance is written by the service."""


class EndForm(CapitalLabels, forms.Form):
    """When an organisation ended."""

    ended = DateField(label=_("ended on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended"].initial = timezone.localdate


class NameForm(CapitalLabels, forms.ModelForm):
    """An earlier name with its dates, or one that it trades under."""

    used_from = DateField(label=_("from"), required=False)
    used_to = DateField(label=_("to"), required=False)

    class Meta:
        model = OrganisationName
        fields = ["name", "kind", "used_from", "used_to"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        check_period(self, "used_from", "used_to")
        others = OrganisationName.objects.filter(
            organisation=self.instance.organisation,
            name=values.get("name", ""),
            kind=values.get("kind", ""),
        )
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext("The organisation has this name already."))
        return values


class FormerNumberForm(CapitalLabels, forms.ModelForm):
    """A number that the organisation had before."""

    used_to = DateField(label=_("to"), required=False)

    class Meta:
        model = FormerNumber
        fields = ["number", "used_to"]

    def clean_number(self) -> str:
        text = self.cleaned_data["number"].strip()
        organisation = self.instance.organisation
        if organisation.country in ("SE", "NO"):
            try:
                text = organisation_number(text, organisation.country).digits
            except NumberFaultError as fault:
                raise forms.ValidationError(explain(fault, organisation.country)) from fault
        if text == organisation.number:
            raise forms.ValidationError(gettext("This is the number it has now."))
        if organisation.former_numbers.filter(number=text).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("This number is among the earlier ones already."))
        return text


class TagForm(CapitalLabels, forms.Form):
    """A tag, chosen among those in use or new."""

    tag = forms.CharField(
        label=_("tag"), max_length=60, widget=forms.TextInput(attrs={"list": "known"})
    )


class PositionForm(CapitalLabels, forms.Form):
    """Where in the value chain of a cluster it stands."""

    cluster = forms.CharField(
        label=_("cluster"), max_length=80, widget=forms.TextInput(attrs={"list": "known"})
    )
    position = forms.ChoiceField(label=_("position"), choices=ValueChainPosition.Position.choices)


def check_coordinates(form: forms.BaseForm) -> None:
    """Add an error where one of the two is missing, or none is a place on earth."""
    if {"latitude", "longitude"} & set(form.errors):
        return
    values = form.cleaned_data
    if (values.get("latitude") is None) != (values.get("longitude") is None):
        form.add_error("longitude", gettext("Give both latitude and longitude, or neither."))
    for name, bound in (("latitude", 90), ("longitude", 180)):
        value = values.get(name)
        if value is not None and not -bound <= value <= bound:
            message = gettext("Write degrees between −%(bound)d and %(bound)d.")
            form.add_error(name, message % {"bound": bound})


def check_period(form: forms.BaseForm, first: str, last: str) -> None:
    """Add an error where a period ends before it begins."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        form.add_error(last, gettext("This day lies before the first one."))
