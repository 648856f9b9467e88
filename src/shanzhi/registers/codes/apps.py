from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "shanzhi.registers.codes"
