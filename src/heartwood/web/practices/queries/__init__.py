"""What is read of practice: the player's page, a person's own history, and everything held of them."""

from heartwood.web.practices.queries.acts import (
    WAYS,
    Act,
    ActsPage,
    act_of,
    acts_on,
    acts_page,
    days_with_acts,
)
from heartwood.web.practices.queries.asking import (
    Asks,
    Question,
    asks_now,
    question,
    questions_of,
    text_asking,
)
from heartwood.web.practices.queries.growing import Day, Grown, days_with_practice, grown, times_with
from heartwood.web.practices.queries.held import collect
from heartwood.web.practices.queries.history import HistoryPage, history_page, lines_since, sitting_of
from heartwood.web.practices.queries.journal import (
    Journal,
    JournalPage,
    all_pages,
    days_with_reflections,
    journal,
    page_of,
    search,
    today_pages,
)
from heartwood.web.practices.queries.letters import (
    LettersPage,
    LetterToSelf,
    letter_is_here,
    letter_of,
    letters_page,
    unopened_letters,
)
from heartwood.web.practices.queries.player import PlayerPage, lengths_offered, player_page, unguided_page
from heartwood.web.practices.queries.practised import practised_by_day, practised_on, sat
from heartwood.web.practices.queries.voice import VoicePage, recording, voice_page

__all__ = [
    "Act",
    "Asks",
    "Question",
    "asks_now",
    "questions_of",
    "text_asking",
    "ActsPage",
    "Day",
    "Grown",
    "HistoryPage",
    "Journal",
    "JournalPage",
    "LetterToSelf",
    "LettersPage",
    "PlayerPage",
    "VoicePage",
    "WAYS",
    "act_of",
    "acts_on",
    "acts_page",
    "all_pages",
    "collect",
    "days_with_acts",
    "days_with_reflections",
    "days_with_practice",
    "grown",
    "history_page",
    "journal",
    "lengths_offered",
    "letter_is_here",
    "unopened_letters",
    "letter_of",
    "letters_page",
    "lines_since",
    "page_of",
    "player_page",
    "practised_by_day",
    "practised_on",
    "question",
    "recording",
    "sat",
    "search",
    "sitting_of",
    "today_pages",
    "times_with",
    "unguided_page",
    "voice_page",
]
