"""Whether the browser trusts this address, and what to say kindly when it does not.

Without https, and on another machine, browsers keep some things back. Pages go
on without them, and say so once.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def is_trusted(request: HttpRequest) -> bool:
    """Whether browsers count this address as secure: https, or the very machine they run on."""
    name = urlsplit(f"//{request.get_host()}").hostname or ""
    return request.is_secure() or name in {"localhost", "127.0.0.1", "::1"} or name.endswith(".localhost")


def words() -> str:
    """What is missing on an insecure address, and what works all the same."""
    return _(
        "This address has no https. Practices, sittings and your lines work as always. "
        "Your browser leaves out passkeys, practising without network and keeping the screen awake, "
        "and somebody on the same network could read along. Whoever runs this Heartwood can change that."
    )


def tell_once(request: HttpRequest) -> None:
    """Say it on the next page of somebody who has just come in."""
    if not is_trusted(request):
        messages.info(request, words())
