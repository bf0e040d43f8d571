"""What this room takes in from another server, and what it leaves there."""

from django.utils.translation import gettext_lazy

from heartwood.web.practices.actions.accepting import sittings, traces, voice, written

ACCEPTS = (*sittings.ACCEPTS, *written.ACCEPTS, *voice.ACCEPTS, *traces.ACCEPTS)
"""Traces come last: they belong to what came along before them."""
STAYS = {"can_be_brought_back": gettext_lazy("It can be brought back for an hour, on that server only.")}
