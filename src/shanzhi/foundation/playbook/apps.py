from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "shanzhi.foundation.playbook"

    def ready(self) -> None:
        from .kinds import register_kind
        from .sheet import PlaybookSheet

        register_kind("playbook", PlaybookSheet, files="playbook.yaml")
