"""What somebody practised, what they wrote, and what became of an id."""

from heartwood.web.practices.models.letters import Letter
from heartwood.web.practices.models.sittings import Sitting, SittingEvent
from heartwood.web.practices.models.traces import Deleted, LetGo, Twin
from heartwood.web.practices.models.voice import VoiceNote
from heartwood.web.practices.models.written import CaringAct, Reflection

__all__ = [
    "CaringAct",
    "Deleted",
    "LetGo",
    "Letter",
    "Reflection",
    "Sitting",
    "SittingEvent",
    "Twin",
    "VoiceNote",
]
