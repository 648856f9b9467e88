from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "shanzhi.foundation.playbook"
