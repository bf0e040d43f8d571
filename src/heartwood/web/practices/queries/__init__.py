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
from heartwood.web.practices.queries.held import collect
from heartwood.web.practices.queries.history import HistoryPage, history_page, lines_since, sitting_of
from heartwood.web.practices.queries.player import PlayerPage, lengths_offered, player_page, unguided_page
from heartwood.web.practices.queries.practised import practised_on, sat

__all__ = [
    "WAYS",
    "Act",
    "ActsPage",
    "HistoryPage",
    "PlayerPage",
    "act_of",
    "acts_on",
    "acts_page",
    "collect",
    "days_with_acts",
    "history_page",
    "lengths_offered",
    "lines_since",
    "player_page",
    "practised_on",
    "sat",
    "sitting_of",
    "unguided_page",
]
