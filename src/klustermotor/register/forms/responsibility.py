"""Giving a user a municipality."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.register.models import Municipality


class DeveloperForm(forms.Form):
    """Which user, and which municipality."""

    user = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("user"))
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=_("municipality"))
