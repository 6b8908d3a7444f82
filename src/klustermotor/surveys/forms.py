import re

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from klustermotor.surveys.models import Instrument, Wave
from klustermotor.surveys.queries import FRAME_COLUMNS, questionnaire_of


class WaveForm(forms.ModelForm):
    groupings = forms.MultipleChoiceField(
        label=_("groupings that may be shown"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Fixed before the results are seen. Nobody can group by anything else."),
    )

    class Meta:
        model = Wave
        fields = [
            "name",
            "instrument",
            "selection",
            "population",
            "invited",
            "opened",
            "closed",
            "preliminary",
            "keyed",
            "synthetic",
            "groupings",
        ]
        help_texts = {
            "name": _("What reports call it, such as 2009."),
            "population": _("All that the figures could be about, if it is known."),
            "invited": _("How many were asked."),
            "keyed": _("Only then may waves be compared company by company."),
            "synthetic": _("Said on every page and in every report. Empty when all is observed."),
        }
        widgets = {
            "opened": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closed": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "synthetic": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        instrument = self.instance.instrument if self.instance.instrument_id else None
        instrument = instrument or Instrument.objects.order_by("-version").first()
        asked = questionnaire_of(instrument).columns if instrument else ()
        named = [c.name for c in asked if c.block.indicator == "background"]
        single = [c.name for c in asked if c.name in named and c.block.type in ("single", "yes_no")]
        kept = instrument.columns.get("keep", []) if instrument else []
        choices = dict.fromkeys([*FRAME_COLUMNS, *single, *kept, *(self.instance.groupings or [])])
        labels = {"size": _("Size"), "industry": _("Industry"), "municipality": _("Municipality")}
        self.fields["groupings"].choices = [(name, labels.get(name, name)) for name in choices]

    def clean_name(self) -> str:
        """A name that addresses and reports can carry, once per initiative, fixed by answers."""
        name: str = " ".join(self.cleaned_data["name"].split())
        if not re.fullmatch(r"[\w .:–-]+", name) or name.strip(".") == "":
            raise forms.ValidationError(_("Use letters, digits, spaces, full stops and hyphens."))
        others = Wave.objects.filter(initiative=self.instance.initiative_id, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The initiative has a wave of this name already."))
        if self._answered and name != self.initial["name"]:
            raise forms.ValidationError(_("The wave has answers; its name stands in reports."))
        return name

    def clean_instrument(self) -> Instrument:
        """Answers were given to one questionnaire; only its versions may take its place."""
        chosen: Instrument = self.cleaned_data["instrument"]
        if self._answered:
            before = Instrument.objects.get(pk=self.initial["instrument"])
            if chosen.slug != before.slug:
                raise forms.ValidationError(_("The wave has answers to another questionnaire."))
        return chosen

    @cached_property
    def _answered(self) -> bool:
        return not self.instance._state.adding and self.instance.answers.exists()

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        invited, population = data.get("invited"), data.get("population")
        if invited is not None and population is not None and invited > population:
            self.add_error("invited", _("More cannot be invited than there are in the population."))
        opened, closed = data.get("opened"), data.get("closed")
        if opened and closed and closed < opened:
            self.add_error("closed", _("A wave cannot close before it opens."))
        return data


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"))


class AnswerFileForm(FileForm):
    file = forms.FileField(
        label=_("File of answers"),
        help_text=_("CSV, Excel (.xlsx), SPSS (.sav) or LimeSurvey (.lsa)."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.sav,.lsa"}),
    )


class FrameFileForm(FileForm):
    file = forms.FileField(
        label=_("File of those invited"),
        help_text=_(
            "CSV or Excel with one row per company: respondent, and any of name, number, "
            "industry, size, municipality. It is kept apart from the answers."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class InstrumentFileForm(FileForm):
    file = forms.FileField(
        label=_("Questionnaire as YAML or from LimeSurvey (.lss)"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.lss"}),
    )


class ReferenceFileForm(forms.Form):
    name = forms.CharField(label=_("Series"), max_length=120)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Stands beside every comparison.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel with the columns year, item and value. An item is block.item for a "
            "mean and block.item=category for a share between 0 and 1."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class BareFileForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(
        label=_("File of answers"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.sav"}),
    )
