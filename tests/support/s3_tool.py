"""The commands of the product, pointed at one bucket of a real server."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAMS = Path(sys.executable).parent


class Tool:
    """The commands, pointed at one bucket."""

    def __init__(self, server, bucket, catalogue):
        self.environment = {**os.environ, **server.environment, "RELEASEPRINT_STORE": f"s3://{bucket}/배급"}
        self.catalogue = catalogue

    def start(self, program, *arguments):
        command = [str(PROGRAMS / program), *arguments, "-C", str(self.catalogue)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.environment, text=True, **pipes)

    def run(self, program, *arguments, code=0):
        process = self.start(program, *arguments)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == code, out + errors
        return out

    def packages(self):
        return json.loads(self.run("releaseprint", "packages", "--json"))
