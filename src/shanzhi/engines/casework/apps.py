from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "shanzhi.engines.casework"

    def ready(self) -> None:
        from . import kinds

        kinds.register()
