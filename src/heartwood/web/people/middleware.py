"""A browser whose person was erased is told so, once, and asked to forget them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from heartwood.web.kit import errors
from heartwood.web.people import browsers, erasure
from heartwood.web.people.sessions import SessionStore


class TellTheErased:
    """After authentication: a cookie from before an erasure is answered with 410 and taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not cookie or request.user.is_authenticated or not erasure.was_erased(cookie, at=timezone.now()):
            return self._get_response(request)
        return forget_here(
            errors.page(
                request,
                status=410,
                title=_("This account was erased"),
                body=_("Nothing of it is left here. This browser has let go of what it kept too."),
                remedy=_("If you want to begin again one day, ask for a new invitation."),
            )
        )


class KnowTheBrowser:
    """When somebody has just signed in, the session remembers in which kind of browser, and when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self._get_response(request)
        before = request.user.pk
        response = self._get_response(request)
        if request.user.is_authenticated and request.user.pk != before:
            browsers.remember(request.session, agent=request.headers.get("User-Agent", ""), at=timezone.now())
        return response


class StaySignedIn:
    """A session is kept anew once a day: it ends long after the last visit, not after the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        session = cast(SessionStore, request.session)
        if request.user.is_authenticated and session.is_a_day_old(at=timezone.now()):
            session.modified = True
        return response


def forget_here(response: HttpResponse) -> HttpResponse:
    """Ask the browser to drop everything it keeps of this site."""
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    return response
