"""What a person reads on Today, taken from the page as it was served, in the oracle's words."""

from __future__ import annotations

import re
from html import unescape

from tests.lives.oracle import Shown

RULES = {
    "The course has not begun yet": 1,
    "You have let your path rest": 2,
    "The weeks lie behind you": 3,
    "This is the practice for coming in": 4,
    "You said that it was a hard night": 5,
    "Today you have practised as long": 6,
    "It is this week’s practice": 7,
    "The practices of a week take turns": 7,
}
"""How *Why this?* begins under each rule."""
PRACTICE = re.compile(r'href="/practices/([a-z-]+)/\?minutes=([0-9.]+)"')
LINK_OF_PRACTICE = re.compile(r'<li><a href="/practices/([a-z-]+)/\?minutes=([0-9.]+)">(.*?)</li>', re.S)
WEEK = re.compile(r"Week (\d+) ·")

Facts = dict[str, object]


def read(page: str, *, weeks: int) -> Facts:
    """Rule, week and so on, as far as the page lets them be seen."""
    main = page.partition("<main")[2].partition("</main>")[0]
    why = unescape(re.search(r"today__why.*?<p>(.*?)</p>", main, re.S)[1])  # type: ignore[index]
    rule = next(number for words, number in RULES.items() if why.startswith(words))
    greeting = main.partition("</h1>")[0]
    named = WEEK.search(greeting)
    asked = main.partition('class="today__practice')[2].partition("</section>")[0]
    beside = main.partition('class="today__beside')[2]
    links = [(name, _ms(minutes), words) for name, minutes, words in LINK_OF_PRACTICE.findall(beside)]
    first = PRACTICE.search(asked)
    assert first, "no practice stands first"
    unfinished = [name for name, _, words in links if "To take up where you like" in words]
    after = [(first[1], _ms(first[2])), *((name, ms) for name, ms, _ in links)]
    return {
        "rule": rule,
        "week": int(named[1]) - 1 if named else None,
        "first": (first[1], _ms(first[2])),
        "after": tuple(after) if rule == 3 else (),
        "reading": bool(re.search(r'href="/weeks/\d+/reading/"', beside)),
        "unfinished": unfinished[0] if unfinished else None,
        "daily_life": 'id="daily-life"' in beside,
        "hard_night": 'action="/today/hard-night/"' in main,
        "choice": _choice(beside),
    }


def wanted(should: Shown, *, weeks: int) -> Facts:
    """What the oracle wants, as far as a page shows it. A path at rest past its end shows the last week."""
    week = None if should.rule in (1, 3) or should.week is None else min(should.week, weeks - 1)
    first = should.after[0] if should.rule == 3 else (should.practice, should.length_ms)
    return {
        "rule": should.rule,
        "week": week,
        "first": first,
        "after": should.after if should.rule == 3 else (),
        "reading": should.reading,
        "unfinished": should.unfinished,
        "daily_life": should.daily_life,
        "hard_night": should.hard_night,
        "choice": should.choice,
    }


def open_weeks(page: str) -> tuple[int, ...]:
    """The places of the weeks to which the page of weeks links."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return tuple(sorted({int(number) - 1 for number in re.findall(r'href="/weeks/(\d+)/"', main)}))


def words_of(page: str) -> list[str]:
    """The lines of a page that a person reads or hears."""
    main = re.sub(r"<(script|style)\b.*?</\1>", " ", page.partition("<body")[2], flags=re.S)
    heard = re.findall(r'(?:alt|title|aria-label|placeholder|content)="([^"]*)"', main)
    lines = re.sub(r"<[^>]+>", "\n", "<" + main).splitlines()
    return [unescape(line).strip() for line in (*lines, *heard) if line.strip()]


def _choice(beside: str) -> tuple[int, int] | None:
    road = beside.partition('aria-labelledby="crossroad"')[2].partition("</section>")[0]
    if not road:
        return None
    on, up = re.search(r'href="/weeks/(\d+)/"', road), re.search(r'name="place" value="(\d+)"', road)
    assert on and up
    return int(on[1]) - 1, int(up[1])


def _ms(minutes: str) -> int:
    return round(float(minutes) * 60_000)
