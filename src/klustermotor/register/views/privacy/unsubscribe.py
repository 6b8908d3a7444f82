"""The page behind the address at the foot of a mail: open to anybody who holds it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from klustermotor.core.access import open_to_anyone
from klustermotor.register.services.privacy import person_of_token, unsubscribe


@csrf_exempt  # a mail reader posts here by itself (RFC 8058); the token is the proof
@open_to_anyone
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first; only a POST ends the mail. The page tells no name."""
    person = person_of_token(token)
    if person is None:
        return render(request, "register/privacy/unsubscribe.html", {"unknown": True}, status=404)
    if request.method == "POST":
        unsubscribe(person)
        return render(request, "register/privacy/unsubscribe.html", {"done": True})
    return render(request, "register/privacy/unsubscribe.html", {})
