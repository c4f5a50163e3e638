"""The ways an operation can say no; each door turns them into its own words."""


class Refused(Exception):
    """Base: carries a sentence for a person, already translated, and the code of what was refused."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


class NotAllowed(Refused):
    """The actor may not do this to this object."""


class WrongState(Refused):
    """The object has moved on; nobody may do this to it now."""


class Unfit(Refused):
    """What was asked does not fit the rules: something is missing, too late, or contradicts what is there."""
