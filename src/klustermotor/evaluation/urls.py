"""Addresses of this room."""

from django.urls import path

from klustermotor.evaluation.views import page, reports, rounds, texts

urlpatterns = [
    path("initiatives/<slug:slug>/evaluation", page.page, name="evaluation"),
    path(
        "initiatives/<slug:slug>/evaluation/<slug:content>.<slug:suffix>",
        page.download,
        name="evaluation_download",
    ),
    path("initiatives/<slug:slug>/text", texts.save, name="text_save"),
    path("initiatives/<slug:slug>/report", reports.order, name="report_order"),
    path("texts/<uuid:text>/history", texts.history, name="text_history"),
    path("reports", reports.listing, name="reports"),
    path("reports/<uuid:report>", reports.show, name="report"),
    path("reports/<uuid:report>/files/<str:name>", reports.file, name="report_file"),
    path("reports/<uuid:report>/cancel", reports.stop, name="report_cancel"),
    path("reports/<uuid:report>/release", reports.release, name="report_release"),
    path("reports/<uuid:report>/withdraw", reports.withdraw, name="report_withdraw"),
    path("rounds/<str:period>", rounds.show, name="round"),
    path("rounds/<str:period>/text", texts.save_common, name="round_text_save"),
    path("rounds/<str:period>/report", reports.order_round, name="round_report_order"),
]
