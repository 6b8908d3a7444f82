from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klustermotor.core"
    label = "core"
