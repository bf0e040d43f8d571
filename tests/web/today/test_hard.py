"""When it is hard: asked once and quietly, led on kindly, and told to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from django.test import Client
from django.utils import timezone

from heartwood import content
from heartwood.web.care import actions as care
from heartwood.web.care.models import SelfCheck, WeekAnswer
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import actions as practices
from heartwood.web.today import queries
from tests.web.practices.observed import event, seen

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Begin = Callable[..., Enrolment]
TUESDAY = date(2026, 11, 24)
ASKED, CHECK = "/how-it-was/", "/weeks/3/check/"


@cache
def _shipped() -> content.ReadCourse:
    return content.read_course(content.shipped_courses() / "heartwood-8w")


@pytest.fixture
def on_day(amara: User, signed_in: Browser) -> Callable[[int], Client]:
    """Amara's browser, on the so-many-th day of the shipped course."""

    def begin(day: int) -> Client:
        course, now = _shipped(), timezone.now()
        version = CourseVersion.objects.create(
            hash=course.hash, course="shipped", language="en", title="", files=course.files, published_at=now
        )
        starts_on = today_of(amara, at=now) - timedelta(days=day - 1)
        cohorts.begin(amara, version, starts_on=starts_on, page=new_id(), at=now)
        return signed_in(amara)

    return begin


def answer(browser: Client, **said: str) -> str:
    """Send the form as its page made it; what is shown then."""
    page = browser.get(ASKED).text
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("week", "since")}
    return browser.post(ASKED, {**hidden, **said}, follow=True).text


@pytest.mark.parametrize(("day", "quiet"), [(6, ""), (7, ASKED), (8, ASKED), (9, ASKED), (10, "")])
def test_today_asks_in_one_quiet_line_as_a_week_ends(
    amara: User, begin: Begin, settle: Rendering, at: datetime, day: int, quiet: str
) -> None:
    path, noon = begin(amara, starts_on=TUESDAY), at + timedelta(days=day - 1)
    _sit_the_day_before(amara, settle, noon)

    line = queries.today_page(amara, path, at=noon).quiet

    assert (line.url if line else "") == quiet


def test_it_asks_once(amara: User, begin: Begin, settle: Rendering, at: datetime) -> None:
    path, last_day = begin(amara, starts_on=TUESDAY), at + timedelta(days=6)
    _sit_the_day_before(amara, settle, last_day)
    care.answer_week(amara, path=path.id, week=1, since=TUESDAY, difficult="", lasting="", at=last_day)

    assert queries.today_page(amara, path, at=last_day).quiet is None


def test_after_a_while_away_nobody_is_asked_anything(amara: User, begin: Begin, at: datetime) -> None:
    path = begin(amara, starts_on=TUESDAY)

    assert queries.today_page(amara, path, at=at + timedelta(days=8)).quiet is None


def _sit_the_day_before(person: User, rendering: Rendering, noon: datetime) -> None:
    began = noon - timedelta(days=1)
    left = began + timedelta(seconds=20)
    observations = seen([event(0, "started", 0, began), event(1, "left", 20_000, left)])
    practices.keep_observations(person, new_id(), rendering=rendering.id, observations=observations, at=left)


def test_the_page_says_who_reads_and_that_both_may_be_left_out(on_day: Callable[[int], Client]) -> None:
    page = on_day(7).get(ASKED).text

    assert "Nobody is told of them, and nobody is watching live" in page
    assert "You may leave out either." in page


def test_something_that_stays_leads_to_a_person_before_anything_else(on_day: Callable[[int], Client]) -> None:
    page = answer(on_day(7), difficult="much", lasting="stays")

    assert "Please tell somebody" in page and "call your local emergency number" in page
    assert page.index("Please tell somebody") < page.index("/texts/gentler-ways/")
    assert "This is no diagnosis." in page


def test_something_difficult_leads_to_gentler_ways(on_day: Callable[[int], Client]) -> None:
    page = answer(on_day(7), difficult="some", lasting="no")

    assert "Less of it, then" in page and 'href="/texts/gentler-ways/"' in page
    assert "Please tell somebody" not in page


def test_a_good_week_leads_nowhere(on_day: Callable[[int], Client]) -> None:
    page = answer(on_day(7), difficult="no", lasting="no")

    assert "Good to know" in page and "/texts/gentler-ways/" not in page


def test_left_out_it_goes_back_to_today_and_only_that_is_kept(on_day: Callable[[int], Client]) -> None:
    browser = on_day(7)

    answer(browser, difficult="much", lasting="stays", skip="yes")

    [kept] = WeekAnswer.objects.all()
    assert (kept.difficult, kept.lasting) == ("", "")
    assert "Good to know" not in browser.get(ASKED).text


def test_what_is_no_answer_is_refused_and_nothing_is_kept(on_day: Callable[[int], Client]) -> None:
    browser = on_day(7)

    for said in ({"since": "yesterday"}, {"since": "2026-01-01", "difficult": "very"}):
        assert browser.post(ASKED, {"week": "1", **said}).status_code == 422
    assert WeekAnswer.objects.count() == 0


def test_before_the_third_week_one_may_look_how_it_is(on_day: Callable[[int], Client]) -> None:
    browser = on_day(14)

    assert f'href="{CHECK}"' in answer(browser, difficult="no", lasting="no")
    page = browser.get(CHECK).text
    assert "Before kindness turns to you" in page and "never tested as a questionnaire" in page


def test_a_self_check_says_what_it_suggests_and_keeps_nothing(on_day: Callable[[int], Client]) -> None:
    browser = on_day(15)

    calm = browser.post(CHECK, {}).text
    heavy = browser.post(CHECK, {"so": ["bad-nights", "thoughts-of-dying", "no-such-thing"]}).text

    assert "speaks against this week" in calm and "First a person, then a course" not in calm
    assert "First a person, then a course" in heavy and "call your local emergency number" in heavy
    assert SelfCheck.objects.count() == 0
    assert "What this suggests" not in browser.get(CHECK).text


def test_a_self_check_is_kept_when_wished_until_it_is_let_go_of(
    on_day: Callable[[int], Client],
) -> None:
    browser = on_day(15)

    browser.post(CHECK, {"so": ["fresh-loss", "no-such-thing"], "keep": "yes"})
    [kept] = SelfCheck.objects.all()
    again = browser.get(CHECK).text
    browser.post(CHECK, {"let-go": "yes"})

    assert (kept.ticked, kept.leads, kept.week) == (["fresh-loss"], "wait", 3)
    assert "Talk with somebody who knows you" in again and "checked> Not long ago" in again
    assert SelfCheck.objects.count() == 0


def test_a_week_without_a_self_check_has_no_such_page(on_day: Callable[[int], Client]) -> None:
    browser = on_day(15)

    assert [browser.get(f"/weeks/{number}/check/").status_code for number in (2, 9)] == [404, 404]


def test_the_page_of_what_gets_in_the_way_leads_to_all_of_it(on_day: Callable[[int], Client]) -> None:
    page = on_day(15).get("/in-the-way/").text

    texts = ("/texts/gentler-ways/", "/texts/fears-of-compassion/")
    for address in (*texts, "/moment/", ASKED, CHECK, "/help/"):
        assert f'href="{address}"' in page
    assert "/weeks/6/check/" not in page


def test_the_page_about_fears_cites_the_little_that_is_known(
    on_day: Callable[[int], Client],
) -> None:
    page = on_day(1).get("/texts/fears-of-compassion/").text

    assert page.count('class="cited"') == 2
    assert "222 students and 53 therapists" in page and "That is thin." in page
