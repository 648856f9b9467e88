from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "shanzhi.foundation.messages"
    label = "notices"

    def ready(self) -> None:
        from shanzhi.foundation.messages.channels import register_channel
        from shanzhi.foundation.messages.channels.sms import SmsChannel

        register_channel("sms", SmsChannel)
