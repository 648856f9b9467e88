from django.apps import AppConfig


class ResidentConfig(AppConfig):
    name = "shanzhi.doors.resident"
