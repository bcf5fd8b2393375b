"""Django's settings, from the table in env.py. Nothing here is meant to be edited by a publisher."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from palabre.config import env

_given = env.read_all()
_package = Path(__file__).resolve().parent.parent

PALABRE_HOME: Path = _given["HOME"]
PALABRE_PUBLIC_URL: str = _given["PUBLIC_URL"]
PALABRE_SNAPSHOTS: Path = _given["SNAPSHOTS"] or PALABRE_HOME / "snapshots"
PALABRE_ARTICLES: Path = _given["ARTICLES"] or PALABRE_HOME / "articles"
PALABRE_RULES: Path = _given["RULES"] or PALABRE_HOME / "rules"
PALABRE_MODEL: Path | None = _given["MODEL"]
PALABRE_PASSES: str = _given["PASSES"]
PALABRE_TRUSTED_PROXIES: list[env.Network] = _given["TRUSTED_PROXIES"]
PALABRE_SENDER_DAYS: int = _given["SENDER_DAYS"]

SECRET_KEY: str = _given["SECRET_KEY"]
if not SECRET_KEY:
    raise ImproperlyConfigured("PALABRE_SECRET_KEY is empty: run `palabre init`, or set it to 50 random characters.")

DEBUG: bool = _given["DEBUG"]
_public = urlsplit(PALABRE_PUBLIC_URL)
ALLOWED_HOSTS: list[str] = _given["ALLOWED_HOSTS"] or [_public.hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "palabre.accounts",
    "palabre.discussion",
    "palabre.screening",
    "palabre.snapshots",
    "palabre.transfer",
    "palabre.desk",
    "palabre.press",
    "palabre.widget",
    "palabre.config",
]

MIDDLEWARE = [
    "palabre.config.middleware.limit_body",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "palabre.config.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "palabre.config.urls"
WSGI_APPLICATION = "palabre.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before allauth's own pages, which come with an installed app further up.
        "DIRS": [_package / "config" / "templates", _package / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": _given["DATABASE_URL"] or env.sqlite(PALABRE_HOME / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes without a server: sign-in attempts are counted here.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(PALABRE_HOME / "cache"),
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "palabre.accounts.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False

LANGUAGE_CODE: str = _given["LANGUAGE"]
LANGUAGES = [("en", "English"), ("fr", "Français")]
TIME_ZONE: str = _given["TIME_ZONE"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PALABRE_HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

#: The largest body any form of ours may send, in bytes; a longer one is turned away before it is read.
PALABRE_MAX_BODY = 256 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = PALABRE_MAX_BODY
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PALABRE_TRUSTED_PROXIES else None
#: Named as in Django 6, which takes it over.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

vars().update(_given["MAIL_URL"])
DEFAULT_FROM_EMAIL: str = _given["MAIL_FROM"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"palabre": {"level": "INFO"}},
}
