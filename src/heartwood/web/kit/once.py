"""A form that is sent twice takes effect once.

Each page with a form carries an id that was made with the page. Whoever acts on
the form takes that id first, in the transaction that holds the effect.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.db import IntegrityError, transaction

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import TakenPage


class PageForm(forms.Form):
    """A form with the id of its page in a hidden field."""

    page_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


def take(page_id: UUID, *, by: UUID | None, at: datetime) -> bool:
    """True the first time. Of two at once one waits for the other and is told False."""
    try:
        with transaction.atomic():
            TakenPage.objects.create(page_id=page_id, by=by, at=at)
    except IntegrityError:
        return False
    return True


def forget(*, before: datetime) -> None:
    """Drop the ids of pages that nobody can still have open."""
    TakenPage.objects.filter(at__lt=before).delete()
