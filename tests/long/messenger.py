"""python -m tests.long.messenger NAME CHAIN: a worker that decides reminders and sends them, until killed.

It runs in the data folder and on the database of its environment, as the server's own threads do.
CHAIN is the certificate of the tests' push service.
"""

from __future__ import annotations

import os
import ssl
import sys
import threading
import time


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from heartwood.web.delivery import tasks
    from heartwood.web.delivery.push import Sender
    from heartwood.web.today.reminders import tasks as reminders

    name, chain = sys.argv[1:]
    trust = ssl.create_default_context(cafile=chain)
    sender = Sender(settings.SECRETS.push_key, "https://heartwood.example.org", anywhere=True, trust=trust)
    tasks.begin(by=name, at=timezone.now())
    while True:
        decided = reminders.decide_due(at=timezone.now())
        sent = tasks.drain_push(sender, by=name, stopped=threading.Event())
        if not decided and not sent:
            time.sleep(0.05)


if __name__ == "__main__":
    main()
