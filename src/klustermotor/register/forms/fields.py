"""Fields of the register's forms: a place, an organisation, an industry, all typed or chosen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import pretty_name
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klustermotor.analysis.identifiers import NumberFaultError, organisation_number
from klustermotor.register.models import Industry, Municipality, Organisation
from klustermotor.register.numbers import written
from klustermotor.register.queries.choices import counties


class CapitalLabels:
    """Labels that begin with a capital letter, wherever they are from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = capfirst(str(field.label or pretty_name(name)))


class OfferingInput(forms.TextInput):
    """A text field that offers matches while one types; without scripts it is a text field."""

    template_name = "register/forms/offering.html"

    def __init__(self, address: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.address = address

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        key = f"{context['widget']['attrs'].get('id', name)}_offers"
        context["widget"]["attrs"] |= {
            "list": key,
            "autocomplete": "off",
            "hx-get": f"{self.address}?field={name}",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{key}",
        }
        context["offers"] = key
        return context


class DateField(forms.DateField):
    """A day, picked from the browser's calendar or typed as 2026-11-22."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **options})


class MunicipalityField(forms.ChoiceField):
    """A municipality, in a list by county; it is read when the form is shown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_municipalities, **options)

    def clean(self, value: Any) -> Municipality | None:
        key = super().clean(value)
        return Municipality.objects.defer("boundary").get(pk=key) if key else None

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Municipality) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _municipalities() -> Iterable[tuple[str, Any]]:
    yield "", gettext("Not known")
    for county in counties():
        yield county.name or gettext("No county"), list(county.municipalities)


class OrganisationField(forms.CharField):
    """Another organisation, by its number or its whole name; matches are offered while typing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "help_text": _("Its organisation number, or its whole name."),
                "widget": OfferingInput(reverse_lazy("company_options")),
                **options,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Organisation):
            return written(value.number, value.country) if value.number else value.name
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = Organisation.objects.filter(number=organisation_number(text).digits)
        except NumberFaultError:
            found = Organisation.objects.filter(name__iexact=text)
        rows = list(found[:2])
        if not rows:
            raise forms.ValidationError(
                gettext("No organisation has the number or the whole name “%(text)s”.")
                % {"text": text}
            )
        if len(rows) > 1:
            raise forms.ValidationError(
                gettext("Several organisations are called “%(text)s”. Write the number instead.")
                % {"text": text}
            )
        return rows[0]


class IndustryField(forms.CharField):
    """An industry by its code, of the standard that the form is about."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "help_text": _("Its code, such as 24 or 24.100. Words find it, too."),
                "widget": OfferingInput(reverse_lazy("industry_options")),
                **options,
            }
        )
        self.country = "SE"

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Industry) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Industry | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_industry(text, self.country)
        if found is None:
            raise forms.ValidationError(
                gettext("There is no industry “%(text)s”. Look it up under Industries.")
                % {"text": text}
            )
        return found


STANDARDS_OF = {
    "SE": (Industry.Standard.SNI2007, Industry.Standard.SNI2025),
    "NO": (Industry.Standard.SN2007, Industry.Standard.SN2025),
}


def find_industry(text: str, country: str) -> Industry | None:
    """The industry with this key (``SNI2007:24``) or code; the country's own standard first."""
    code = text.split(" ", maxsplit=1)[0].strip()
    by_key = Industry.objects.filter(pk=code).first()
    if by_key or ":" in code:
        return by_key
    for standard in STANDARDS_OF.get(country, STANDARDS_OF["SE"]):
        if found := Industry.objects.filter(standard=standard, code__iexact=code).first():
            return found
    return None


class ThingForm(forms.ModelForm):
    """The form of an organisation or a person."""

    @property
    def changed_values(self) -> dict[str, Any]:
        """What the visitor changed, by field; all of it for a new thing."""
        names = self._meta.fields
        if not self.instance._state.adding:
            names = [name for name in names if name in self.changed_data]
        return {name: self.cleaned_data[name] for name in names}

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
