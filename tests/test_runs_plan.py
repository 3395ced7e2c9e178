"""PLAN.toml: what a run is asked for; everything wrong with it is told before anything is done."""

import re
import unicodedata
from pathlib import Path

import in_process
import pytest

from assets.catalogue import open_catalogue
from assets.errors import InputError
from cli import main
from cli.runs import plan as plans
from cli.runs.jobs import jobs_of

DELIVER = '[[steps]]\ndo = "deliver"\nterritory = "KR"\n'


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A catalogue of one title without any media, and one more store."""
    root = tmp_path_factory.mktemp("films")
    (root / "releaseprint.toml").write_text('[stores.archive]\nurl = "file:archive"\n', encoding="utf-8")
    (root / "titles/thaw").mkdir(parents=True)
    (root / "titles/thaw/title.toml").touch()
    return root


def faults(films, text):
    path = films / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        jobs_of(plans.read(path), open_catalogue(films), print, dry_run=False)
    return [str(fault).partition("plan.toml: ")[2] for fault in told.value.faults]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "steps: there are 0; 1 to 1000 [[steps]]"),
        ("[[steps]]\n" * 3, "line 1: steps[0].do: missing; this key is required"),
        ('steps = "check"', "line 1: steps: 'check' is not allowed; input should be a valid tuple"),
        ('[[steps]]\ndo = "dance"', "line 2: steps[0].do: 'dance' is not allowed; input should be 'check', "),
        ('[[steps]]\ndo = "check"\nplatfrom = "svod"', "line 3: steps[0].platfrom: unknown key; known: do, titles"),
        (
            '[[steps]]\ndo = "release"\nquick = true',
            "line 3: steps[0].quick: is no option of `release`; known: titles, in, who",
        ),
        ('[[steps]]\ndo = "release"\nin_ = "archive"', "line 3: steps[0].in_: unknown key; known: "),
        ('[[steps]]\ndo = "deliver"', "line 1: steps[0].territory: missing; `deliver` needs it"),
        ('[[steps]]\ndo = "redeliver"', "line 1: steps[0].titles: missing; `redeliver` needs it"),
        ('[[steps]]\ndo = "deliver"\nterritory = "kr"', "line 3: steps[0].territory: 'kr' is not a territory"),
        ('[[steps]]\ndo = "deliver"\nterritory = 82', "line 3: steps[0].territory: 82 is no text; such as 'KR,JP'"),
        ('[[steps]]\ndo = "check"\ntitles = "thaw"', "line 3: steps[0].titles: 'thaw' is not allowed"),
        ('[[steps]]\ndo = "check"\ntitles = ["../../etc"]', "line 3: steps[0].titles[0]: '../../etc' is no id"),
        ('[[steps]]\ndo = "check"\ntitles = ["눈석이"]', "line 3: steps[0].titles[0]: '눈석이' is no id"),
        ('[[steps]]\ndo = "check"\nat = "2027-01-01"', "line 3: steps[0].at: '2027-01-01' is no date"),
        ('[[steps]]\ndo = "check"\nat = 9999-01-01', "line 3: steps[0].at: the year 9999 is out of range"),
        ('[[steps]]\ndo = "check"\nquick = 1', "line 3: steps[0].quick: 1 is not allowed"),
        (DELIVER + "limit = 0", "line 4: steps[0].limit: '0' is no rate; 500k, 20M or 1G bytes a second"),
        (DELIVER + 'not_before = "soon"', "line 4: steps[0].not_before: 'soon' is no date; 2026-12-01 without quotes"),
        (DELIVER + 'window = "a/b"', "line 4: steps[0].window: 'a/b' is no id"),
        ('[defaults]\ncatalogue = "../.."', "line 2: defaults.catalogue: '../..' leads upwards"),
        ('[defaults]\nstore = "a\\u001bb"', r"line 2: defaults.store: 'a\x1bb' is empty, or has control"),
        (
            '[[steps]]\ndo = "expire"\nwho = "x\\u202ey"',
            "line 3: steps[0].who: 'x\\u202ey' is empty, or has control or invisible characters",
        ),
    ],
)
def test_a_plan_of_another_form(films, text, said):
    assert any(fault.startswith(said) for fault in faults(films, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[steps]]\ndo = "check"\nplatform = "svod"\ntitles = ["thwa"]',
            "line 4: steps[0].titles: there is no title 'thwa' in",
        ),
        ('[[steps]]\ndo = "check"\nplatform = "svdo"', "line 3: steps[0].platform: "),
        ('[defaults]\nplatform = "svdo"\n[[steps]]\ndo = "check"', "line 2: defaults.platform: "),
        ('[[steps]]\ndo = "check"', "line 1: steps[0]: no platform: --platform is needed"),
        ('[[steps]]\ndo = "release"\nin = "archvie"', "line 3: steps[0].in: there is no store 'archvie'"),
        ('[defaults]\nstore = "ftp:x"\n[[steps]]\ndo = "expire"', "line 2: defaults.store: store: ftp:x: no such kind"),
        (DELIVER + 'platform = "svod"\nat = 2020-01-01', "line 5: steps[0].at: 2020-01-01T00:00:00+00:00 is past"),
        ('[[steps]]\ndo = "expire"\nwrite = true\nat = 9000-01-01', "line 4: steps[0].at: 9000-01-01T00:00:00+00:00"),
    ],
)
def test_a_plan_that_names_what_there_is_not(films, text, said):
    (fault,) = faults(films, text)
    assert fault.startswith(said)


def test_every_fault_of_a_plan_is_told_at_once(films):
    text = '[[steps]]\ndo = "check"\nplatform = "a"\n[[steps]]\ndo = "release"\nin = "b"\n' * 2
    assert [fault.partition(":")[0] for fault in faults(films, text)] == ["line 3", "line 6", "line 9", "line 12"]


def test_a_plan_that_is_none(films):
    (films / "밤의 계획.toml").write_bytes(b"\xff\xfe")
    done = in_process.run("run", films / "밤의 계획.toml", "-C", films)
    assert (done.returncode, done.stdout) == (3, "")
    assert "not UTF-8" in done.stderr
    assert in_process.run("run", films, "-C", films).returncode == 2
    assert in_process.run("run", films / "missing.toml").returncode == 2


def test_the_catalogue_is_found_from_the_plan(films):
    named = unicodedata.normalize("NFD", "계획")
    (films / named).mkdir(exist_ok=True)
    plan = films / "plan.toml"
    plan.write_text(f'[defaults]\ncatalogue = "{named}"\n[[steps]]\ndo = "release"\n', encoding="utf-8")
    assert plans.read(plan).catalogue == films / named
    done = in_process.run("run", plan)
    assert (done.returncode, "is no catalogue" in done.stderr) == (2, True)


def test_the_plan_of_the_documentation_is_one(tmp_path):
    page = (Path(main.__file__).parent.parent / "docs/runs.md").read_text(encoding="utf-8")
    (tmp_path / "night.toml").write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert [step.do for step in plans.read(tmp_path / "night.toml").said.steps] == [
        "release",
        "expire",
        "deliver",
        "deliver",
    ]
    for kind, options in plans.OPTIONS.items():
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{kind}` |"))
        assert re.findall(r"`(\w+)`", row) == [kind, *options]


EVERYWHERE = {"dry-run", "json", "catalogue", "jobs", "cluster"}
"""What the run is asked, and not a step."""

FOR_A_PERSON = {
    "check": {"changed", "watch", "rest", "language", "kind", "frame-rate", "lang", "fingerprints", "output-format"},
    "deliver": {"output-format"},
    "expire": {"lifecycle", "tags"},
}
"""What is shown, or is about files that belong to no title."""


@pytest.mark.parametrize("kind", sorted(plans.OPTIONS))
def test_a_step_has_the_options_of_its_command(kind):
    command = main.group.get_command(None, kind)
    params = [param for param in command.params if not getattr(param, "hidden", False)]  # those are of every command
    names = {max(param.opts, key=len).removeprefix("--") for param in params}
    keys = {key.replace("_", "-") for key in plans.OPTIONS[kind]} - {"titles"}
    assert names - EVERYWHERE - FOR_A_PERSON.get(kind, set()) - {"title", "names"} == keys
    assert names & {"title", "names"}, "a command has titles, as a step has"
