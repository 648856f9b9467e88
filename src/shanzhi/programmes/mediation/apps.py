from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "shanzhi.programmes.mediation"
