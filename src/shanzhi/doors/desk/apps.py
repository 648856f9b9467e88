from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "shanzhi.doors.desk"
