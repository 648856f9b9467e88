from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "shanzhi.foundation.journal"
