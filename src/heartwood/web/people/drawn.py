"""An address as a QR code, for the camera of a phone."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def code_of(link: str) -> SafeString:
    """SVG without any style, drawn by attributes alone."""
    drawn = segno.make(link, error="m").svg_inline(
        border=4, dark="#000", light="#fff", svgclass="code__drawing", omitsize=True
    )
    return mark_safe(drawn)
