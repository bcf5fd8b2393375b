from django.apps import AppConfig


class WidgetConfig(AppConfig):
    name = "palabre.widget"
    label = "widget"
