"""What two answers at the end of a week lead to. No diagnosis: a suggestion, and how near help stands."""

from __future__ import annotations

from enum import StrEnum


class Leads(StrEnum):
    """The most careful last."""

    ON = "on"
    GENTLER = "gentler"
    TALK = "talk"


def leads(difficult: str, lasting: str) -> Leads:
    """From the choices of WeekAnswer: what stays leads to a person, what was difficult to gentler ways.

    What was much and comes back counts as what stays. A question left out suggests nothing by itself.
    """
    if lasting == "stays" or (difficult == "much" and lasting == "comes-back"):
        return Leads.TALK
    if difficult in ("some", "much") or lasting == "comes-back":
        return Leads.GENTLER
    return Leads.ON
