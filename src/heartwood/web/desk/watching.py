"""The address for watching programs, closed to whoever has no token."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from heartwood.web.desk import metrics
from heartwood.web.kit.privacy import private


@private
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Without a token in the settings there is no such page; with one, only for whoever sends it."""
    token = settings.OPTIONS.metrics_token.get_secret_value()
    if not token:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.exposition(at=timezone.now()), content_type=CONTENT_TYPE_LATEST)
