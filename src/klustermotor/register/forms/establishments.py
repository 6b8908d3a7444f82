"""Forms of establishments, of figures of years, and of industries."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klustermotor.register.forms.fields import (
    CapitalLabels,
    DateField,
    IndustryField,
    MunicipalityField,
)
from klustermotor.register.forms.organisations import check_coordinates, check_period
from klustermotor.register.models import Establishment, Industry, Organisation, YearlyFact

FIRST_YEAR, LAST_YEAR = 1900, 2100


class EstablishmentForm(CapitalLabels, forms.ModelForm):
    """A unit at an address."""

    municipality = MunicipalityField(label=_("municipality"), required=False)
    industry = IndustryField(label=_("industry"), required=False)
    opened = DateField(label=_("opened on"), required=False)
    closed = DateField(label=_("closed on"), required=False)

    class Meta:
        model = Establishment
        fields = [
            "name",
            "number",
            "street",
            "postcode",
            "city",
            "municipality",
            "latitude",
            "longitude",
            "industry",
            "opened",
            "closed",
        ]
        help_texts = {
            "number": _("The CFAR number in Sweden, the number of the subunit in Norway."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industry"].country = self.instance.organisation.country
        for field in self.fields.values():
            field.show_hidden_initial = not self.instance._state.adding

    @property
    def changed_values(self) -> dict[str, Any]:
        """What the visitor changed, by field."""
        return {
            name: value for name, value in self.cleaned_data.items() if name in self.changed_data
        }

    def clean_number(self) -> str:
        number = "".join(self.cleaned_data["number"].split())
        twin = Establishment.objects.filter(number=number).exclude(pk=self.instance.pk)
        if number and (other := twin.select_related("organisation").first()):
            raise forms.ValidationError(
                gettext("An establishment of %(name)s has this number.")
                % {"name": other.organisation}
            )
        return number

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        check_period(self, "opened", "closed")
        if not self.errors and not any(values.get(name) for name in ("name", "street", "number")):
            self.add_error("name", gettext("Give it a name, an address or a number."))
        check_coordinates(self)
        return values

    def _post_clean(self) -> None:
        """The instance is written by the service."""


class EmployeesForm(CapitalLabels, forms.Form):
    """How many worked at an establishment in a year."""

    year = forms.IntegerField(label=_("year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    employees = forms.DecimalField(
        label=_("employees"), min_value=0, max_digits=10, decimal_places=2, localize=True
    )
    as_of = DateField(label=_("as of"), required=False)


class FactForm(CapitalLabels, forms.Form):
    """A figure of a year."""

    UNITS = {
        YearlyFact.Measure.EMPLOYEES: "persons",
        YearlyFact.Measure.EXPORT_SHARE: "percent",
    }

    year = forms.IntegerField(label=_("year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    measure = forms.ChoiceField(label=_("what it counts"), choices=YearlyFact.Measure.choices)
    value = forms.DecimalField(
        label=_("value"),
        max_digits=18,
        decimal_places=2,
        localize=True,
        help_text=_("Money in whole kronor, shares in percent."),
    )
    as_of = DateField(label=_("as of"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = "NOK" if organisation.country == "NO" else "SEK"

    @property
    def unit(self) -> str:
        """The unit that goes with the measure: persons, percent, or the country's money."""
        return self.UNITS.get(self.cleaned_data["measure"], self.money)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        measure, value = values.get("measure"), values.get("value")
        if value is None:
            return values
        if measure == YearlyFact.Measure.EXPORT_SHARE and not 0 <= value <= Decimal(100):
            self.add_error("value", gettext("A share lies between 0 and 100 percent."))
        if measure in (YearlyFact.Measure.EMPLOYEES, YearlyFact.Measure.RESEARCH) and value < 0:
            self.add_error("value", gettext("This cannot be less than nothing."))
        return values


class IndustriesForm(CapitalLabels, forms.Form):
    """What an organisation does: its main industry first, then the others."""

    def __init__(
        self, *args: Any, organisation: Organisation, industries: list[Industry], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = [_("main industry")] + [_("another industry")] * max(len(industries), 4)
        for place, label in enumerate(labels):
            field = IndustryField(
                label=label,
                required=False,
                initial=industries[place].pk if place < len(industries) else None,
                help_text="" if place else IndustryField().help_text,
            )
            field.country = organisation.country
            field.label = capfirst(str(label))
            self.fields[f"industry_{place}"] = field

    @property
    def chosen(self) -> list[Industry]:
        """The industries in their order, each once."""
        return list(dict.fromkeys(value for value in self.cleaned_data.values() if value))
