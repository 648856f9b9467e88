from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "shanzhi.doors.worker"
