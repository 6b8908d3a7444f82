from django.conf import settings
from django.urls import path

from klustermotor.core.views import account, design, frame, jobs, search, tokens

urlpatterns = [
    path("health", frame.health, name="health"),
    path("language", frame.set_language, name="set_language"),
    path("search", search.results, name="search"),
    path("search/suggestions", search.suggestions, name="search_suggestions"),
    path("account/settings", account.my_settings, name="my_settings"),
    path("account/tokens", tokens.listing, name="tokens"),
    path("account/tokens/<uuid:token>/revoke", tokens.revoke, name="token_revoke"),
    path("jobs", jobs.listing, name="jobs"),
    path("jobs/<uuid:job_id>", jobs.show, name="job"),
    path("jobs/<uuid:job_id>/cancel", jobs.stop, name="job_cancel"),
    path("jobs/<uuid:job_id>/files/<path:name>", jobs.file, name="job_file"),
]
if settings.LOCAL:
    urlpatterns.append(path("design", design.design, name="design"))
