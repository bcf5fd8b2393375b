from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "palabre.snapshots"
    label = "snapshots"
