from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "palabre.desk"
    label = "desk"
