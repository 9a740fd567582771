"""Settings, read from the environment (docs/settings.md lists every variable).

Safe by default: without GT_DEMONSTRATION the site asks staff for a second factor, sends cookies only
over HTTPS, and the system checks refuse a default key or SQLite (`core.checks`).
"""

from __future__ import annotations

from pathlib import Path

from goldenthread.config import env

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("GT_VAR", str(ROOT / "var")))

DEMONSTRATION = env.flag("GT_DEMONSTRATION")
PRODUCTION = env.flag("GT_PRODUCTION")
DEBUG = False
DEFAULT_SECRET_KEY = "not-a-secret: set GT_SECRET_KEY"  # noqa: S105 - refused in production by core.checks
SECRET_KEY = env.text("GT_SECRET_KEY", DEFAULT_SECRET_KEY)
# After a change of key: the old ones, so that sessions, links and second steps go on working.
SECRET_KEY_FALLBACKS = env.words("GT_OLD_SECRET_KEYS")
ALLOWED_HOSTS = env.words("GT_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("GT_ORIGINS")
# The address that messages lead to, such as https://send.example.gov.uk.
SITE_URL = env.text("GT_URL").rstrip("/")

COUNCIL_NAME = env.text("GT_COUNCIL_NAME", "Threadshire County Council")
COUNCIL_LA_CODE = env.text("GT_LA_CODE", "999")
COUNCIL_COLOUR = env.text("GT_COLOUR", "#0b4f55")
COUNCIL_EMAIL = env.text("GT_EMAIL", "send@threadshire.example")
COUNCIL_PHONE = env.text("GT_PHONE", "01632 960 000")
# Requests a minute from one address to one worker; 0 is no limit.
OPEN_DATA_PER_MINUTE = env.number("GT_OPEN_DATA_PER_MINUTE", 1200)

INSTALLED_APPS = [
    "goldenthread.config",
    "goldenthread.demo",
    "goldenthread.returns",
    "goldenthread.planning",
    "goldenthread.placements",
    "goldenthread.casework",
    "goldenthread.people",
    "goldenthread.localoffer",
    "goldenthread.consultations",
    "goldenthread.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "goldenthread.core.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread.core.middleware.AccessMiddleware",
    "goldenthread.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"

_ROOMS = (
    "core",
    "people",
    "localoffer",
    "consultations",
    "casework",
    "placements",
    "returns",
    "planning",
    "demo",
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "src" / "goldenthread" / room / "templates" for room in _ROOMS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread.config.jinja2.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldenthread.core.context.site",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_DATABASE_URL = env.text("GT_DATABASE_URL", f"sqlite:///{VAR / 'goldenthread.sqlite3'}")
DATABASES = {"default": env.database(_DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "goldenthread.returns.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Who may do what: core.roles names the roles; each room names its permissions (config.roles).
ROLE_PERMISSIONS = "goldenthread.config.roles.PERMISSIONS"

from goldenthread.config.security import *  # noqa: E402, F403 - sign-in, cookies, headers
from goldenthread.config.services import *  # noqa: E402, F403 - mail, jobs, logs
