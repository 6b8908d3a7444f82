"""The pages on which people answer. They work without JavaScript; GET changes nothing."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klustermotor.analysis.questionnaire import in_language
from klustermotor.core.middleware import client_address
from klustermotor.core.throttle import seconds_to_wait
from klustermotor.surveys.answering import carrying, visitor
from klustermotor.surveys.answering.form import Form, Page, Values, form_of, title_of, waves_of
from klustermotor.surveys.answering.promise import promise_of
from klustermotor.surveys.answering.reading import read_page
from klustermotor.surveys.answering.showing import in_words, shown
from klustermotor.surveys.fieldwork import declining
from klustermotor.surveys.fieldwork.collecting import (
    Mine,
    NotOpenError,
    has_taken_part,
    mine,
    open_invitation,
    save_draft,
    submit,
    waves_for,
)
from klustermotor.surveys.fieldwork.keys import KeyMissingError
from klustermotor.surveys.fieldwork.links import fieldwork_of, invitation_of, link_token
from klustermotor.surveys.models import Fieldwork, Invitation, PageCount

SMALLEST_GROUP = 5
LONGEST_ANSWERING = 6 * 3600
OPEN_STARTS = 30
"""How many may begin by an open link from one address in an hour: a company behind one door."""
View = Callable[..., HttpResponse]


def led_by(find: Callable[[str], Any]) -> Callable[[View], View]:
    """Give the view what the link's token opens; count wrong links, and stop who tries many."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def checked(request: HttpRequest, token: str) -> HttpResponse:
            if visitor.is_guessing(request):
                return _closed(request, "guessing", status=429)
            found = find(token)
            if found is None:
                visitor.count_guess(request)
                return _closed(request, "unknown", status=404)
            return view(request, token, found)

        return checked

    return decorate


@require_GET
@led_by(invitation_of)
def enter(request: HttpRequest, token: str, _invitation: Invitation) -> HttpResponse:
    """Swap a personal link for a cookie. Mail scanners may follow it: nothing is written."""
    response = HttpResponseRedirect(reverse("answer"), status=303)
    response["Referrer-Policy"] = "no-referrer"
    return visitor.remember(response, token)


@require_http_methods(["GET", "POST"])
@led_by(fieldwork_of)
def enter_openly(request: HttpRequest, _token: str, fieldwork: Fieldwork) -> HttpResponse:
    """An open link: who begins gets a link of their own, and this browser the same one again."""
    if fieldwork.state != Fieldwork.State.OPEN:
        return _closed(request, fieldwork.state)
    if request.method == "GET":
        context = {"title": title_of(fieldwork, _spoken())}
        return render(request, "surveys/answering/open.html", context)
    return _begin_openly(request, fieldwork)


def _begin_openly(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    response = HttpResponseRedirect(reverse("answer"), status=303)
    before = visitor.invited(request)
    if before is not None and before.fieldwork_id == fieldwork.pk:
        return response
    if seconds_to_wait("open link", client_address(request), OPEN_STARTS, 3600):
        return _closed(request, "guessing", status=429)
    begun = open_invitation(fieldwork, _spoken())
    return visitor.remember(response, link_token(begun))


def answering(view: View) -> View:
    """Let in who came with a personal link, in their language, and tell others what is wrong."""

    @wraps(view)
    @never_cache
    def checked(request: HttpRequest, **values: int) -> HttpResponse:
        invitation = visitor.invited(request)
        if invitation is None or _is_no_longer_theirs(request, invitation):
            return _closed(request, "no_link", status=403)
        try:
            with translation.override(_language(request, invitation)):
                response = view(request, invitation, **values)
        except NotOpenError:
            with translation.override(_language(request, invitation)):
                return _closed(request, invitation.fieldwork.state, invitation, status=409)
        except KeyMissingError:
            return _closed(request, "no_link", status=410)
        # Not "no-referrer": a browser would then send its forms from nowhere, and be refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return checked


def _is_no_longer_theirs(request: HttpRequest, invitation: Invitation) -> bool:
    """An interviewer's hold ends when answers have been sent, by them or by the company itself."""
    return visitor.is_for_another(request) and has_taken_part(invitation)


def _language(request: HttpRequest, invitation: Invitation) -> str:
    """What was chosen here, else what the invitation was written in, if it is offered."""
    chosen = request.COOKIES.get("answering-language", "") or invitation.language
    return invitation.fieldwork.spoken(chosen)


@answering
@require_GET
def first(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """What it is about, what is promised, how long it takes; go on where one left off."""
    fieldwork = invitation.fieldwork
    if fieldwork.state != Fieldwork.State.OPEN:
        return _closed(request, fieldwork.state, invitation)
    known, form = mine(invitation), _form(invitation)
    taken = has_taken_part(invitation)
    if fieldwork.is_anonymous and taken:
        return _thanks(request, invitation)
    waves = waves_of(fieldwork)
    language = _spoken()
    return render(
        request,
        "surveys/answering/first.html",
        {
            **_frame(invitation),
            "promise": promise_of(fieldwork, waves, SMALLEST_GROUP),
            "minutes": form.minutes(),
            "welcome": in_language(fieldwork.texts.get("welcome", {}), language),
            "goes_on": bool(known.values),
            "page": _page_to_open(form, known),
            "has_taken_part": taken,
            "initiatives": [wave.initiative for wave in waves],
        },
    )


def _page_to_open(form: Form, known: Mine) -> int:
    return min(max(known.page, 1), len(form.pages)) if known.values else 1


@answering
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, invitation: Invitation, number: int) -> HttpResponse:
    """One page: shown, or read and kept before the next one is shown."""
    form = _form(invitation)
    if invitation.fieldwork.state != Fieldwork.State.OPEN:
        raise NotOpenError
    if not 1 <= number <= len(form.pages):
        return HttpResponseRedirect(reverse("answer"))
    values = _values(request, invitation, form)
    if request.method == "GET":
        return _show(request, invitation, form.pages[number - 1], values)
    return _take(request, invitation, form, number, values)


def _values(request: HttpRequest, invitation: Invitation, form: Form) -> dict[str, str | float]:
    """What was answered so far: kept by us, or in anonymous mode carried by the form itself."""
    if invitation.fieldwork.is_anonymous:
        return carrying.carried(form, request.POST)
    return dict(mine(invitation).values)


def _take(
    request: HttpRequest, invitation: Invitation, form: Form, number: int, before: Values
) -> HttpResponse:
    current = form.pages[number - 1]
    going = request.POST.get("go", "next")
    read = read_page(current.asked(before), request.POST)
    values = read.over(before)
    if going == "show":  # a browser brings back what it kept
        return _show(request, invitation, current, values)
    if read.faults and going != "back":
        return _show(request, invitation, current, values, faults=dict(read.faults), status=422)
    step = -1 if going == "back" else 1
    target = form.next_page(number, values, step)
    if target is None and step == -1:
        return HttpResponseRedirect(reverse("answer"), status=303)
    if target is None:
        return _finish(request, invitation, values)
    _count_page(request, invitation, number, target)
    if invitation.fieldwork.is_anonymous:
        return _show(request, invitation, form.pages[target - 1], values)
    _keep(request, invitation, values, target)
    return HttpResponseRedirect(reverse("answer_page", args=[target]), status=303)


def _count_page(request: HttpRequest, invitation: Invitation, number: int, target: int) -> None:
    """Count how many come to a page, each once: where people leave is seen from this."""
    if target <= _furthest(request, number):
        return
    row = PageCount.objects.filter(fieldwork=invitation.fieldwork_id, page=target)
    if not row.update(reached=F("reached") + 1):
        PageCount.objects.get_or_create(
            fieldwork_id=invitation.fieldwork_id, page=target, defaults={"reached": 1}
        )


def _keep(request: HttpRequest, invitation: Invitation, values: Values, at: int) -> None:
    save_draft(
        invitation,
        values,
        page=at,
        seconds=_seconds(request),
        language=translation.get_language() or "",
    )


def _finish(request: HttpRequest, invitation: Invitation, values: Values) -> HttpResponse:
    submit(
        invitation,
        values,
        seconds=_seconds(request),
        language=translation.get_language() or "",
    )
    response = HttpResponseRedirect(reverse("answer_thanks"), status=303)
    if visitor.is_for_another(request):
        return visitor.forget(render(request, "surveys/answering/left.html"))
    response.delete_cookie("answering-began", path=visitor.PATH, samesite="Lax")
    return response


def _seconds(request: HttpRequest) -> float:
    """How long it has taken since the first page was opened in this browser."""
    try:
        began = float(request.COOKIES.get("answering-began", ""))
    except ValueError:
        return 0.0
    taken = time.time() - began
    return taken if 0 < taken < LONGEST_ANSWERING else 0.0


def _show(
    request: HttpRequest,
    invitation: Invitation,
    current: Page,
    values: Values,
    *,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    form, language = _form(invitation), _spoken()
    asked = current.asked(values)
    sent: QueryDict | None = request.POST if faults else None
    questions = shown(asked, values, language, faults=faults, sent=sent)
    anonymous = invitation.fieldwork.is_anonymous
    response = render(
        request,
        "surveys/answering/page.html",
        {
            **_frame(invitation),
            "page": current,
            "pages": len(form.pages),
            "questions": questions,
            "faults": [field for question in questions for field in question.faults],
            "is_last": form.next_page(current.number, values) is None,
            "carried": carrying.fields(form, values, asked) if anonymous else (),
            "furthest": _furthest(request, current.number),
            "percent": round(100 * (current.number - 1) / len(form.pages)),
        },
        status=status,
    )
    if "answering-began" not in request.COOKIES:
        response.set_cookie(
            "answering-began",
            str(round(time.time())),
            path=visitor.PATH,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _furthest(request: HttpRequest, number: int) -> int:
    sent = request.POST.get("furthest", "")
    return max(number, int(sent)) if sent.isdecimal() and len(sent) < 5 else number


@answering
@require_POST
def autosave(request: HttpRequest, invitation: Invitation, number: int) -> HttpResponse:
    """Keep what stands on a page now, right or wrong left aside; confidential mode only."""
    form = _form(invitation)
    if invitation.fieldwork.is_anonymous or not 1 <= number <= len(form.pages):
        return JsonResponse({"saved": False}, status=404)
    before = mine(invitation).values
    read = read_page(form.pages[number - 1].asked(before), request.POST)
    _keep(request, invitation, read.over(before), number)
    return JsonResponse({"saved": True})


@answering
@require_GET
def thanks(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Thank you, and what happens next."""
    if not has_taken_part(invitation):
        return HttpResponseRedirect(reverse("answer"))
    return _thanks(request, invitation)


def _thanks(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    language = _spoken()
    words = in_language(invitation.fieldwork.texts.get("thanks", {}), language)
    context = {**_frame(invitation), "thanks": words}
    return render(request, "surveys/answering/thanks.html", context)


@answering
@require_GET
def own(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """One's own answers in words; in anonymous mode nobody has them."""
    if invitation.fieldwork.is_anonymous or visitor.is_for_another(request):
        return HttpResponseRedirect(reverse("answer"))
    told = in_words(_form(invitation), mine(invitation).values, _spoken())
    context = {**_frame(invitation), "told": told}
    return render(request, "surveys/answering/own.html", context)


@answering
@require_POST
def choose_language(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Go on in another language; what was typed on the page is kept first."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("page", "")
    form = _form(invitation)
    if back.isdigit() and 1 <= int(back) <= len(form.pages):
        response = _other_language(request, invitation, form, int(back), chosen)
    else:
        response = HttpResponseRedirect(reverse("answer"), status=303)
    if chosen in invitation.fieldwork.languages:
        response.set_cookie(
            "answering-language",
            chosen,
            path=visitor.PATH,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _other_language(
    request: HttpRequest, invitation: Invitation, form: Form, number: int, chosen: str
) -> HttpResponse:
    current = form.pages[number - 1]
    before = _values(request, invitation, form)
    values = read_page(current.asked(before), request.POST).over(before)
    if not invitation.fieldwork.is_anonymous:
        _keep(request, invitation, values, number)
        return HttpResponseRedirect(reverse("answer_page", args=[number]), status=303)
    offered = chosen if chosen in invitation.fieldwork.languages else invitation.language
    with translation.override(offered):
        return _show(request, invitation, current, values)


@require_http_methods(["GET", "POST"])
@led_by(invitation_of)
def decline(request: HttpRequest, _token: str, invitation: Invitation) -> HttpResponse:
    """Say no to this survey, or to all mail. Following the link alone does nothing."""
    with translation.override(_language(request, invitation)):
        said_no = request.POST.get("no", "") if request.method == "POST" else ""
        if said_no in ("survey", "all"):
            declining.decline(invitation, all_mail=said_no == "all")
        context = {**_frame(invitation), "said_no": said_no, "person": invitation.person_id}
        response = render(request, "surveys/answering/decline.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Forget who answered on this device."""
    return visitor.forget(render(request, "surveys/answering/left.html"))


def _spoken() -> str:
    """The language of the page."""
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def _form(invitation: Invitation) -> Form:
    return form_of(invitation.fieldwork, waves_for(invitation))


def _frame(invitation: Invitation) -> dict[str, object]:
    names = {"sv": "Svenska", "nb": "Norsk", "en": "English"}
    fieldwork = invitation.fieldwork
    return {
        "fieldwork": fieldwork,
        "title": title_of(fieldwork, _spoken()),
        "languages": [(code, names.get(code, code)) for code in fieldwork.languages],
        "language": translation.get_language(),
    }


def _closed(
    request: HttpRequest, why: str, invitation: Invitation | None = None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {"why": why, **(_frame(invitation) if invitation else {})}
    response = render(request, "surveys/answering/closed.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
