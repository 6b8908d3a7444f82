from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klustermotor.core"
    label = "core"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy

        from klustermotor.core.api.scopes import register_scope
        from klustermotor.core.jobs import jobs_in, tidied_by
        from klustermotor.core.preparation import prepared_by
        from klustermotor.core.privacy.erasure import cleans_index
        from klustermotor.core.privacy.own import declare
        from klustermotor.core.search.index import follow, watch

        declare()
        register_scope("search:read", gettext_lazy("Search in everything"))
        jobs_in("klustermotor.core.privacy.jobs")
        tidied_by("klustermotor.core.privacy.nightly.tidy")
        prepared_by("klustermotor.core.search.fill_if_empty")
        cleans_index(follow)
        watch()
