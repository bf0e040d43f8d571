"""Beginning a path, turning on it, planning when and where, and leaving it."""

from datetime import datetime

from heartwood.web.cohorts.actions.beginning import answer_offer, begin, begin_again, end, erase_path
from heartwood.web.cohorts.actions.turning import go_to, pause, plan, resume
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.people.models import User

__all__ = [
    "answer_offer",
    "begin",
    "begin_again",
    "end",
    "erase",
    "erase_path",
    "go_to",
    "pause",
    "plan",
    "resume",
]


def erase(person: User, *, at: datetime) -> None:
    Enrolment.objects.filter(person=person).delete()
