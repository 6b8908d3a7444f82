"""Addresses of the pages about people's rights and the law."""

from django.urls import URLPattern, path

from klustermotor.register.views.privacy import (
    administration,
    retention,
    secrecy,
    subjects,
    unsubscribe,
)

urlpatterns: list[URLPattern] = [
    path("privacy", administration.overview, name="privacy"),
    path("privacy/requests", administration.requests, name="data_requests"),
    path("privacy/requests/new", administration.new_request, name="data_request_new"),
    path("privacy/requests/<uuid:data_request>", administration.show_request, name="data_request"),
    path(
        "privacy/requests/<uuid:data_request>/extend",
        administration.extend_request,
        name="data_request_extend",
    ),
    path("privacy/erasures", administration.erasures, name="erasures"),
    path("privacy/erasures/log", administration.erasures_file, name="erasures_file"),
    path("privacy/retention", retention.retention, name="retention"),
    path("privacy/retention/<slug:kind>", retention.rule, name="retention_rule"),
    path("privacy/retention/<slug:kind>/apply", retention.dispose, name="retention_apply"),
    path("privacy/processing", retention.processing, name="processing"),
    path(
        "privacy/processing/record.<slug:suffix>", retention.processing_file, name="processing_file"
    ),
    path("privacy/processing/<slug:activity>", retention.processing_text, name="processing_text"),
    path("privacy/controllers", administration.controllers, name="controllers"),
    path("privacy/controllers/new", administration.new_controller, name="controller_new"),
    path("privacy/controllers/<uuid:controller>", administration.controller, name="controller"),
    path("privacy/consents", administration.consents, name="consent_texts"),
    path("privacy/consents/<slug:purpose>", administration.consent, name="consent_text"),
    path("privacy/legal-bases", administration.bare, name="without_basis"),
    path("privacy/secrecy", administration.marks, name="secrecy_marks"),
    path("privacy/secrecy/<str:model>/<uuid:row>", secrecy.mark, name="secrecy_mark"),
    path("privacy/secrecy/<uuid:mark>/lift", secrecy.lift, name="secrecy_lift"),
    path("people/<uuid:person>/privacy", subjects.person, name="person_privacy"),
    path("people/<uuid:person>/extract", subjects.person_extract, name="person_extract"),
    path("people/<uuid:person>/erase", subjects.person_erase, name="person_erase"),
    path("people/<uuid:person>/legal-bases", subjects.grant_basis, name="basis_grant"),
    path("legal-bases/<uuid:basis>/withdraw", subjects.withdraw_basis, name="basis_withdraw"),
    path("privacy/users/<int:user>", subjects.user, name="user_privacy"),
    path("privacy/users/<int:user>/extract", subjects.user_extract, name="user_extract"),
    path("privacy/users/<int:user>/erase", subjects.user_erase, name="user_erase"),
    path("companies/<uuid:organisation>/privacy", subjects.sole_trader, name="sole_trader_privacy"),
    path(
        "companies/<uuid:organisation>/extract",
        subjects.sole_trader_extract,
        name="sole_trader_extract",
    ),
    path(
        "companies/<uuid:organisation>/erase", subjects.sole_trader_erase, name="sole_trader_erase"
    ),
    # What follows /t/ is a secret: the log strikes it out.
    path("unsubscribe/t/<str:token>", unsubscribe.stop_mail, name="unsubscribe"),
]
