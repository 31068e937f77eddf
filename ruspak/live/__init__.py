"""The class votes: `python -m ruspak live` serves the course to the room, asks it, shows what it thinks."""
