"""Whoever sets mail up hears the server's own words."""

from __future__ import annotations

import pytest

from heartwood.errors import SetupError
from heartwood.web.delivery import trying
from heartwood.web.delivery.smtp import MailServer
from tests.post_office import Mood, PostOffice
from tests.web.delivery.conftest import Server, moods


def test_a_test_mail_arrives(server: Server, office: PostOffice) -> None:
    outcome = trying.send_test(server(office), "operator@example.org")

    assert trying.told(outcome) == "The mail server took the test mail. Look whether it arrives."
    assert office.taken[0].receiver == "operator@example.org"


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (Mood.GREETS_WITH_421, "421 4.3.2 try another time"),
        (Mood.REFUSES_SENDER, "553 5.1.8 not from you"),
        (Mood.REFUSES_RECEIVER, "550 5.1.1 <…@…> is unknown here"),
        (Mood.GREYLISTS, "451 4.7.1 greylisted, come again"),
        (Mood.REFUSES_AFTER_THE_DOT, "554 5.7.1 looks like spam"),
    ],
)
def test_the_servers_own_words_come_back(server: Server, office: PostOffice, mood: Mood, words: str) -> None:
    office.mood = moods(mood)

    told = trying.told(trying.send_test(server(office), "operator@example.org"))

    assert told == f"The test mail did not go out. The mail server or the way to it said: {words}"


def test_a_server_that_falls_silent_leaves_it_unknown(server: Server, office: PostOffice) -> None:
    office.mood = moods(Mood.TAKES_AND_SAYS_NOTHING)

    told = trying.told(trying.send_test(server(office), "operator@example.org"))

    assert told == (
        "It is unknown whether the test mail went out. "
        "The connection said: The mail server did not answer in time."
    )


def test_nobody_at_the_port_is_said_plainly(server: Server, office: PostOffice) -> None:
    there = server(office)
    office.close()

    assert "Connection refused" in trying.told(trying.send_test(there, "operator@example.org"))


def test_mail_that_is_not_set_up_is_said_plainly() -> None:
    with pytest.raises(SetupError, match="Mail is not set up here"):
        trying.send_test(MailServer("", 587, ""), "operator@example.org")
