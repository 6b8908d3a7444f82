"""Forms of loading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klustermotor.core.loaders import loader_of
from klustermotor.register.models import LegalBasis, Source
from klustermotor.register.services.loading.kinds import Kind

SUFFIXES = ".csv,.txt,.tsv,.xlsx,.xls,.json,.geojson,.gz,.zip"


class LoadForm(forms.Form):
    """A file of one kind; only the questions that this kind has are asked."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": SUFFIXES}))
    source = forms.CharField(
        label=_("Source"),
        max_length=60,
        required=False,
        help_text=_(
            "Who told this, such as Ljusdal's list. A newer file from the same source is compared "
            "with what that source told before."
        ),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("SE", _("Sweden")), ("NO", _("Norway"))], required=False
    )
    standard = forms.ChoiceField(
        label=_("Standard of the industry codes"),
        choices=[
            ("", _("SNI 2007 or SN 2007, by the country")),
            ("SNI2007", "SNI 2007"),
            ("SNI2025", "SNI 2025"),
            ("SN2007", "SN 2007"),
            ("SN2025", "SN 2025"),
        ],
        required=False,
    )
    year = forms.IntegerField(
        label=_("Year of the figures"),
        min_value=1900,
        max_value=2100,
        required=False,
        help_text=_("For figures such as turnover where no column and no heading tells the year."),
    )
    cluster = forms.CharField(
        label=_("Cluster"),
        max_length=80,
        required=False,
        help_text=_("For positions in a value chain where the file does not name the cluster."),
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=[("", _("told in the file")), *LegalBasis.Basis.choices],
        required=False,
        help_text=_("By what right these people are kept, where no column tells it."),
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=LegalBasis.Purpose.choices, required=False, initial="contact"
    )
    given_on = forms.DateField(
        label=_("Legal basis from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    scope = forms.CharField(
        label=_("The file holds all of"),
        max_length=120,
        required=False,
        help_text=_(
            "Leave empty unless it does. Name a part of the source, such as a municipality: what "
            "came with the same name before and is missing now is then ended."
        ),
    )
    force = forms.BooleanField(
        label=_("End also when more than a fifth is missing"), required=False
    )

    def __init__(self, kind: Kind, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        loader = loader_of(kind.name)
        asked = set(loader.into) if loader else set()
        for name in ("country", "standard", "year", "cluster", "basis", "purpose", "given_on"):
            if name not in asked:
                del self.fields[name]
        if kind.source != "file":
            del self.fields["source"]
        if kind.source in ("classification", "boundaries"):
            del self.fields["scope"], self.fields["force"]

    def clean_source(self) -> str:
        name = self.cleaned_data["source"].strip()
        if name.casefold().replace(" ", "_").replace("-", "_") == Source.BY_HAND:
            raise forms.ValidationError(_("What people write themselves is no source of a file."))
        return name

    @property
    def into(self) -> dict[str, str]:
        """What holds for the whole file."""
        names = ("country", "standard", "year", "cluster", "basis", "purpose", "given_on")
        given = {name: self.cleaned_data.get(name) for name in names}
        return {name: str(value) for name, value in given.items() if value}
