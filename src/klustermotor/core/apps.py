from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klustermotor.core"
    label = "core"

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in, tidied_by
        from klustermotor.core.privacy.own import declare

        declare()
        jobs_in("klustermotor.core.privacy.jobs")
        tidied_by("klustermotor.core.privacy.nightly.tidy")
