"""Whatever a mail server does in whatever order: no mail twice, none silently gone."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from heartwood.web.delivery import actions, queries, tasks
from heartwood.web.delivery.models import Due
from tests.post_office import Mood, PostOffice
from tests.web.delivery.conftest import Server, letter, moods

QUICK = [mood for mood in Mood if mood is not Mood.TAKES_AND_SAYS_NOTHING]


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_moods=some.lists(some.sampled_from(QUICK), max_size=12), crashes=some.sets(some.integers(0, 5)))
def test_each_mail_ends_sent_refused_or_unknown(
    server: Server, office: PostOffice, given_moods: list[Mood], crashes: set[int]
) -> None:
    Due.objects.all().delete()
    office.taken.clear()
    there = server(office)
    office.mood = moods(*given_moods, Mood.TAKES)
    for number in range(4):
        letter(key=str(number)).send()

    for step in range(20):
        waiting = queries.next_due("mail", at=timezone.now())
        if step in crashes and waiting:
            actions.claim(waiting[0], by="worker", at=timezone.now())
            tasks.begin(by="worker", at=timezone.now())
        tasks.drain(there, by="worker", stopped=threading.Event())
        Due.objects.filter(state="due").update(not_before=timezone.now() - timedelta(seconds=1))

    counts = queries.counts()
    went = Counter(taken.message_id for taken in office.taken)
    assert sum(counts[state] for state in ("sent", "refused", "unknown")) == 4
    assert set(went.values()) <= {1}
    assert counts["sent"] <= len(went) <= counts["sent"] + counts["unknown"]
    assert not Due.objects.exclude(sealed=None).exists()
