"""The journal: writing, reading, finding, taking along."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heartwood.web.kit.ids import new_id
from heartwood.web.kit.privacy import private
from heartwood.web.people.models import User
from heartwood.web.practices import actions, journal_files, queries
from heartwood.web.practices.acts_views import _moment
from heartwood.web.practices.records import Differs, Gone, NotKnown, Refused, RefusedTags


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor holds, and which saving of which open page it would be."""

    id: UUID
    body: str = ""
    tags: str = ""
    prompt: str = ""
    base: int = 0
    error: Refused | None = None
    writing: UUID | str = field(default_factory=new_id)

    @property
    def is_tags(self) -> bool:
        """The error is of the tags."""
        return isinstance(self.error, RefusedTags)


@private
@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    before = _moment(request.GET.get("before", ""))
    page = queries.journal(_person(request), before=before, at=timezone.now())
    return render(request, "practices/journal.html", {"page": page})


@private
@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """An empty page, with a question above it where one was chosen."""
    week, number = request.GET.get("week", ""), request.GET.get("question", "")
    asked = queries.question(_person(request), week=week, number=number) if week else ""
    return _editor(request, Draft(new_id(), prompt=asked))


@private
@login_required
@require_safe
def read(request: HttpRequest, identity: UUID) -> HttpResponse:
    page = _own(request, identity)
    text_url = queries.text_asking(_person(request), page.prompt)
    return render(request, "practices/page.html", {"page": page, "text_url": text_url})


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Write a page, or write on."""
    if request.method == "POST":
        return _keep(request, identity)
    page = _own(request, identity)
    return _editor(request, Draft(page.id, page.body, ", ".join(page.tags), page.prompt, page.revision))


def _keep(request: HttpRequest, identity: UUID) -> HttpResponse:
    sent = request.POST
    draft = Draft(
        identity, sent.get("body", ""), sent.get("tags", ""), sent.get("prompt", ""),
        _whole(sent.get("base", "")), writing=sent.get("writing", ""),
    )  # fmt: skip
    written = actions.Written(draft.body, tuple(draft.tags.split(",")), draft.prompt)
    try:
        saving = actions.Saving(
            _identity(sent.get("writing", "")), _whole(sent.get("number", "")), draft.base
        )
        actions.keep_reflection(_person(request), identity, written, saving=saving, at=timezone.now())
    except Refused as error:
        return _editor(request, _with_error(draft, error), status=422)
    except Differs as error:
        messages.info(request, str(error))
    except (NotKnown, Gone):
        raise Http404 from None
    else:
        messages.success(request, _("Your page is kept."))
    return redirect("practices:page", identity)


@private
@login_required
@require_POST
def part(request: HttpRequest, identity: UUID, version: UUID) -> HttpResponse:
    """Make the version beside a page a page of its own."""
    try:
        actions.part_version(_person(request), identity, version, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:page", version)


@private
@login_required
@require_POST
def delete(request: HttpRequest, identity: UUID) -> HttpResponse:
    """At once; for an hour the journal offers it back."""
    try:
        actions.delete_reflection(_person(request), identity, at=timezone.now())
    except NotKnown:
        raise Http404 from None
    return redirect("practices:journal")


@sensitive_post_parameters()
@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find a word in one's own lines. It is sent in the form and stands in no address."""
    words = request.POST.get("words", "")[:200]
    found = queries.search(_person(request), words) if words.strip() else None
    return render(request, "practices/search.html", {"words": words, "found": found})


@private
@login_required
@require_safe
def take_along(request: HttpRequest, form: str) -> HttpResponse:
    """The whole journal as a file."""
    if form not in journal_files.MEDIA_TYPES:
        raise Http404
    pages = queries.all_pages(_person(request))
    if form == "md":
        content = journal_files.as_markdown(pages)
    elif form == "json":
        content = journal_files.as_json(pages)
    else:
        language = translation.get_language() or "en"
        content = journal_files.as_epub(
            pages, identity=_person(request).id, language=language, at=timezone.now()
        )
    response = HttpResponse(content, content_type=journal_files.MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="journal.{form}"'
    return response


def _editor(request: HttpRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    return render(request, "practices/write.html", {"draft": draft}, status=status)


def _with_error(draft: Draft, error: Refused) -> Draft:
    writing = draft.writing or new_id()
    return Draft(draft.id, draft.body, draft.tags, draft.prompt, draft.base, error, writing)


def _own(request: HttpRequest, identity: UUID) -> queries.JournalPage:
    page = queries.page_of(_person(request), identity)
    if page is None:
        raise Http404
    return page


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _identity(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("This page has lost its id. Copy what you wrote, and load the page again.")) from None
