"""What to do after an error whose own words cannot say it: what the system refused, and where a store is looked at."""

import errno
from collections.abc import Iterator

from assets.errors import ReleaseprintError, StoreError
from cli.running.tasks import ClusterError

_REFUSED = {
    errno.ENOSPC: "the disk is full: free space there; `releaseprint stow` leaves files to a store, "
    "and `releaseprint doctor` tells how much is free",
    errno.EDQUOT: "the quota is used up: free space, or ask for more; `releaseprint stow` leaves files to a store",
    errno.EROFS: "the file system is read-only: name a folder elsewhere, or mount it so that it can be written to",
    errno.EACCES: "this user may not: see who owns the folder with `ls -ld`, or name another one",
    errno.EPERM: "this user may not: see who owns the folder with `ls -ld`, or name another one",
    errno.EMFILE: "too many files are open: raise the limit with `ulimit -n 4096`",
    errno.EIO: "the disk failed: look at it before anything else is written there",
}
_STORE = "`releaseprint doctor --store STORE` looks at the store, its credentials and its clock"
_CLUSTER = "`dask scheduler` starts a scheduler, and `releaseprint worker ADDRESS` a worker of this tool for it"


def next_step(error: ReleaseprintError) -> str:
    """One line that says what to do next, or nothing where the error says it itself."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _REFUSED and not isinstance(error, StoreError):
            return _REFUSED[cause.errno]
    if isinstance(error, ClusterError):
        return _CLUSTER
    return _STORE if isinstance(error, StoreError) else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or error.__context__
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
