"""Answers that the form itself carries from page to page in anonymous mode.

Nothing is kept on the server until the whole is sent; without JavaScript hidden fields are the
only place left. They are read by the same rules as fields that one fills in.
"""

from collections.abc import Sequence

from django.http import QueryDict

from klustermotor.surveys.answering.form import Asked, Form, Values
from klustermotor.surveys.answering.reading import read_page
from klustermotor.surveys.answering.showing import written


def carried(form: Form, sent: QueryDict) -> dict[str, str | float]:
    """What the form carried, read as if it were filled in now; what cannot be taken is dropped."""
    questions = [asked for page in form.pages for asked in page.questions]
    return read_page(questions, sent).values


def fields(form: Form, values: Values, on_page: Sequence[Asked]) -> list[tuple[str, str]]:
    """Names and values of the hidden fields: every answer that this page does not show itself."""
    shown = {name for asked in on_page for name in asked.fields}
    return [
        (name, written(values[name], "sv"))
        for name in form.by_field
        if name in values and name not in shown
    ]
