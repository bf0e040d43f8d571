"""What somebody sends while their pages are locked: it waits in the page that asks for the PIN, then goes on.

Whoever writes for long without JavaScript is locked meanwhile, for all the server knows. What they wrote is
given back to their own browser, sealed under their own key, and comes with the PIN. The server keeps nothing.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode

from django.http import HttpRequest, QueryDict

from heartwood.errors import SetupError
from heartwood.web.people import keys
from heartwood.web.people.models import User

FIELD = "waited"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def may_wait(request: HttpRequest) -> bool:
    """Whether it is a form that somebody sent from a page. A script keeps what it sends by itself."""
    is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "POST" and request.content_type in _FORMS and is_page


def seal(person: User, request: HttpRequest) -> str:
    """The form, for this person and this address alone. A file in it is not kept."""
    if FIELD in request.POST:
        return str(request.POST[FIELD])
    told = [(name, value) for name, values in request.POST.lists() for value in values]
    packed = zlib.compress(json.dumps([request.get_full_path(), told]).encode())
    return keys.seal(person, b64encode(packed)).decode()


def give_back(person: User, request: HttpRequest) -> None:
    """Let the request be what it was before it waited. What was sealed for another address is nothing."""
    try:
        path, told = json.loads(zlib.decompress(b64decode(keys.unseal(person, request.POST[FIELD].encode()))))
    except (SetupError, ValueError, zlib.error):
        path, told = "", []
    form = QueryDict(mutable=True)
    for name, value in told if path == request.get_full_path() else []:
        form.appendlist(name, value)
    request.POST = form  # type: ignore[assignment]  # the stubs know no way to set it
