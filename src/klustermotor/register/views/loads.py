"""Register data from a file: upload, look, apply, undo."""

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.jobs import as_it_stands
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.lists.export import FORMULA
from klustermotor.core.toasts import say
from klustermotor.formats.errors import InputError
from klustermotor.register.forms.loading import LoadForm
from klustermotor.register.models import Load
from klustermotor.register.queries import loading as queries
from klustermotor.register.services import loading
from klustermotor.register.services.loading import ordering
from klustermotor.register.services.loading.kinds import KINDS, Kind

ROWS = [Column("row", gettext_lazy("Row"), lambda row: row.row, sort="row", number=True)]


def _count(name: str):
    def value(load: Load) -> int:
        return int((load.preview or {}).get("counts", {}).get(name, 0))

    return value


LOADS = [
    Column(
        "file",
        gettext_lazy("File"),
        lambda load: load.file_name,
        url=lambda load: reverse("register_load", args=[load.pk]),
    ),
    Column("kind", gettext_lazy("What it holds"), lambda load: str(KINDS[load.kind].label)),
    Column("source", gettext_lazy("Source"), lambda load: str(load.source)),
    Column("state", gettext_lazy("State"), lambda load: load.get_state_display()),
    Column("created", gettext_lazy("New"), _count("created"), number=True),
    Column("changed", gettext_lazy("Changed"), _count("changed"), number=True),
    Column("refused", gettext_lazy("Refused"), _count("refused"), number=True),
    Column("by", gettext_lazy("Loaded by"), lambda load: load.by or "–"),
    Column("at", gettext_lazy("Time"), lambda load: load.created_at, sort="created_at"),
]


def _language() -> str:
    return (get_language() or "sv")[:2]


@requires("register.load")
def listing(request: HttpRequest) -> HttpResponse:
    """All files that have been loaded, newest first."""
    rows = queries.loads()
    order = order_of(request, LOADS, default="-at")
    if file := exported(request, rows, LOADS, order, "loads"):
        return file
    page = list_page(request, rows, LOADS, order)
    return render(request, "register/loads/list.html", {"page": page})


@requires("register.load")
def kinds(request: HttpRequest) -> HttpResponse:
    """Say what the file holds."""
    ordered = sorted(KINDS.values(), key=lambda kind: kind.order)
    return render(request, "register/loads/kinds.html", {"kinds": ordered})


@requires("register.load")
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is written."""
    of = _kind(kind)
    form = LoadForm(of, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            load = loading.stage(
                of,
                given["file"].chunks(),
                given["file"].name,
                by=request.user,
                source=given.get("source", ""),
                into=form.into,
                scope=given.get("scope", ""),
                force=bool(given.get("force")),
            )
            ordering.order_look(load, by=request.user)
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(_language()))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("register_load", load=load.pk)
    return render(request, "register/loads/upload.html", {"form": form, "kind": of})


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def load_of(load: str) -> Load:
    """A load; Http404 when there is none."""
    return get_object_or_404(queries.loads(), pk=load)


@requires("register.load", load_of)
def show(request: HttpRequest, load: Load) -> HttpResponse:
    """What the file would do to the register, row by row; or, once applied, what it did."""
    job = as_it_stands(load.job) if load.job else None
    working = job is not None and not job.is_over
    context = {"load": load, "kind": KINDS[load.kind], "job": job, "working": working}
    if working:
        template = "working" if request.htmx else "load"
        return render(request, f"register/loads/{template}.html", context)
    fate, text = request.GET.get("fate", ""), request.GET.get("q", "").strip()
    counts = (load.preview or {}).get("counts", {})
    if "fate" not in request.GET:
        fate = next((one for one in ("refused", "held") if counts.get(one)), "")
    rows = queries.rows_of_load(load, request.user, fate, text)
    page = list_page(request, rows, ROWS, order_of(request, ROWS, default="row"))
    language = _language()
    context |= {
        "preview": load.preview or {},
        "faults": queries.faults_of(load, language),
        "notes": queries.notes_on(load, language),
        "page": page,
        "rows": queries.shown_rows(page.objects, load, language),
        "fate": fate,
        "text": text,
        "tabs": _tabs(load),
        "choices": queries.column_choices(load),
        "take_all": load.take == ["all"],
        "taken": {str(one) for one in load.take},
    }
    response = render(request, "register/loads/load.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


def _tabs(load: Load) -> list[tuple[str, str, int]]:
    """The filters by what becomes of a row, each with how many there are."""
    preview = load.preview or {}
    counts = preview.get("counts", {})
    words = {
        "refused": _("Refused"),
        "held": _("Held back"),
        "changed": _("Changed"),
        "created": _("New"),
        "ended": _("Ended"),
        "unchanged": _("Unchanged"),
    }
    tabs = [(fate, word, counts.get(fate, 0)) for fate, word in words.items() if counts.get(fate)]
    if preview.get("with_notes"):
        tabs.insert(
            1 if counts.get("refused") else 0, ("noted", _("To look at"), preview["with_notes"])
        )
    return tabs


@require_POST
@requires("register.load", load_of)
def choose_columns(request: HttpRequest, load: Load) -> HttpResponse:
    """Say what the file's columns are, and look again."""
    known = set(KINDS[load.kind].fields)
    columns: dict[str, str] = {}
    for column in (load.preview or {}).get("columns", []):
        place = str(column["place"])
        chosen = request.POST.get(f"as-{place}", "")
        if chosen not in known:
            continue
        if chosen in columns.values():
            say(request, _("Two columns cannot both be read as the same thing."))
            return redirect("register_load", load=load.pk)
        columns[place] = chosen
    return _look_again(request, load, columns, load.take)


@require_POST
@requires("register.load", load_of)
def take(request: HttpRequest, load: Load) -> HttpResponse:
    """Let the file's values go before what people have corrected, in the chosen rows."""
    chosen = ["all"] if request.POST.get("all") else request.POST.getlist("row")
    return _look_again(request, load, load.columns, [one[:9] for one in chosen])


def _look_again(
    request: HttpRequest, load: Load, columns: dict[str, str] | None, taken: list[str]
) -> HttpResponse:
    try:
        loading.choose(load, columns, taken)
        ordering.order_look(load, by=request.user)
    except ValidationError as error:
        say(request, " ".join(error.messages))
    return redirect("register_load", load=load.pk)


@require_POST
@requires("register.load", load_of)
def apply(request: HttpRequest, load: Load) -> HttpResponse:
    """Write exactly what was shown."""
    if load.state == Load.State.STAGED and not (load.preview or {"faults": 1})["faults"]:
        ordering.order_apply(load, by=request.user)
    return redirect("register_load", load=load.pk)


@require_POST
@requires("register.load", load_of)
def undo(request: HttpRequest, load: Load) -> HttpResponse:
    """Put everything back that the load did."""
    if load.state == Load.State.APPLIED:
        ordering.order_undo(load, by=request.user)
    return redirect("register_load", load=load.pk)


@require_POST
@requires("register.load", load_of)
def cancel(request: HttpRequest, load: Load) -> HttpResponse:
    """Ask the work on this load to end; nothing of it is kept."""
    ordering.stop(load)
    return redirect("register_load", load=load.pk)


@require_POST
@requires("register.load", load_of)
def discard(request: HttpRequest, load: Load) -> HttpResponse:
    """Forget a file that was not applied."""
    if load.state == Load.State.STAGED and (load.job is None or load.job.is_over):
        loading.discard(load)
        say(request, _("The file was put aside. Nothing was changed."))
        return redirect("register_loads")
    return redirect("register_load", load=load.pk)


@requires("register.load", load_of)
def refused(request: HttpRequest, load: Load) -> StreamingHttpResponse:
    """The refused rows as they stood in the file, each with what is wrong and would be right."""
    table = queries.refused_table(load, request.user, _language())
    delimiter = "," if _language() == "en" else ";"
    response = StreamingHttpResponse(_csv(table, delimiter), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("refused")}.csv"'
    return response


def _csv(table: Iterator[list[str]], delimiter: str) -> Iterator[bytes]:
    yield "\ufeff".encode()
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter)
    for values in table:
        writer.writerow([f"'{v}" if v.startswith(FORMULA) else v for v in values])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
