from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "shanzhi.doors.signin"
