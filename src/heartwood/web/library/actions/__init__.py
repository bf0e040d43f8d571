"""Publishing, and wanting, making and finishing a practice as sound."""

from heartwood.web.library.actions.making import (
    AT_ONCE,
    claim,
    fail,
    finish,
    give_back,
    make_again,
    mend,
    note_progress,
)
from heartwood.web.library.actions.publishing import (
    keep_lengths,
    publish,
    publish_shipped,
    store_reading,
    want_week,
)
from heartwood.web.library.actions.wanting import want, want_reading, want_unguided

__all__ = [
    "AT_ONCE",
    "claim",
    "fail",
    "finish",
    "give_back",
    "keep_lengths",
    "make_again",
    "mend",
    "note_progress",
    "publish",
    "publish_shipped",
    "store_reading",
    "want",
    "want_reading",
    "want_unguided",
    "want_week",
]
