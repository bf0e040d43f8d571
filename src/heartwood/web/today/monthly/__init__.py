"""A letter a month, for whoever wants one after the course: ours, by mail, the same for everybody."""
