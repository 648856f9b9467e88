from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "shanzhi.engines.casework"
