"""The calibrator: creating and listing as one writes them in Django REST Framework, over Shanzhi's own tables.

Session sign-in, model serializers, a transaction a request. Nothing of permission by place, routing, playbooks or receipts.
"""
