"""One Playwright for all stories of this tier: a second one beside it in a process is refused."""

from tests.journeys.conftest import chromium, playwright

__all__ = ["chromium", "playwright"]
