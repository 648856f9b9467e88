from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "shanzhi.foundation.journal"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
