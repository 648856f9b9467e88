from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "shanzhi.doors.administration"
