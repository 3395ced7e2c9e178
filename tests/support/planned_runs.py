"""Runs of plans on the small catalogue, as a scheduler starts them."""

import json
import shutil
from pathlib import Path

import in_process
from jsonschema import Draft202012Validator

from cli import runs

SCHEMA = json.loads((Path(runs.__file__).parent / "run_report.schema.json").read_text(encoding="utf-8"))
Draft202012Validator.check_schema(SCHEMA)
HEAD = '[defaults]\nplatform = "house"\nstore = "file:out"\n'
DELIVER = '[[steps]]\ndo = "deliver"\nterritory = "KR"\n'


def run(catalogue, plan, *options, code=0):
    """A run of a plan: its report, which is printed and lies in a file alike."""
    path, report = catalogue / "밤.toml", catalogue / "report.json"
    path.write_text(plan, encoding="utf-8")
    done = in_process.run("run", path, "-C", catalogue, "--json", "--report", report, *options)
    assert done.returncode == code, done.stdout + done.stderr
    told = json.loads(report.read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(told)
    if code != 130:
        assert json.loads(done.stdout) == told
    assert told["exit_code"] == code
    return told


def states(step):
    return {item["title"]: item["state"] for item in step["items"]}


def copy_title(catalogue, name):
    shutil.copytree(catalogue / "titles/small-film", catalogue / "titles" / name)
