"""Figures of others to compare with: which series there are, and a new one from a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.formats.errors import InputError
from klustermotor.formats.tables import Table, read_table
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.surveys import queries, services
from klustermotor.surveys.forms import ReferenceFileForm
from klustermotor.surveys.uploads import on_disk


@requires("surveys.list")
def listing(request: HttpRequest) -> HttpResponse:
    """The series, and a form to load one."""
    form = ReferenceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with on_disk(upload, "series.csv") as path:
                rows, faults = _rows(read_table(path))
        except InputError as error:
            rows, faults = [], [fault.text(language()) for fault in error.faults]
        if not faults:
            name, source = form.cleaned_data["name"], form.cleaned_data["source"]
            services.save_reference_series(name, source, rows)
            say(request, _("%(count)s figures were kept.") % {"count": len(rows)})
            return redirect("references")
        for text in faults[:20]:
            form.add_error("file", text)
    context = {"form": form, "series": queries.reference_series()}
    return render(request, "surveys/references.html", context)


def _rows(table: Table) -> tuple[list[tuple[int, str, float]], list[str]]:
    """Year, item and value of every row; or what is wrong, by row and column."""
    missing = [name for name in ("year", "item", "value") if name not in table.frame.columns]
    if missing:
        return [], [_("The column %(name)s is missing.") % {"name": name} for name in missing]
    rows, faults = [], []
    columns = table.frame.select("year", "item", "value")
    for number, (year, item, value) in enumerate(columns.iter_rows(), 2):
        try:
            rows.append((int(year), item.strip(), float(value.replace(",", "."))))
        except (AttributeError, TypeError, ValueError):
            faults.append(
                _("Row %(row)s: write a year, an item and a number (found %(found)s).")
                % {"row": number, "found": f"{year}; {item}; {value}"}
            )
    if not rows and not faults:
        faults.append(_("The file has no rows."))
    return rows, faults
