from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "shanzhi.programmes.patrol"
