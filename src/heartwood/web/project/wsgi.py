"""The WSGI application that granian serves; in the server's own process the ticker starts with it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

if os.environ.get("HEARTWOOD_WORKER") == "1":
    from heartwood.web.project import ticker

    ticker.start()
