"""Where somebody was going before they were asked who they are: a path of this server, and nowhere else."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_for(request: HttpRequest) -> str:
    """What `next` says, as it was sent."""
    return request.POST.get("next") or request.GET.get("next") or ""


def onward(request: HttpRequest, *, otherwise: str) -> str:
    """The path that `next` names. `otherwise` for an address elsewhere, and for what is no path."""
    wanted = asked_for(request)
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise
