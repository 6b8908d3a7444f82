"""What is asked before a report is built."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

FORMATS = [
    ("pdf", _("PDF, to read and print")),
    ("docx", _("Word, to go on editing")),
    ("html", _("Web page in one file")),
    ("xlsx", _("Excel, every table")),
]


class ReportForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=FORMATS, widget=forms.CheckboxSelectMultiple
    )
