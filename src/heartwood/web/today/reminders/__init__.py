"""Reminders: whether and when somebody is told that now is the moment. Their due rows lie in `delivery`."""
