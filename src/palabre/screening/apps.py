from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "palabre.screening"
    label = "screening"
