"""Forms of a fieldwork: how it is done, whom it asks, what its letters say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.initiatives.models import Initiative
from klustermotor.surveys.models import Fieldwork, Instrument

MOST_REMINDERS = 5
DATE = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}


class FieldworkForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    reminders = forms.CharField(
        label=gettext_lazy("Reminders"),
        required=False,
        help_text=gettext_lazy("Days after the opening, such as 7, 14. Only to those who wait."),
    )

    class Meta:
        model = Fieldwork
        fields = [
            "name",
            "mode",
            "languages",
            "opens_on",
            "closes_on",
            "reminders",
            "link_until",
            "several",
            "quarantine_days",
            "open_link",
            "target",
            "sender_name",
            "reply_to",
        ]
        widgets = {
            "opens_on": forms.DateInput(**DATE),
            "closes_on": forms.DateInput(**DATE),
            "link_until": forms.DateInput(**DATE),
            "mode": forms.RadioSelect,
        }
        help_texts = {
            "name": gettext_lazy("What reports call the wave, such as 2026."),
            "mode": gettext_lazy(
                "Confidential: the evaluator can follow who has answered, and a company from year "
                "to year. Anonymous: nobody can ever tell whose answers are whose."
            ),
            "closes_on": gettext_lazy("The last day to answer."),
            "link_until": gettext_lazy("Promised on the first page. Confidential mode only."),
            "sender_name": gettext_lazy("Who the letters are from."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.instance.reminders or []
        self.initial["reminders"] = ", ".join(str(day) for day in days)
        if not self.instance.languages:
            self.initial["languages"] = [settings.LANGUAGE_CODE]
        if self.instance.state != Fieldwork.State.PLANNED:
            self.fields["mode"].disabled = True
            self.fields["name"].disabled = True

    def clean_reminders(self) -> list[int]:
        """Whole days, each once, in order."""
        days = set()
        for part in self.cleaned_data["reminders"].replace(";", ",").split(","):
            text = part.strip()
            if not text:
                continue
            if not text.isdecimal() or not 1 <= int(text) <= 365:
                raise forms.ValidationError(
                    _("“%(text)s” is no number of days. Write for instance 7, 14.")
                    % {"text": text[:20]}
                )
            days.add(int(text))
        if len(days) > MOST_REMINDERS:
            raise forms.ValidationError(
                _("At most %(n)s reminders can be sent.") % {"n": MOST_REMINDERS}
            )
        return sorted(days)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It cannot close before it opens."))
        return values


class PlanForm(FieldworkForm):
    """A new fieldwork: also for which initiatives, and with which questionnaire."""

    initiatives = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiatives"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A company of several of them gets one invitation and one form."),
    )
    instrument = forms.ModelChoiceField(
        Instrument.objects.order_by("slug", "-version"), label=gettext_lazy("Questionnaire")
    )
    panel = forms.BooleanField(
        label=gettext_lazy("Follow companies from wave to wave"),
        required=False,
        help_text=gettext_lazy(
            "Under a code that only the evaluator holds. Confidential mode only."
        ),
    )
    field_order = ["name", "initiatives", "instrument", "mode", "panel", "languages"]

    def __init__(self, *args: Any, initiatives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiatives"].queryset = initiatives
        self.initial["instrument"] = Instrument.objects.order_by("slug", "-version").first()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("panel") and values.get("mode") == Fieldwork.Mode.ANONYMOUS:
            self.add_error("panel", _("Anonymous answers cannot be followed from wave to wave."))
        return values


class TextsForm(forms.Form):
    """What the letters and the pages say, in each language of the fieldwork."""

    KINDS = {
        "subject": gettext_lazy("subject of the letters"),
        "invitation": gettext_lazy("invitation"),
        "reminder": gettext_lazy("reminder"),
        "welcome": gettext_lazy("first page"),
        "thanks": gettext_lazy("thank-you page"),
    }

    def __init__(self, *args: Any, fieldwork: Fieldwork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.columns = [(code, names.get(code, code)) for code in fieldwork.languages]
        for kind, label in self.KINDS.items():
            for code, language in self.columns:
                self.fields[f"{kind}-{code}"] = forms.CharField(
                    label=f"{str(label).capitalize()} – {language}",
                    required=False,
                    max_length=180 if kind == "subject" else 4000,
                    initial=fieldwork.texts.get(kind, {}).get(code, ""),
                    widget=forms.TextInput if kind == "subject" else forms.Textarea({"rows": 4}),
                )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, without what was left to us."""
        found: dict[str, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            kind, _dash, code = name.rpartition("-")
            if value.strip():
                found.setdefault(kind, {})[code] = value.strip()
        return found


class SampleForm(forms.Form):
    sample = forms.IntegerField(
        label=gettext_lazy("Draw a random sample of"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Empty: all are invited."),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed of the draw"),
        required=False,
        initial=1,
        validators=[MinValueValidator(0), MaxValueValidator(2**31)],
        help_text=gettext_lazy("The same seed draws the same sample, so that others can check it."),
    )


class RegisterForm(SampleForm):
    """Companies of the register: those of a municipality, an industry or a tag."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("Tag"), required=False)
    industry = forms.CharField(
        label=gettext_lazy("Industry"),
        required=False,
        max_length=12,
        help_text=gettext_lazy("A code or its beginning, such as 24 or 25.6."),
    )
    field_order = ["municipality", "tag", "industry", "sample", "seed"]

    def __init__(
        self,
        *args: Any,
        municipalities: Iterable[tuple[str, str]],
        tags: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("All"))]
        self.fields["municipality"].choices = [*anything, *municipalities]
        self.fields["tag"].choices = [*anything, *tags]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(name) for name in ("municipality", "tag", "industry")):
            raise forms.ValidationError(_("Choose a municipality, a tag or an industry."))
        return values


class PeopleFileForm(SampleForm):
    """A file with those to ask."""

    file = forms.FileField(
        label=gettext_lazy("File of those to ask"),
        help_text=gettext_lazy(
            "CSV or Excel with one row each: name (of the company), and any of number, person, "
            "email, language, industry, size, municipality."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    field_order = ["file", "sample", "seed"]


class TestLetterForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Send a test to"))
