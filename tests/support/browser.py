"""Chromium without a window, driven by its own protocol (CDP) over a pair of pipes: no driver, no port, no network."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run", "--mute-audio",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
SECONDS = 60
NAMED = {" ": ("Space", 32), "Enter": ("Enter", 13), "Tab": ("Tab", 9), "Escape": ("Escape", 27)}


class Browser:
    """One page. `said` are the messages of its console and its uncaught errors, `asked` the addresses it asked for."""

    def __init__(self, to_it, from_it):
        self.to_it, self.from_it = to_it, from_it
        self.number, self.rest, self.session = 0, b"", None
        self.said, self.asked, self.events = [], [], []

    def send(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_it, json.dumps(message).encode() + b"\0")
        return self._wait(lambda got: got.get("id") == self.number)["result"]

    def open(self, address):
        self.events.clear()
        self.send("Page.navigate", url=address)
        self._wait(lambda got: got.get("method") == "Page.loadEventFired")

    def run(self, script):
        """The value of an expression in the page; promises are awaited."""
        done = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def until(self, script):
        """Waits until an expression is true."""
        end = time.monotonic() + SECONDS
        while not (value := self.run(script)):
            assert time.monotonic() < end, f"{script} did not come true; {self.said}"
            time.sleep(0.02)
        return value

    def press(self, *keys):
        for key in keys:
            code, number = NAMED.get(key, ("", 0))
            text = {} if code and key != " " else {"text": key}
            self.send(
                "Input.dispatchKeyEvent", type="keyDown", key=key, code=code, windowsVirtualKeyCode=number, **text
            )
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, code=code, windowsVirtualKeyCode=number)

    def click(self, selector):
        place = self.run(
            f"(() => {{ const n = document.querySelector({selector!r}); n.scrollIntoView({{block: 'center'}});"
            "const b = n.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def window(self, width, height, *, dark=False):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path, *, whole=True):
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self):
        return base64.b64decode(self.send("Page.printToPDF", printBackground=True)["data"])

    def _wait(self, wanted):
        for number, got in enumerate(self.events):
            if wanted(got):
                return self.events.pop(number)
        end = time.monotonic() + SECONDS
        while True:
            got = self._read(end)
            self._keep(got)
            if wanted(got):
                assert "error" not in got, got["error"]
                return got
            if "method" in got:
                self.events.append(got)

    def _read(self, end):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.from_it], [], [], max(0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            self.rest += os.read(self.from_it, 1 << 20)
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def _keep(self, got):
        match got.get("method"):
            case "Runtime.exceptionThrown":
                self.said.append(got["params"]["exceptionDetails"])
            case "Log.entryAdded":
                self.said.append(got["params"]["entry"])
            case "Network.requestWillBeSent":
                self.asked.append(got["params"]["request"]["url"])


@contextmanager
def browser():
    """A browser with an empty profile and one empty page."""
    to_child, to_it = os.pipe()
    from_it, from_child = os.pipe()

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # The protocol's pipes are the descriptors 3 and 4, which a shell sets up.
        start = f'exec "$0" "$@" 3<&{to_child} 4>&{from_child}'
        child = subprocess.Popen(
            ["bash", "-c", start, CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        try:
            page = Browser(to_it, from_it)
            target = page.send("Target.createTarget", url="about:blank")["targetId"]
            page.session = page.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                page.send(f"{domain}.enable")
            yield page
        finally:
            child.terminate()
            child.wait(20)
            os.close(to_it)
            os.close(from_it)
