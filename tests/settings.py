"""The settings tests run with: a throw-away home, cheap passwords, the rest as shipped."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("PALABRE_HOME", tempfile.mkdtemp(prefix="palabre-tests-"))
os.environ.setdefault("PALABRE_SECRET_KEY", "a key for tests only, fifty characters or a few more")
os.environ.setdefault("PALABRE_PUBLIC_URL", "http://testserver")

from palabre.config.settings import *  # noqa: F403
from palabre.config.settings import DATABASES, PALABRE_HOME, STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # what `collectstatic` would have made; its absence is a warning

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# In a file, as shipped, so that tests may let threads race: in memory, SQLite locks whole tables instead of waiting.
DATABASES["default"]["TEST"] = {"NAME": str(PALABRE_HOME / "tests.sqlite3")}
