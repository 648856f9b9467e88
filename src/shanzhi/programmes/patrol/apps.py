from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "shanzhi.programmes.patrol"

    def ready(self) -> None:
        from shanzhi.engines.casework.services import register_topics

        from . import kinds
        from .words import OWNER, Words

        kinds.register()
        register_topics(OWNER, Words())
