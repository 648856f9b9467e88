from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "shanzhi.foundation.calendar"
