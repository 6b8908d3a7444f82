"""The pages' own forms check what a call sends, so that both take the same and say the same."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.utils import translation

from klustermotor.core.api.problems import Problem


def checked(
    make: Callable[[dict[str, Any]], BaseForm],
    sent: Mapping[str, Any],
    *,
    now: Model | None = None,
) -> BaseForm:
    """The form with what was sent, valid in all of it; raises `Problem` 422 with what is not.

    For a row that exists (`now`) the fields that were not sent stay as they are, and what may be
    wrong with them is not the caller's to mend.
    """
    with translation.override("en"):
        form = make(_typed(make({}), sent, now))
        wrong = _errors(form)
        if wrong and now is not None and not set(wrong) <= set(sent):
            known = _errors(make(_typed(make({}), {}, now)))
            wrong = {
                name: messages
                for name, messages in wrong.items()
                if name in sent or messages != known.get(name)
            }
    if wrong:
        raise Problem(422, "Some values are not what they must be.", errors=wrong)
    return form


def _typed(blank: BaseForm, sent: Mapping[str, Any], now: Model | None) -> dict[str, str]:
    """What somebody would have typed into the form."""
    data: dict[str, str] = {}
    for name, field in blank.fields.items():
        value = sent[name] if name in sent else getattr(now, name, None)
        value = field.prepare_value(value)
        if value is not None and value is not False:
            data[blank.add_prefix(name)] = str(value)
    return data


def _errors(form: BaseForm) -> dict[str, list[str]]:
    return {
        "" if name == "__all__" else name: [str(message) for message in messages]
        for name, messages in form.errors.items()
    }
