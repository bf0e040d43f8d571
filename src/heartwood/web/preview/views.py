"""A course folder as the people who take the course will see and hear it, read anew at every request."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heartwood import content
from heartwood import practice as practices
from heartwood.content import ReadCourse
from heartwood.content.files import read_files
from heartwood.content.findings import Findings
from heartwood.errors import HeartwoodError, UnknownName
from heartwood.practice import Script, as_minutes, read_minutes
from heartwood.practice.renderings import voices_for
from heartwood.web.kit.prose import to_html
from heartwood.web.library import ranges, voices
from heartwood.web.practices.queries import PlayerPage, lengths_offered
from heartwood.web.preview import places, sounds


@require_safe
def course(request: HttpRequest) -> HttpResponse:
    """Everything amiss, then all there is to read and to hear."""
    found = _read()
    if isinstance(found, HeartwoodError):
        return _amiss(request, found)
    return render(
        request,
        "preview/course.html",
        {
            "course": found.course,
            "findings": content.check_course(places.folder()),
            "scripts": sorted(found.scripts.values(), key=lambda script: script.title),
            "files": [path for path in sorted(found.files) if path.endswith(".md") and "script." not in path],
            "stamp": _stamp(),
        },
    )


@require_safe
def read(request: HttpRequest, file: str) -> HttpResponse:
    """One Markdown file as prose."""
    found = _read()
    if isinstance(found, HeartwoodError):
        return _amiss(request, found)
    if not file.endswith(".md") or file not in found.files:
        raise Http404
    title, _, body = found.files[file].partition("\n")
    page = {
        "title": title.removeprefix("# "),
        "file": file,
        "html": to_html(body, under=1),
        "stamp": _stamp(),
    }
    return render(request, "preview/read.html", page)


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of a practice; with a length, the player."""
    found = _read()
    if isinstance(found, HeartwoodError):
        return _amiss(request, found)
    try:
        script = found.script(slug)
    except UnknownName:
        raise Http404 from None
    minutes, voice = request.GET.get("minutes", ""), request.GET.get("voice", voices.default_voice())
    offered = [card.name for card in voices_for(found.course.language.partition("-")[0])]
    if not minutes:
        return _words(request, script, voice, offered)
    try:
        milliseconds = read_minutes(minutes)
        practices.check_length(script, milliseconds)
        if voice not in offered:
            raise UnknownName(f"There is no voice '{voice}' here. There are: {', '.join(offered)}.")
    except HeartwoodError as error:
        return _words(request, script, voices.default_voice(), offered, error=str(error))
    making = sounds.want(found, slug, milliseconds=milliseconds, voice=voice)
    if making.state == "failed":
        return _words(request, script, voice, offered, error=making.trouble)
    page = _player_page(found, script, making, milliseconds=milliseconds, voice=voice)
    of = f"practices/{slug}/"
    return render(request, "preview/player.html", {"page": page, "stamp": _stamp(of), "of": of})


def _words(
    request: HttpRequest, script: Script, voice: str, offered: list[str], *, error: str = ""
) -> HttpResponse:
    """offered: the voices that can say this course, by name."""
    page = {
        "script": script,
        "lines": [cue.text for cue in practices.cues(script)],
        "usual": as_minutes(script.default_ms),
        "shortest": as_minutes(script.shortest_ms),
        "longest": as_minutes(script.longest_ms),
        "voices": [(name, name == voice) for name in offered],
        "error": error,
        "stamp": _stamp(),
    }
    return render(request, "preview/practice.html", page, status=422 if error else 200)


def _player_page(
    found: ReadCourse, script: Script, making: sounds.Making, *, milliseconds: int, voice: str
) -> PlayerPage:
    """The stranger's player, to which nothing can be sent."""
    is_ready = making.state == "ready"
    week = next((week.title for week in found.course.weeks if script.id in week.practices), "")
    return PlayerPage(
        title=script.title,
        week_title=week,
        minutes=as_minutes(milliseconds),
        lengths=lengths_offered(script),
        voice=voice,
        rendering=UUID(making.key),
        length_ms=milliseconds,
        sound_url=reverse("sound", args=[making.key]) if is_ready else "",
        progress_url=reverse("making", args=[making.key]),
        progress=0,
        events=making.timeline,
        transcript=tuple(event["text"] for event in making.timeline if event["kind"] == "cue"),
        stranger=True,
        back_url="/",
    )


@require_safe
def making(request: HttpRequest, key: str) -> HttpResponse:
    """How far a sound is, as the player asks for it. What failed is told by the page itself."""
    known = sounds.known(key)
    if known is None:
        raise Http404
    return JsonResponse({"state": "making" if known.state == "making" else "ready", "progress": 0})


@require_safe
def sound(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file, or the slice of it without which a browser cannot seek."""
    known = sounds.known(key)
    if known is None or known.state != "ready":
        raise Http404
    size = known.path.stat().st_size
    try:
        wanted = ranges.asked_slice(request.headers.get("Range", ""), size)
    except ranges.PastTheEnd:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if wanted is None:
        response: HttpResponseBase = FileResponse(known.path.open("rb"), content_type="audio/mp4")
    else:
        pieces = ranges.chunks(known.path, wanted)
        response = StreamingHttpResponse(pieces, status=206, content_type="audio/mp4")
        response["Content-Range"] = f"bytes {wanted.first}-{wanted.last}/{size}"
        response["Content-Length"] = str(wanted.length)
    response["Accept-Ranges"] = "bytes"
    return response


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """What the folder holds now, as a page asks to know whether it is out of date."""
    answer = HttpResponse(_stamp(request.GET.get("of", "")), content_type="text/plain")
    answer["Cache-Control"] = "no-store"
    return answer


def _read() -> ReadCourse | HeartwoodError:
    try:
        return content.read_course(places.folder())
    except HeartwoodError as error:
        return error


def _amiss(request: HttpRequest, error: HeartwoodError) -> HttpResponse:
    """What cannot be read, in sentences; the page comes back by itself when it is mended."""
    try:
        found = [str(finding) for finding in content.check_course(places.folder())]
    except HeartwoodError:
        found = []
    page = {"findings": found or [str(error)], "stamp": _stamp()}
    return render(request, "preview/amiss.html", page, status=422)


def _stamp(of: str = "") -> str:
    """Names what the files below a place say now, readable or not."""
    findings = Findings()
    files = read_files(places.folder(), findings)
    told = [f"{path}\0{text}" for path, text in sorted(files.items()) if path.startswith(of)]
    return sha256("\0".join([*told, *map(str, findings.found)]).encode()).hexdigest()
