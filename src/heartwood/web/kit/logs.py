"""Logs: one JSON object a line, without a person's words, name, address or any query string.

A request is told by an id, the name of its route, its status and its
milliseconds. The path is left out because it can hold an invitation's token;
the message of an unexpected error because it can hold what somebody typed.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from heartwood.web.kit.ids import new_id

MEGABYTE = 1_000_000


def django_logging(folder: Path) -> dict[str, Any]:
    """Django's LOGGING: ours into a file of at most 20 MB, errors also on standard error."""
    silent = {"handlers": ["nowhere"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(message)s"}},
        "handlers": {
            "nowhere": {"class": "logging.NullHandler"},
            "file": {
                "class": "heartwood.web.kit.logs.UntroubledFile",
                "filename": folder / "heartwood.log",
                "maxBytes": 5 * MEGABYTE,
                "backupCount": 3,
                "delay": True,
                "encoding": "utf-8",
                "formatter": "line",
            },
            "console": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "line"},
        },
        "loggers": {
            "heartwood": {"handlers": ["file", "console"], "level": "INFO", "propagate": False},
            "django.request": silent,
            "django.security": silent,
            "django.server": silent,
        },
    }


class UntroubledFile(RotatingFileHandler):
    """A log that cannot be written (a full disk) loses its line and troubles nobody else."""

    def handleError(self, record: logging.LogRecord) -> None:
        """The line is lost. The operator's page looks at the disk for itself."""


def configure() -> None:
    """Send what rooms say through `structlog.get_logger()` to the log file as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: logging.getLogger("heartwood"),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLog:
    """Middleware: one line a request, and one for an error nobody expected."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._log = structlog.get_logger()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=str(new_id())):
            response = self._get_response(request)
            self._log.info(
                "request",
                method=request.method,
                route=_route(request),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Write down what broke. A page that is not there, or not for this person, is an answer."""
        if isinstance(error, Http404 | PermissionDenied):
            return
        self._log.error("failed", route=_route(request), error=type(error).__name__, where=_where(error))


def _route(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name or "unnamed" if match else "none"


def _where(error: Exception) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
