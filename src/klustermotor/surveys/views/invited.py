"""Whom a fieldwork asks, and the letters it sends them."""

import io
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import fail, say
from klustermotor.formats.errors import InputError
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.surveys.answering import visitor
from klustermotor.surveys.fieldwork import calls, declining, frames, planning
from klustermotor.surveys.fieldwork import letters as outbox
from klustermotor.surveys.fieldwork.forms import PeopleFileForm, RegisterForm, TestLetterForm
from klustermotor.surveys.fieldwork.jobs import send_letters, send_queued
from klustermotor.surveys.fieldwork.links import link_token
from klustermotor.surveys.fieldwork.progress import missing, taken_part
from klustermotor.surveys.fieldwork.wording import mail_of, worded
from klustermotor.surveys.models import Fieldwork, InterviewerCall, Invitation, Letter
from klustermotor.surveys.uploads import on_disk
from klustermotor.surveys.views.fieldwork import fieldwork_of

COLUMNS = [
    Column(
        "who",
        gettext_lazy("Company"),
        lambda row: str(row.organisation or row.name or row.email or "–"),
        url=lambda row: reverse("invitation", kwargs={"invitation": row.pk}),
    ),
    Column("name", gettext_lazy("Who answers"), lambda row: row.name or "–"),
    Column("email", gettext_lazy("E-mail"), lambda row: row.email or "–", sort="email"),
    Column("channel", gettext_lazy("How"), lambda row: row.get_channel_display()),
    Column("standing", gettext_lazy("Standing"), lambda row: row.get_standing_display()),
]
ON_PAPER = 200


@requires("surveys.run_fieldwork", fieldwork_of)
def listing(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Who is asked; in confidential mode also who has not answered."""
    waiting = request.GET.get("show") == "waiting" and not fieldwork.is_anonymous
    rows = missing(fieldwork) if waiting else fieldwork.invitations.select_related("organisation")
    columns = list(COLUMNS)
    if not fieldwork.is_anonymous:
        marks = taken_part(fieldwork)
        columns.append(
            Column(
                "answered",
                gettext_lazy("Has answered"),
                lambda row: _("Yes") if row.pk in marks else _("No"),
            )
        )
    order = order_of(request, columns, default="email")
    if file := exported(request, rows, columns, order, "invited"):
        return file
    page = list_page(request, rows, columns, order)
    context = {"fieldwork": fieldwork, "page": page, "waiting": waiting}
    return render(request, "surveys/fieldwork/invited.html", context)


@requires("surveys.run_fieldwork", fieldwork_of)
def invite(request: HttpRequest, fieldwork: Fieldwork, slug: str) -> HttpResponse:
    """Set whom an initiative asks: companies of the register, or those in a file."""
    wave = get_object_or_404(fieldwork.waves.select_related("initiative"), initiative__slug=slug)
    by_file = "file" in request.FILES or request.POST.get("from") == "file"
    register = RegisterForm(
        request.POST if request.method == "POST" and not by_file else None,
        municipalities=frames.municipalities(),
        tags=frames.tags(),
    )
    people = PeopleFileForm(*((request.POST, request.FILES) if by_file else ()), prefix=None)
    form = people if by_file else register
    if request.method == "POST" and form.is_valid():
        try:
            units = _units(request, form, by_file=by_file)
            drawn = planning.invite(
                fieldwork,
                wave.initiative,
                units,
                sample=form.cleaned_data["sample"],
                seed=form.cleaned_data["seed"] or 0,
                by=request.user,
            )
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        except ValidationError as fault:
            form.add_error("file" if by_file else None, fault)
        else:
            say(
                request,
                _("%(invited)s of %(population)s are invited; %(without)s have no address, "
                  "%(resting)s rest.")
                % {
                    "invited": drawn.invited,
                    "population": drawn.population,
                    "without": drawn.without_address,
                    "resting": drawn.resting,
                },
            )  # fmt: skip
            return redirect("fieldwork", fieldwork=fieldwork.pk)
    context = {"fieldwork": fieldwork, "wave": wave, "register": register, "people": people}
    return render(request, "surveys/fieldwork/invite.html", context)


def _units(
    request: HttpRequest, form: RegisterForm | PeopleFileForm, *, by_file: bool
) -> list[planning.Unit]:
    if not by_file:
        chosen = {name: form.cleaned_data[name] for name in ("municipality", "tag", "industry")}
        return planning.units_of(frames.companies(request.user, **chosen))
    with on_disk(form.cleaned_data["file"], "people.csv") as path:
        return frames.units_in_file(path)


@requires("surveys.run_fieldwork", fieldwork_of)
def letters(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """The letters as they will be read, those that were sent, and those that are uncertain."""
    sample = fieldwork.invitations.select_related("fieldwork").order_by("pk").first()
    site = request.build_absolute_uri("/").rstrip("/")
    rows = Letter.objects.filter(invitation__fieldwork=fieldwork)
    context = {
        "fieldwork": fieldwork,
        "invitation": _example(sample, Letter.Kind.INVITATION, site),
        "reminder": _example(sample, Letter.Kind.REMINDER, site),
        "counts": _counts(fieldwork),
        "uncertain": rows.filter(state=Letter.State.UNCERTAIN).select_related(
            "invitation__organisation"
        )[:200],
        "failed": rows.filter(state=Letter.State.FAILED).select_related("invitation__organisation")[
            :200
        ],
        "test": TestLetterForm(initial={"email": request.user.email}),
        "next_reminder": rows.filter(kind=Letter.Kind.REMINDER).values("number").distinct().count()
        + 1,
    }
    return render(request, "surveys/fieldwork/letters.html", context)


def _example(invitation: Invitation | None, kind: str, site: str) -> object:
    """A letter as it will be read, with a link that leads nowhere."""
    if invitation is None:
        return None
    words = worded(invitation, kind, site)
    return {"subject": words.subject, "paragraphs": words.paragraphs}


def _counts(fieldwork: Fieldwork) -> list[tuple[str, dict[str, int]]]:
    found: dict[str, dict[str, int]] = {}
    rows = Letter.objects.filter(invitation__fieldwork=fieldwork)
    for letter in rows.only("kind", "number", "state"):
        name = letter.get_kind_display()
        if letter.kind == Letter.Kind.REMINDER:
            name = f"{name} {letter.number}"
        states = found.setdefault(name, {})
        state = letter.get_state_display()
        states[state] = states.get(state, 0) + 1
    return sorted(found.items())


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def send(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Send the invitations, or the next reminder, to all whom it is for."""
    if fieldwork.state != Fieldwork.State.OPEN:
        fail(request, _("Open it first: the links in the letters lead nowhere yet."))
        return redirect("letters", fieldwork=fieldwork.pk)
    kind = request.POST.get("kind", "")
    number = request.POST.get("number", "1")
    if kind not in Letter.Kind.values or not (number.isdecimal() and 0 < int(number) < 100):
        return redirect("letters", fieldwork=fieldwork.pk)
    job = send_letters(fieldwork, kind, int(number), by=request.user)
    return redirect("job", job_id=job.pk)


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def test(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Send the letter to oneself, with a link that leads nowhere."""
    form = TestLetterForm(request.POST)
    if not form.is_valid():
        fail(request, _("That is no e-mail address."))
        return redirect("letters", fieldwork=fieldwork.pk)
    example = Invitation(
        fieldwork=fieldwork, email=form.cleaned_data["email"], language=request.user.language
    )
    reminder = request.POST.get("kind") == Letter.Kind.REMINDER
    kind = Letter.Kind.REMINDER if reminder else Letter.Kind.INVITATION
    letter = Letter(invitation=example, kind=kind, message_id=f"<{uuid4().hex}@test>")
    mail = mail_of(letter, request.build_absolute_uri("/").rstrip("/"))
    mail.subject = _("[Test] %(subject)s") % {"subject": mail.subject}
    mail.connection = get_connection()
    try:
        mail.send()
    except OSError as fault:
        fail(request, _("The mail server did not take it: %(why)s") % {"why": fault})
    else:
        say(request, _("A test went to %(email)s.") % {"email": example.email})
    return redirect("letters", fieldwork=fieldwork.pk)


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def uncertain(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """What becomes of letters that may have arrived, or could not be sent."""
    mine = Letter.objects.filter(invitation__fieldwork=fieldwork).values_list("pk", flat=True)
    asked = set(request.POST.getlist("letter"))
    chosen = [pk for pk in mine if str(pk) in asked]
    if request.POST.get("do") == "again":
        count = outbox.send_again(chosen)
        say(request, _("%(n)s letters are sent again.") % {"n": count})
        if count and fieldwork.state == Fieldwork.State.OPEN:
            job = send_queued(fieldwork, by=request.user)
            return redirect("job", job_id=job.pk)
    else:
        say(
            request,
            _("%(n)s letters are taken as sent.") % {"n": outbox.take_as_sent(chosen)},
        )
    return redirect("letters", fieldwork=fieldwork.pk)


@requires("surveys.run_fieldwork", fieldwork_of)
def paper(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Links and QR codes to print, for those without an e-mail address."""
    rows = fieldwork.invitations.select_related("organisation", "fieldwork").order_by("pk")
    site = request.build_absolute_uri("/").rstrip("/")
    slips = []
    for row in rows.filter(channel=Invitation.Channel.PAPER)[:ON_PAPER]:
        if calls.has_begun(row):  # the link would show what they have answered
            continue
        link = f"{site}/s/{link_token(row)}"
        slips.append({"who": row.organisation or row.name, "link": link, "qr": _qr(link)})
    context = {"fieldwork": fieldwork, "slips": slips}
    return render(request, "surveys/fieldwork/paper.html", context)


def _qr(link: str) -> str:
    import qrcode
    import qrcode.image.svg

    picture = qrcode.make(link, image_factory=qrcode.image.svg.SvgPathImage, box_size=12)
    buffer = io.BytesIO()
    picture.save(buffer)
    drawn = buffer.getvalue().decode()
    return mark_safe(drawn[drawn.index("<svg") :])


def invitation_of(invitation: str) -> Invitation:
    """An invitation; Http404 when there is none."""
    related = ("fieldwork", "organisation", "person")
    return get_object_or_404(Invitation.objects.select_related(*related), pk=invitation)


@requires("surveys.run_invitation", invitation_of)
def one(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody who is asked: letters and calls so far; never what was answered."""
    anonymous = invitation.fieldwork.is_anonymous
    context = {
        "invitation": invitation,
        "fieldwork": invitation.fieldwork,
        "letters": invitation.letters.all(),
        "calls": invitation.calls.select_related("by"),
        "outcomes": [choice for choice in InterviewerCall.Outcome.choices if choice[0] != "done"],
        "answered": None if anonymous else invitation.pk in taken_part(invitation.fieldwork),
    }
    return render(request, "surveys/fieldwork/invitation.html", context)


@require_POST
@requires("surveys.run_invitation", invitation_of)
def phone(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Note a call, or fill in the form for somebody on the telephone."""
    outcome = request.POST.get("outcome", "done")
    if outcome not in InterviewerCall.Outcome.values:
        return redirect("invitation", invitation=invitation.pk)
    if outcome == InterviewerCall.Outcome.DONE and calls.has_begun(invitation):
        fail(request, _("They have begun themselves, and only they may go on."))
        return redirect("invitation", invitation=invitation.pk)
    calls.note(invitation, outcome, by=request.user)
    if outcome != InterviewerCall.Outcome.DONE:
        say(request, _("The call is noted."))
        return redirect("invitation", invitation=invitation.pk)
    response = HttpResponseRedirect(reverse("answer"), status=303)
    return visitor.remember_for_a_call(response, link_token(invitation))


@require_POST
@requires("surveys.run_invitation", invitation_of)
def decline(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Note that somebody does not want to answer."""
    declining.decline(invitation)
    say(request, _("No more letters go to them about this survey."))
    return redirect("invitation", invitation=invitation.pk)
