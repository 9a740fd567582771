"""Mail and notices, background jobs, cache and logs."""

from goldenthread.config import env

_DEMONSTRATION = env.flag("GT_DEMONSTRATION")

# smtp, notify, or screen (kept on the outbox page; the demonstration's default).
NOTICE_CHANNEL = env.text("GT_NOTICES", "screen" if _DEMONSTRATION else "smtp")
EMAIL_HOST = env.text("GT_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("GT_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("GT_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("GT_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("GT_SMTP_TLS")
EMAIL_USE_SSL = env.flag("GT_SMTP_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("GT_EMAIL", "send@threadshire.example")
NOTIFY_API_KEY = env.text("GT_NOTIFY_KEY")
NOTIFY_URL = env.text("GT_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_TEMPLATE_ID = env.text("GT_NOTIFY_TEMPLATE")

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "imports", "forecasts"]}
}

# Rate limits are counted in the cache, so several workers must share it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "goldenthread.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("GT_LOG_LEVEL", "WARNING")},
    "loggers": {
        "goldenthread": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # These write addresses, which may hold a one-time link: core.requests says the same without.
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django_tasks": {"level": "INFO"},
    },
}
