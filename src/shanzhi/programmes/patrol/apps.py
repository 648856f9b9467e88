from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "shanzhi.programmes.patrol"

    def ready(self) -> None:
        from . import kinds

        kinds.register()
