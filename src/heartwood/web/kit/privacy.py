"""Pages that belong to one person: kept by no cache, and their address told to nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Let no browser or proxy keep the page."""

    @wraps(view)
    def unkept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return unkept


def secret_address(view: View) -> View:
    """For a page whose address is itself a secret: private, in no index, and told to no other site.

    The policy is not no-referrer: under that a browser sends its forms without
    an origin, and they are then refused as if they came from elsewhere.
    """

    @wraps(view)
    def untold(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = private(view)(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return untold
