"""Every write of the discussion: one user intention = one transaction = one audit entry.

``readers`` holds what authors, the machine and importers do, ``moderators`` what people at the desk decide;
both move a comment through ``moves``, which changes the row only if it is still as the caller saw it.
"""

from palabre.discussion.actions.moderators import (
    claim,
    dismiss,
    publish,
    refuse,
    release,
    remove,
    restore,
    undo,
    uphold,
)
from palabre.discussion.actions.moves import Lost, NotAllowed
from palabre.discussion.actions.readers import (
    Receipt,
    Submission,
    appeal,
    correct,
    describe_thread,
    erase,
    hold,
    import_comment,
    open_thread,
    publish_by_machine,
    submit,
    withdraw,
)

__all__ = [
    "Lost",
    "NotAllowed",
    "Receipt",
    "Submission",
    "appeal",
    "claim",
    "correct",
    "describe_thread",
    "dismiss",
    "erase",
    "hold",
    "import_comment",
    "open_thread",
    "publish",
    "publish_by_machine",
    "refuse",
    "release",
    "remove",
    "restore",
    "submit",
    "undo",
    "uphold",
    "withdraw",
]
