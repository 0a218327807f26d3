"""What a user can mend, and what they should know."""

import difflib
import sys
from collections.abc import Iterable


class Wrong(Exception):
    """Bad input: where, what was found, what was expected, what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` where something like it is known, else nothing."""
    folded = {k.lower(): k for k in known}
    found = difflib.get_close_matches(name.lower(), folded, 1, 0.7)
    return f"; did you mean '{folded[found[0]]}'?" if found else ""


def some(names: Iterable[str], most: int = 5) -> str:
    """A few names of many, for a message."""
    names = [str(n) for n in names]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
