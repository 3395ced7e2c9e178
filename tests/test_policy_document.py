"""Policy files of every wrong kind are told with their line; none is opened beyond itself."""

import pytest
from policies import group, rule, write

from assets.errors import InputError
from assets.policy import document

ONE = rule("Video/Format", "=", "AVC")


def _told(tmp_path, data):
    path = tmp_path / "정책.xml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(InputError) as caught:
        document.read(path)
    return str(caught.value).removeprefix(f"{path}: ")


def test_groups_rules_and_lines(tmp_path):
    inner = group("or", rule("Audio/Channel(s)", ">=", "2", occurrence="1"), ONE, name="in")
    path = write(tmp_path / "a.xml", group("and", "<description>text</description>", inner, name=" House\n&  방송 "))
    policy = document.read(path)
    (found,) = policy.items
    first, second = found.items
    assert (policy.name, policy.kind, found.kind, found.name) == ("House & 방송", "and", "or", "in")
    assert (first.place, first.operator, first.value, first.occurrence) == ("Audio/Channel(s)", ">=", "2", "1")
    assert second.line == first.line + 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "euc-kr"])
def test_encodings(tmp_path, encoding):
    said = {"utf-8-sig": "utf-8", "utf-16": "utf-16", "euc-kr": "euc-kr"}[encoding]
    text = f'<?xml version="1.0" encoding="{said}"?>{group("and", ONE, name="방송")}'
    path = tmp_path / "a.xml"
    path.write_bytes(text.encode(encoding))
    assert document.read(path).name == "방송"


def test_older_operators_and_the_type_that_is_meant(tmp_path):
    text = f'<policy name="x">{rule("Video/Format", "exists")}</policy>'
    policy = document.read(write(tmp_path / "a.xml", text))
    assert (policy.kind, policy.items[0].operator) == ("and", "must exist")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<rule name="r" value="m:moov" scope="mmt" operator="exists"/>', "inner structure"),
        ('<rule name="r" value="Format" tracktype="Video">AVC</rule>', "no operator"),
        ('<rule name="r" value="Format" tracktype="Video" operator="=" level="warn">AVC</rule>', "attribute 'level'"),
    ],
)
def test_rules_that_cannot_be_understood_say_why(tmp_path, text, why):
    (item,) = document.read(write(tmp_path / "a.xml", group("and", text))).items
    assert why in item.strange


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1: not well-formed XML"),
        ("<policy>", "line 1: not well-formed XML"),
        (b"\x00\xff\xfe", "line 1: not well-formed XML"),
        ("\n<tt/>", "line 2: the root element is <tt>; <policy>"),
        ("<policy/>", "line 1: a policy without rules; at least one"),
        ("<policy type='xor'><rule/></policy>", "line 1: a policy of the type 'xor'; and, or"),
        ("<policy>\n<assert/></policy>", "line 2: an element 'assert'; policy, rule, description"),
        ("<policy>\n<rule operator='='/></policy>", "line 2: a rule without `value`; the name of a field"),
        (
            "<policy>\n<rule value='Format' tracktype='Film' operator='='/></policy>",
            "line 2: a rule of the tracktype 'Film'; General, Video",
        ),
        (
            "<policy>\n<rule value='Format' tracktype='Video' operator='~'/></policy>",
            "line 2: the operator '~'; =, !=, <",
        ),
        ("<policy><rule value='F' tracktype='Video' operator='='><b/></rule></policy>", "an element inside of a rule"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, data, told):
    assert told in _told(tmp_path, data)


def test_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("AVC", encoding="utf-8")
    entity = f'<!DOCTYPE policy [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = entity + group("and", ONE.replace("AVC", "&x;"))
    assert "document type declaration" in _told(tmp_path, text)


def test_a_bomb_of_entities_is_refused(tmp_path):
    parts = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 20}">' for number in range(1, 12))
    text = f'<!DOCTYPE policy [<!ENTITY e0 "x">{parts}]><policy><rule value="&e11;"/></policy>'
    assert _told(tmp_path, text)


def test_depth_count_and_size_have_limits(tmp_path):
    deep = "<policy>" * 40 + ONE + "</policy>" * 40
    deeper = "<policy>" * 5000 + ONE + "</policy>" * 5000
    assert "too deep in one another; at most 32" in _told(tmp_path, deep)
    assert "not well-formed XML" in _told(tmp_path, deeper)
    assert "too many rules; at most 2000" in _told(tmp_path, group("and", ONE * 2001))
    assert "too large for a policy" in _told(tmp_path, b" " * 4_000_001)


def test_a_folder_is_no_policy(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        document.read(tmp_path)
