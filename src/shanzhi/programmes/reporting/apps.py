from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "shanzhi.programmes.reporting"
