"""A Ceph Object Gateway on loopback for tests, where Debian's packages radosgw, ceph-mon, ceph-mgr and ceph-osd are.

One monitor, one manager, one store of objects in memory, one gateway; no authentication inside.
"""

import os
import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import ports
import s3_servers
from s3_servers import ACCESS_KEY, SECRET_KEY, S3Server

_PROGRAMS = ("ceph", "ceph-authtool", "ceph-mgr", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_MODES = "\n".join(
    f"ms {whom} mode = crc" for whom in ("mon client", "mon service", "mon cluster", "client", "service")
)
_MEMORY_BYTES = 4 << 30
_SECONDS = 60


def is_here() -> bool:
    """Whether all programs are installed."""
    return all(shutil.which(name) for name in _PROGRAMS)


@contextmanager
def radosgw(folder: Path) -> Iterator[S3Server]:
    """A gateway with its cluster below `folder`; stopped with all of its processes at the end."""
    first, second, port = ports.free(3)
    fsid, disk = str(uuid.uuid4()), str(uuid.uuid4())
    address = f"[v2:127.0.0.1:{first},v1:127.0.0.1:{second}]"
    _configure(folder, fsid, address, port)
    server, started = S3Server(f"http://127.0.0.1:{port}"), []

    def run(*command: str) -> str:
        done = subprocess.run([*command], cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
        return done.stdout

    def start(*command: str) -> None:
        with (folder / f"{command[0]}.out").open("wb") as out:
            arguments = [*command, "-c", str(folder / "ceph.conf"), "-f"]
            started.append(subprocess.Popen(arguments, cwd=folder, stdout=out, stderr=out, start_new_session=True))

    try:
        run("ceph-authtool", "--create-keyring", "keyring", "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        rights = [part for cap in ("mon", "osd", "mgr") for part in ("--cap", cap, "allow *")]
        run("ceph-authtool", "keyring", "--gen-key", "-n", "client.admin", *rights)
        run("monmaptool", "--create", "--addv", "a", address, "--fsid", fsid, "monmap")
        run("ceph-mon", "-c", "ceph.conf", "--mkfs", "-i", "a", "--monmap", "monmap", "--keyring", "keyring")
        start("ceph-mon", "-i", "a")
        rights = ["mon", "allow profile mgr", "osd", "allow *"]
        key = run("ceph", "-c", "ceph.conf", "auth", "get-or-create", "mgr.x", *rights)
        (folder / "mgr/keyring").write_text(key, encoding="utf-8")
        start("ceph-mgr", "-i", "x")
        run("ceph", "-c", "ceph.conf", "osd", "new", disk, "0")
        run("ceph-osd", "-c", "ceph.conf", "-i", "0", "--mkfs", "--osd-uuid", disk)
        start("ceph-osd", "-i", "0")
        user = ("--uid=tests", "--display-name=tests", f"--access-key={ACCESS_KEY}", f"--secret-key={SECRET_KEY}")
        run("radosgw-admin", "-c", "ceph.conf", "user", "create", *user)
        start("radosgw", "-n", "client.admin")
        if not s3_servers._ready(server, started[-1]):
            raise RuntimeError(
                f"radosgw did not start:\n{(folder / 'radosgw.out').read_text(errors='replace')[-2000:]}"
            )
        yield server
    finally:
        for process in reversed(started):
            _end(process)


def _configure(folder: Path, fsid: str, address: str, port: int) -> None:
    for name in ("mon", "mgr", "osd", "rgw", "run"):
        (folder / name).mkdir(parents=True)
    (folder / "ceph.conf").write_text(
        f"""\
[global]
fsid = {fsid}
mon initial members = a
mon host = {address}
{_MODES}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
mon allow pool size one = true
mon data avail crit = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = {_MEMORY_BYTES}
run dir = {folder}/run
admin socket = {folder}/run/$name.$pid.asok
log file = {folder}/run/$name.log
keyring = {folder}/keyring
[mon.a]
mon data = {folder}/mon
[mgr.x]
mgr data = {folder}/mgr
[osd.0]
osd data = {folder}/osd
[client.admin]
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
""",
        encoding="utf-8",
    )


def _end(process: subprocess.Popen) -> None:
    """Nothing of it is needed again: it is not asked to end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
