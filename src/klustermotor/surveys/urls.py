"""Addresses of this room."""

from django.urls import path

from klustermotor.surveys.answering import views as answering
from klustermotor.surveys.views import instruments, loads, references, waves

urlpatterns = [
    path("s/<str:token>", answering.enter, name="answer_enter"),
    path("answer", answering.first, name="answer"),
    path("answer/<int:number>", answering.page, name="answer_page"),
    path("answer/<int:number>/save", answering.autosave, name="answer_save"),
    path("answer/thanks", answering.thanks, name="answer_thanks"),
    path("answer/mine", answering.own, name="answer_own"),
    path("answer/language", answering.choose_language, name="answer_language"),
    path("answer/leave", answering.leave, name="answer_leave"),
    path("surveys", waves.listing, name="surveys"),
    path("surveys/questionnaires", instruments.listing, name="instruments"),
    path("surveys/questionnaires/new", instruments.create, name="instrument_create"),
    path("surveys/questionnaires/<slug:slug>/<int:version>", instruments.show, name="instrument"),
    path("surveys/questionnaires/propose", instruments.propose, name="instrument_propose"),
    path(
        "surveys/questionnaires/<slug:slug>/<int:version>/file",
        instruments.download,
        name="instrument_file",
    ),
    path("surveys/reference-series", references.listing, name="references"),
    path("initiatives/<slug:slug>/waves/new", waves.create, name="wave_create"),
    path("surveys/waves/<uuid:wave>", waves.show, name="wave"),
    path("surveys/waves/<uuid:wave>/change", waves.change, name="wave_change"),
    path("surveys/waves/<uuid:wave>/close", waves.close, name="wave_close"),
    path("surveys/waves/<uuid:wave>/open", waves.reopen, name="wave_open"),
    path("surveys/waves/<uuid:wave>/frame", waves.load_frame, name="wave_frame"),
    path("surveys/waves/<uuid:wave>/answers", loads.upload, name="load_upload"),
    path("surveys/files/<uuid:load>", loads.show, name="load"),
    path("surveys/files/<uuid:load>/columns", loads.choose, name="load_choose"),
    path("surveys/files/<uuid:load>/apply", loads.apply, name="load_apply"),
    path("surveys/files/<uuid:load>/undo", loads.undo, name="load_undo"),
    path("surveys/files/<uuid:load>/discard", loads.discard, name="load_discard"),
]
