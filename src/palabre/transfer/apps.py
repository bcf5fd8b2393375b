from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "palabre.transfer"
    label = "transfer"
