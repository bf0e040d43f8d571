"""A path is its person's: it rests, turns to another week, is left kindly, and begins anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts import queries as paths
from heartwood.web.cohorts.models import Enrolment, Rhythm, Turn
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices.models import Reflection, Sitting
from heartwood.web.today import queries
from heartwood.web.today.queries import TodayPage
from tests.web.practices.observed import half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
Begin = Callable[..., Enrolment]
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def begun(amara: User, begin: Begin, signed_in: Browser) -> Callable[..., Client]:
    """Amara's browser; she began so many days ago."""

    def browser(*, days: int) -> Client:
        begin(amara, starts_on=today_of(amara, at=timezone.now()) - timedelta(days=days))
        return signed_in(amara)

    return browser


def _turn(browser: Client, kind: str, **given: object) -> None:
    answer = browser.post("/path/turn/", {"id": str(new_id()), "kind": kind, **given})
    assert answer["Location"] == "/today/"


def _shown(person: User, *, at: datetime) -> TodayPage:
    path = paths.path_of(person)
    assert path
    return queries.today_page(person, path, at=at)


def test_a_path_at_rest_has_a_page_of_its_own_and_goes_on_by_one_press(begun: Callable[..., Client]) -> None:
    browser = begun(days=1)

    _turn(browser, "pause")
    resting = browser.get("/today/").text
    _turn(browser, "resume")
    going = browser.get("/today/").text

    assert "Your path is resting" in resting and "Arrive · 1 min" in resting
    assert "It was a hard night" not in resting
    assert "Your path is resting" not in going and "Begin · 1 minute" in going


def test_a_later_week_can_be_entered_and_an_earlier_one_repeated(begun: Callable[..., Client]) -> None:
    browser = begun(days=1)

    _turn(browser, "go", place=1)
    later = browser.get("/today/").text
    _turn(browser, "go", place=0)
    earlier = browser.get("/today/").text

    assert "Week 2 · Somebody dear" in later and "Week 1 · Settling" in earlier
    assert [browser.get(f"/weeks/{number}/").status_code for number in (1, 2)] == [200, 200]


def test_a_form_sent_twice_turns_once(begun: Callable[..., Client]) -> None:
    browser, page = begun(days=1), str(new_id())

    answers = [browser.post("/path/turn/", {"id": page, "kind": "pause"}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/today/"] * 2
    assert Turn.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "go"}, {"kind": "go", "place": "2"}, {"kind": "go", "place": "-1"}, {"kind": "fly"},
        {"kind": "pause", "id": "x"}, {},
    ],
)  # fmt: skip
def test_a_turn_that_cannot_be_is_answered_with_the_page_itself(
    begun: Callable[..., Client], given: dict[str, str]
) -> None:
    browser = begun(days=1)

    answer = browser.post("/path/turn/", {"id": str(new_id()), **given})

    assert answer.status_code == 422
    assert "That did not go through. Choose again on this page." in answer.text
    assert not Turn.objects.exists()


def test_coming_back_in_another_week_both_weeks_are_offered(
    amara: User, begin: Begin, settle: Rendering, at: datetime
) -> None:
    begin(amara, starts_on=TUESDAY)

    page = _shown(amara, at=at + timedelta(days=9))

    assert (page.rule, page.chosen.practice.id) == ("back", "arrive")
    assert page.crossroad
    assert (page.crossroad.go_on.title, page.crossroad.go_on.url) == (
        "Go on with Week 2 · Somebody dear", "/weeks/2/",
    )  # fmt: skip
    assert (page.crossroad.take_up, page.crossroad.place) == ("Take up Week 1 · Settling", 0)


def test_the_week_of_that_time_can_be_taken_up_from_today(begun: Callable[..., Client]) -> None:
    browser = begun(days=9)
    back = browser.get("/today/").text

    _turn(browser, "go", place=0)

    assert "Take up Week 1 · Settling" in back
    assert "Begin · 1 minute" in browser.get("/today/").text
    for number in ("9", "nine", "days", "missed", "away"):
        assert f" {number} " not in back


def test_what_was_left_yesterday_stands_second(
    amara: User, begin: Begin, signed_in: Browser, arrival: Rendering
) -> None:
    """Twenty seconds of a minute of Arrive; today the week's own practice stands first."""
    now = timezone.now()
    begin(amara, starts_on=today_of(amara, at=now) - timedelta(days=3))
    browser = signed_in(amara)
    Sitting.objects.create(
        id=new_id(), person=amara, practice="arrive", title="Arrive", length_ms=60_000, practised_ms=20_000,
        began_at=now - timedelta(days=1), zone=amara.time_zone, day_boundary_minutes=240,
        day=today_of(amara, at=now) - timedelta(days=1), received_at=now,
    )  # fmt: skip

    page = _shown(amara, at=now)

    assert page.chosen.practice.id == "settle"
    assert page.unfinished and page.unfinished.url == "/practices/arrive/?minutes=1"
    assert "To take up where you like" in browser.get("/today/").text


def test_when_and_where_is_offered_in_the_first_week_until_it_is_written(
    begun: Callable[..., Client], amara: User
) -> None:
    browser = begun(days=0)
    before = browser.get("/today/").text

    answer = browser.post(
        "/path/when-and-where/",
        {"days_a_week": "5", "time": "07:15", "place": "by the window", "minutes": "1.5"},
    )

    path = browser.get("/path/").text
    assert answer["Location"] == "/path/"
    assert "A thought for this first week" in before
    assert "A thought for this first week" not in browser.get("/today/").text
    assert "5 days a week · At about 07:15 · by the window · 1.5 minutes" in path
    assert 'value="by the window"' in browser.get("/path/when-and-where/").text
    assert "Begin · 1.5 minutes" in browser.get("/today/").text


def test_all_of_when_and_where_may_stay_empty(begun: Callable[..., Client]) -> None:
    browser = begun(days=0)

    answer = browser.post(
        "/path/when-and-where/", {"days_a_week": "", "time": "", "place": "", "minutes": ""}
    )

    assert answer["Location"] == "/path/"
    assert Rhythm.objects.get().length_ms is None


@pytest.mark.parametrize(
    "given",
    [{"days_a_week": "8"}, {"days_a_week": "0"}, {"time": "25:00"}, {"place": "x" * 201}, {"minutes": "900"}],
)
def test_what_cannot_be_planned_is_said_beside_its_field(
    begun: Callable[..., Client], given: dict[str, str]
) -> None:
    browser = begun(days=0)

    answer = browser.post("/path/when-and-where/", given)

    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert not Rhythm.objects.exists()


def _sit_and_write(browser: Client, settle: Rendering) -> None:
    sitting = new_id()
    send(browser, sitting, settle, half_a_minute(timezone.now()))
    browser.post("/lines/", {"id": str(new_id()), "sitting": str(sitting), "body": "Quiet for once."})


def test_whoever_leaves_keeps_what_they_sat_and_wrote(
    begun: Callable[..., Client], amara: User, settle: Rendering
) -> None:
    browser = begun(days=1)
    _sit_and_write(browser, settle)
    path = paths.path_of(amara)
    assert path

    answer = browser.post("/path/leave/", {"path": str(path.id), "what": "keep"})

    assert answer["Location"] == "/path/left/"
    assert "Go well." in browser.get("/path/left/").text
    assert paths.path_of(amara) is None
    assert (Enrolment.objects.get().state, Sitting.objects.count()) == ("left", 1)
    assert "Quiet for once." in browser.get("/sittings/").text


def test_whoever_wishes_it_leaves_nothing_behind(
    begun: Callable[..., Client], amara: User, eve: User, begin: Begin, signed_in: Browser, settle: Rendering
) -> None:
    begin(eve, starts_on=TUESDAY)
    others, browser = signed_in(eve), begun(days=1)
    for one in (others, browser):
        _sit_and_write(one, settle)
    sitting = Sitting.objects.get(person=amara)
    path = paths.path_of(amara)
    assert path

    browser.post("/path/leave/", {"path": str(path.id), "what": "erase"})
    late = send(browser, sitting.id, settle, half_a_minute(timezone.now()))

    assert late.status_code == 410
    assert [one.person for one in Enrolment.objects.all()] == [eve]
    assert [one.person for one in Sitting.objects.all()] == [eve]
    assert [one.person for one in Reflection.objects.all()] == [eve]


def test_an_old_page_of_leaving_leaves_no_newer_path(
    begun: Callable[..., Client], amara: User, begin: Begin
) -> None:
    browser = begun(days=1)
    old = paths.path_of(amara)
    assert old
    browser.post("/path/leave/", {"path": str(old.id), "what": "keep"})
    newer = begin(amara, starts_on=TUESDAY)

    browser.post("/path/leave/", {"path": str(old.id), "what": "keep"})

    assert paths.path_of(amara) == newer


def test_after_the_course_its_last_practice_stays_and_every_other_is_open(
    begun: Callable[..., Client],
) -> None:
    browser = begun(days=14)

    page, shelf = browser.get("/today/").text, browser.get("/shelf/").text

    assert "After the course" in page and 'href="/practices/wish-well/?minutes=1"' in page
    assert "It was a hard night" not in page
    for address in ("/shelf/", "/path/after/", "/path/again/"):
        assert f'href="{address}"' in page
    for practice in ("settle", "wish-well", "arrive"):
        assert f'href="/practices/{practice}/"' in shelf


def test_looking_back_shows_the_plant_and_ones_own_lines(
    begun: Callable[..., Client], settle: Rendering
) -> None:
    browser = begun(days=14)
    _sit_and_write(browser, settle)

    page = browser.get("/path/after/").text

    assert "A young plant with 2 pairs of leaves" in page
    assert "Quiet for once." in page


def test_looking_back_waits_until_the_course_is_over(begun: Callable[..., Client]) -> None:
    browser = begun(days=13)

    assert [browser.get(f"/path/{page}/")["Location"] for page in ("after", "again")] == ["/today/", "/path/"]


def test_a_new_path_begins_and_the_old_one_is_kept(
    begun: Callable[..., Client], amara: User, settle: Rendering
) -> None:
    browser = begun(days=14)
    _sit_and_write(browser, settle)
    old, today = paths.path_of(amara), today_of(amara, at=timezone.now())
    assert old
    form = {"id": str(new_id()), "over": str(old.id), "starts_on": today.isoformat()}

    answers = [browser.post("/path/again/", form)["Location"] for _ in range(2)]

    new = paths.path_of(amara)
    assert new and new != old and new.starts_on == today
    assert (answers[0], Enrolment.objects.get(id=old.id).state) == ("/today/", "finished")
    assert "Week 1 · Settling" in browser.get("/today/").text
    assert "Earlier paths" in browser.get("/path/").text
    assert Sitting.objects.get().enrolment == old


def test_who_is_on_no_path_is_led_to_a_beginning(eve: User, version: object, signed_in: Browser) -> None:
    browser = signed_in(eve)

    pages = [browser.get(f"/{page}/")["Location"] for page in ("path", "path/when-and-where", "shelf")]

    assert pages == ["/begin/"] * 3
    assert browser.post("/path/turn/", {"id": str(new_id()), "kind": "pause"})["Location"] == "/begin/"


def test_a_path_of_somebody_else_cannot_be_left(
    amara: User, eve: User, begin: Begin, signed_in: Browser
) -> None:
    path = begin(amara, starts_on=TUESDAY)
    begin(eve, starts_on=TUESDAY)

    signed_in(eve).post("/path/leave/", {"path": str(path.id), "what": "erase"})

    assert paths.path_of(amara) == path


@pytest.mark.parametrize(
    ("zone", "four"),
    [
        ("Europe/Berlin", "2026-03-29T02:00:00+00:00"),
        ("Europe/Berlin", "2026-10-25T03:00:00+00:00"),
        ("Africa/Lagos", "2028-03-07T03:00:00+00:00"),
    ],
    ids=["clocks forward", "clocks back", "begun on 29 February"],
)
def test_the_second_week_opens_at_four_on_the_wall(amara: User, begin: Begin, zone: str, four: str) -> None:
    """Also where a pause of that week was over on the day on which it was made."""
    amara.time_zone = zone
    amara.save()
    opens = datetime.fromisoformat(four)
    path = begin(amara, starts_on=opens.date() - timedelta(days=7))
    for act in (cohorts.pause, cohorts.resume):
        act(amara, page=new_id(), at=opens - timedelta(days=1))

    shown = [queries.today_page(amara, path, at=opens - timedelta(seconds=s)).place for s in (1, 0)]

    assert shown == ["Week 1 · Settling", "Week 2 · Somebody dear"]


def test_over_the_date_line_and_back_nothing_counts_twice(
    amara: User, begin: Begin, settle: Rendering
) -> None:
    """From Auckland to Honolulu it is the day before again; a pause made before the flight holds after it."""
    path = begin(amara, starts_on=date(2026, 11, 20))
    morning = datetime.fromisoformat("2026-11-24T20:00:00+00:00")
    rules = []
    for zone, hours in (("Pacific/Auckland", 0), ("Pacific/Honolulu", 1), ("Pacific/Auckland", 2)):
        amara.time_zone = zone
        amara.save()
        at = morning + timedelta(hours=hours)
        if hours == 0:
            cohorts.pause(amara, page=new_id(), at=at)
        today = queries.today_page(amara, path, at=at)
        rules.append((today_of(amara, at=at).day, str(today.rule)))

    cohorts.resume(amara, page=new_id(), at=morning + timedelta(hours=3))

    assert rules == [(25, "paused"), (24, "paused"), (25, "paused")]
    assert queries.today_page(amara, path, at=morning + timedelta(hours=3)).place == "Week 1 · Settling"


def test_looking_back_announces_letters_without_a_word_of_them(begun: Callable[..., Client]) -> None:
    browser = begun(days=14)
    letter = {"id": str(new_id()), "body": "Dear me, well done.", "opens_on": "2030-05-01"}
    browser.post("/journal/letters/", letter)

    page = browser.get("/path/after/").text

    assert "Sealed until 1 May 2030" in page and "Dear me" not in page
