"""Notes on organisations and people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.register.forms.people import NoteForm
from klustermotor.register.models import Note, Organisation, Person
from klustermotor.register.queries.organisation import note_of, organisation_of
from klustermotor.register.queries.people import person_of
from klustermotor.register.services import notes
from klustermotor.register.views.shared import Thing, address_of, edit_page, say_done


@requires("register.change", organisation_of)
def on_company(request: HttpRequest, company: Organisation) -> HttpResponse:
    """A new note on an organisation."""
    return _write(request, company)


@requires("register.change", person_of)
def on_person(request: HttpRequest, person: Person) -> HttpResponse:
    """A new note on a person."""
    return _write(request, person)


def _write(request: HttpRequest, thing: Thing) -> HttpResponse:
    form = NoteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = notes.write_note(
            thing,
            values["text"],
            by=request.user,
            is_confidential=values["is_confidential"],
            readers=values["readers"],
        )
        say_done(request, thing, _("The note was saved."), done.at)
        return redirect(address_of(thing))
    heading = _("A note on %(name)s") % {"name": thing.name}
    return edit_page(request, form, heading=heading, thing=thing)


@requires("register.change_note", note_of)
def change(request: HttpRequest, note: Note) -> HttpResponse:
    """One's own note, and who may read it."""
    thing = note.organisation or note.person
    form = NoteForm(request.POST or None, instance=note, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = notes.change_note(note, **form.cleaned_data, by=request.user)
        say_done(request, thing, _("The note was saved."), done.at)
        return redirect(address_of(thing))
    heading = _("A note on %(name)s") % {"name": thing.name}
    return edit_page(request, form, heading=heading, thing=thing)


@require_POST
@requires("register.change_note", note_of)
def remove(request: HttpRequest, note: Note) -> HttpResponse:
    """Take one's own note away."""
    thing = note.organisation or note.person
    done = notes.remove_note(note, by=request.user)
    say_done(request, thing, _("The note was removed."), done.at)
    return redirect(address_of(thing))
