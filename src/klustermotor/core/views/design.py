"""The living page of the design system, for development and the demonstration."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

COLOURS = [
    "paper",
    "shade",
    "line",
    "edge",
    "ink",
    "quiet",
    "accent",
    "accent-tint",
    "signal",
    "signal-tint",
    "error",
    "error-tint",
    "series-1",
    "series-2",
    "series-3",
    "series-4",
    "series-5",
    "series-6",
]


class ExampleForm(forms.Form):
    """One field of every shape, one of them wrong."""

    name = forms.CharField(label="Name", help_text="As it is written in the register.")
    kind = forms.ChoiceField(label="Kind", choices=[("company", "Company"), ("other", "Other")])
    size = forms.ChoiceField(
        label="Size", choices=[("s", "1–9"), ("m", "10–49")], widget=forms.RadioSelect
    )
    text = forms.CharField(label="What happened", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="Has agreed to be named", required=False)


def design(request: HttpRequest) -> HttpResponse:
    """Every part of the interface on one page."""
    form = ExampleForm({"kind": "company", "size": "s"})
    return render(request, "core/design.html", {"form": form, "colours": COLOURS})
