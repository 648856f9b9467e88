from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "shanzhi.foundation.messages"
    label = "notices"
