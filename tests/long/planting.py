"""Every way by which the pages and the API take words of a person, each with a sentence of its own.

What is sent is what a browser would send; nothing of Heartwood's code is used.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request
from uuid import uuid4

from tests.visitor import Page, Visitor

TOO_LONG = 120_000


@dataclass
class Garden:
    """Somebody at work in their pages.

    planted  by the way it went in, the one word that gives a sentence away
    """

    person: Visitor
    stranger: Visitor
    planted: dict[str, str] = field(default_factory=dict)

    def sow(self, way: str, *, repeated: int = 1) -> str:
        """A sentence nobody else writes, with signs that some encodings change."""
        word = f"heronbythewater{secrets.token_hex(8)}"
        self.planted[way] = word
        return " ".join([f"{word} & Grandmother’s “blue” crème <b>boat</b>, {way}."] * repeated)

    def token(self) -> str:
        page = self.person.get("/settings/")
        return page.forms[-1].fields["csrfmiddlewaretoken"]

    def post(self, path: str, *, person: Visitor | None = None, **fields: object) -> Page:
        person = person or self.person
        told = {"csrfmiddlewaretoken": self.token(), **fields}
        body = urlencode(told, doseq=True).encode()
        return person._ask(Request(urljoin(person.url, path), data=body, headers={"Origin": person.url}))

    def json(self, method: str, path: str, **content: object) -> Page:
        return self.person.send(method, path, content, token=self.token())

    def plant(self) -> None:
        """All of them. Each answer that must be good is looked at: what was refused unseen shows nothing."""
        for kept in (self._journal, self._acts, self._letters, self._sittings, self._settings, self._bring):
            kept()
        self._amiss()

    def _page(self, identity: str, body: str, **more: object) -> Page:
        told = {"writing": str(uuid4()), "number": 0, "base": 0, "save": str(uuid4()), **more}
        return self.json("PUT", f"/api/journal/{identity}", body=body, **told)

    def _journal(self) -> None:
        one, two, gone = (str(uuid4()) for _ in range(3))
        good(self._page(one, self.sow("a page"), tags=[self.sow("a tag")[:40]], prompt=self.sow("a prompt")))
        good(self._page(one, self.sow("a page changed"), base=1, number=1))
        good(self._page(one, self.sow("another version of a page"), base=0), but=409)
        for kind in ("morning", "evening"):
            good(self._page(str(uuid4()), self.sow(f"a word in the {kind}"), kind=kind))
            by_form = self.sow(f"a word in the {kind} by its form")
            good(self.post("/journal/day/", id=str(uuid4()), kind=kind, body=by_form))
        edit = {"writing": str(uuid4()), "number": 0, "base": 0, "tags": ""}
        good(self.post(f"/journal/{two}/edit/", body=self.sow("a page by its form"), **edit))
        good(self._page(gone, self.sow("a page let go of")))
        good(self.post(f"/journal/{gone}/delete/"))
        good(self.post("/journal/search/", words="heron"))
        good(self.post("/journal/search/", words=self.sow("a search")))
        good(self.json("PUT", f"/api/reflections/{uuid4()}", body=self.sow("a line")))
        sound = b"\x1aE\xdf\xa3" + self.sow("a voice note").encode() * 20
        good(self.voice(f"/journal/voice/{uuid4()}/", sound))
        for form in ("md", "epub", "json"):
            good(self.person.get(f"/journal/as/{form}/"))

    def voice(self, path: str, sound: bytes) -> Page:
        headers = {"Content-Type": "audio/webm", "X-Length-Ms": "4000", "X-CSRFToken": self.token()}
        headers["Origin"] = self.person.url
        return self.person._ask(Request(urljoin(self.person.url, path), data=sound, headers=headers))

    def _acts(self) -> None:
        one, two = str(uuid4()), str(uuid4())
        clock = {"wall_ms": _now_ms(), "sent_ms": _now_ms()}
        good(self.post("/acts/", id=str(uuid4()), line=self.sow("an act"), direction="others"))
        good(
            self.json(
                "PUT", f"/api/acts/{one}", line=self.sow("an act that waited"), direction="self", **clock
            )
        )
        answer = self.json("PUT", f"/api/acts/{one}", line=self.sow("its twin"), direction="self", **clock)
        assert answer.status == 409
        good(self.post(f"/acts/{one}/correct/", line=self.sow("an act corrected"), direction="others"))
        good(
            self.json("PUT", f"/api/acts/{two}", line=self.sow("an act let go of"), direction="self", **clock)
        )
        good(self.post(f"/acts/{two}/delete/"))
        good(self.post("/acts/propose/", line=self.sow("an act proposed"), direction="others"))

    def _letters(self) -> None:
        later = (date.today() + timedelta(days=30)).isoformat()
        for way in ("a letter to oneself", "a letter let go of"):
            identity = str(uuid4())
            good(self.post("/journal/letters/", id=identity, body=self.sow(way), opens_on=later))
        good(self.post(f"/journal/letters/{identity}/delete/"))

    def _sittings(self) -> None:
        day, one = (date.today() - timedelta(days=1)).isoformat(), str(uuid4())
        told = {"day": day, "time": "10:00", "minutes": 5}
        good(self.post("/sittings/add/", id=one, title=self.sow("a sitting by hand"), **told))
        good(self.post("/sittings/add/", id=one, title=self.sow("a sitting told otherwise"), **told))
        gone = str(uuid4())
        good(self.post("/sittings/add/", id=gone, title=self.sow("a sitting let go of"), **told))
        good(self.post(f"/sittings/{gone}/delete/"))

    def _settings(self) -> None:
        place = {"days_a_week": "", "time": "07:30", "minutes": ""}
        good(self.post("/path/when-and-where/", place=self.sow("where"), **place))
        reminder = {"way": "calendar", "habit": "", "time": "07:30", "weekdays": ["0"], "quiet_from": ""}
        words = self.sow("a reminder’s own words")
        good(self.post("/reminders/", words=words, quiet_until="", **reminder))
        good(self.post("/settings/lock/", minutes="", pin=self.sow("a PIN that is none")), but=422)

    def _bring(self) -> None:
        held = json.loads(good(self.person.get("/settings/export/")).text)
        for way, ends in (("brought", "bring"), ("brought and left", "leave")):
            page = dict(held["practices"]["reflections"][0])
            page |= {"id": str(uuid4()), "body": self.sow(f"a page {way}")}
            held["practices"]["reflections"] = [page]
            good(self._bring_file(json.dumps(held, ensure_ascii=False).encode()))
            good(self.post("/settings/bring/", step=ends))
        torn = json.dumps(held, ensure_ascii=False).replace(page["body"], self.sow("a torn file"))[:-20]
        good(self._bring_file(torn.encode()), but=422)

    def _bring_file(self, content: bytes) -> Page:
        edge = secrets.token_hex(12)
        parts = [("csrfmiddlewaretoken", "", self.token().encode()), ("step", "", b"look"),
                 ("file", f'; filename="{quote(self.sow("the name of a file"))}.json"', content)]  # fmt: skip
        body = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
            + value
            + b"\r\n"
            for name, more, value in parts
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": self.person.url}
        path = urljoin(self.person.url, "/settings/bring/")
        return self.person._ask(Request(path, data=body + f"--{edge}--\r\n".encode(), headers=headers))

    def _amiss(self) -> None:
        """What is refused, malformed or lost on its way; also what a browser tells besides."""
        long = {"repeated": TOO_LONG // 60}
        good(self._page(str(uuid4()), self.sow("a page far too long", **long)), but=422)
        good(self.post("/acts/", id=str(uuid4()), line=self.sow("an act too long", repeated=40)), but=422)
        good(self.post("/journal/letters/", id=str(uuid4()), body=self.sow("a letter for yesterday"),
                       opens_on="2020-01-01"), but=422)  # fmt: skip
        good(
            self.json("PUT", f"/api/reflections/{uuid4()}", body=[self.sow("a line of another shape")]),
            but=422,
        )
        good(self.json("PUT", f"/api/reflections/{quote(self.sow('an id'), safe='')}", body="x"), but=404)
        good(self.person.get(f"/journal/{quote(self.sow('an address'), safe='')}/"), but=404)
        good(self.person.get(f"/journal/?words={quote(self.sow('a query'))}"))
        for path in ("/join/{}/", "/calendar/{}.ics", "/address/{}/", "/practices/arrive/?minutes={}"):
            self.person.get(path.format(quote(self.sow(f"an address like {path}"), safe="")))
        good(self._raw("PUT", f"/api/acts/{uuid4()}", f'{{"line": "{self.sow("broken JSON")}'), but=400)
        good(self._told_besides(Referer=f"https://example.org/{quote(self.sow('a referrer'))}"))
        good(self._told_besides(**{"User-Agent": quote(self.sow("a browser’s name"))}))
        forged = {"csrfmiddlewaretoken": "x" * 64, "line": self.sow("a forged form"), "direction": "others"}
        good(self.post("/acts/", **forged), but=403)
        self._told_besides(by=self.stranger, Cookie=f"sessionid={quote(self.sow('a cookie'))}")
        stranger = {"email": "nobody@example.org", "password": self.sow("a wrong password")}
        self._as_stranger("/sign-in/", **stranger)
        self._as_stranger("/acts/", line=self.sow("sent when signed out"), direction="others")

    def _raw(self, method: str, path: str, content: str) -> Page:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token(), "Origin": self.person.url}
        return self.person._ask(
            Request(urljoin(self.person.url, path), data=content.encode(), headers=headers, method=method)
        )

    def _told_besides(self, *, by: Visitor | None = None, **headers: str) -> Page:
        return (by or self.person)._ask(Request(urljoin(self.person.url, "/journal/"), headers=headers))

    def _as_stranger(self, path: str, **fields: object) -> None:
        page = self.stranger.get("/sign-in/")
        token = page.forms[-1].fields["csrfmiddlewaretoken"]
        self.post(path, person=self.stranger, **{**fields, "csrfmiddlewaretoken": token})


def good(page: Page, *, but: int = 200) -> Page:
    assert page.status == but, f"{page.url} answered {page.status}: {page.text[:1500]}"
    return page


def _now_ms() -> int:
    return round(time.time() * 1000)
