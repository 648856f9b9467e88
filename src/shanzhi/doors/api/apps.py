from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "shanzhi.doors.api"
