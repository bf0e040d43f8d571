"""python -m tests.long.postman NAME PORT: one worker that only delivers, until it is killed.

It runs in the data folder and on the database of its environment, as the server's own postman does.
"""

from __future__ import annotations

import os
import sys
import threading
import time


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")
    import django

    django.setup()
    from django.utils import timezone

    from heartwood.web.delivery import tasks
    from heartwood.web.delivery.smtp import MailServer

    name, port = sys.argv[1], int(sys.argv[2])
    server = MailServer("127.0.0.1", port, "heartwood@example.org", tls="none", seconds=5)
    tasks.begin(by=name, at=timezone.now())
    while True:
        if not tasks.drain(server, by=name, stopped=threading.Event()):
            time.sleep(0.05)


if __name__ == "__main__":
    main()
