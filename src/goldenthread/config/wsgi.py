"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()

from goldenthread.core.checks import refuse_to_serve  # noqa: E402 - needs the settings above

refuse_to_serve()
