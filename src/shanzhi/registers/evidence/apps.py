from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "shanzhi.registers.evidence"
