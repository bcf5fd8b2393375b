"""The application a server runs: published files first, then Django."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from palabre.snapshots.server import SnapshotServer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.config.settings")
application = SnapshotServer(get_wsgi_application(), settings.PALABRE_SNAPSHOTS)
