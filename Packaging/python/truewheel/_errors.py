"""What is raised."""


class TruewheelError(Exception):
    """Truewheel could not be asked.

    The arguments are wrong, the program is missing, or it has another version than this package. The message says
    which, and what would be right.
    """


class ProgramEndedError(TruewheelError):
    """The program was ended by a signal before it had reported on everything: killed, or out of memory."""
