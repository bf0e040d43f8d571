"""Help, for any page that needs it."""

from __future__ import annotations

from django import template

from heartwood.web.care import queries

register = template.Library()


@register.inclusion_tag("care/_help_lines.html")
def help_lines() -> dict[str, object]:
    """`{% help_lines %}`: the confirmed lines; without any, the local emergency number."""
    return {"lines": queries.confirmed()}
