from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shanzhi.registers.people"
