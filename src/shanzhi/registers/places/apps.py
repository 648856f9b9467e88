from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "shanzhi.registers.places"
