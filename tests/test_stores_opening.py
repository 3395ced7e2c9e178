"""From a name or URL to a store, and what cannot be one."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from store_cases import MOTO_ENVIRONMENT, catalogue, use_environment

from assets.catalogue import StoreSettings
from assets.errors import StoreError, UsageError
from storage.stores import open_store
from storage.stores.objects import open_object


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    use_environment(monkeypatch, MOTO_ENVIRONMENT)


def _opened(url, tmp_path, **settings):
    stores = {"archive": StoreSettings(url=url, **settings)}
    return open_store("archive", catalogue(tmp_path, stores=stores))


def _config(store):
    return store._client.meta.config


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("file:deliveries", "file:{root}/deliveries"),
        ("file:./a/../배급", "file:{root}/배급"),
        ("file:/srv/films", "file:/srv/films"),
        ("file:///srv/films", "file:/srv/films"),
        ("s3://films", "s3://films"),
        ("s3://films/", "s3://films"),
        ("s3://films/2026/배급/", "s3://films/2026/배급"),
        (unicodedata.normalize("NFD", "s3://films/2026/배급/"), "s3://films/2026/배급"),
    ],
)
def test_a_url_is_a_store(tmp_path, url, shown):
    expected = shown.format(root=tmp_path.resolve())
    assert open_store(url, catalogue(tmp_path)).url == expected
    assert _opened(url, tmp_path).url == expected


def test_an_object_lies_in_the_store_whose_url_is_spelt_otherwise(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "s3://films/배급") for form in ("NFC", "NFD"))
    for named, asked in ((composed, decomposed), (decomposed, composed)):
        stores = {"archive": StoreSettings(url=named, region="ap-northeast-2")}
        store, key = open_object(f"{asked}/sha256/ab/ab", catalogue(tmp_path, stores=stores))
        assert (store.url, key, _config(store).region_name) == (composed, "sha256/ab/ab", "ap-northeast-2")


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("nowhere", "there is no store 'nowhere'; allowed: file:PATH, s3://BUCKET/PREFIX, archive"),
        ("", "there is no store ''"),
        ("ftp://host/x", "store: ftp://host/x: no such kind of store; allowed: file:PATH, s3://BUCKET/PREFIX"),
        ("S3://films", "no such kind of store"),
        ("file:", "store: file:: no path; allowed: file:PATH or file:///PATH"),
        ("file://host/share", "no path; allowed"),
        ("file:a\0b", "no path; allowed"),
        ("s3:films", "no bucket; allowed: s3://BUCKET/PREFIX"),
        ("s3://", "no bucket"),
        ("s3:///prefix", "no bucket"),
        ("s3://ab", "no bucket"),
        ("s3://bücket/x", "no bucket"),
        ("s3://films/a/../b", "store: prefix: 'a/../b' leaves the folder"),
        ("s3://films/a//b", "store: prefix: 'a//b' has an empty part"),
        ("s3://films//b", "store: prefix: '/b' is no relative path"),
    ],
)
def test_what_is_no_store_is_refused_with_what_is_allowed(tmp_path, url, text):
    stores = {"archive": StoreSettings(url="file:x")}
    with pytest.raises(UsageError) as caught:
        open_store(url, catalogue(tmp_path, stores=stores))
    assert text in str(caught.value)


def test_a_wrong_url_in_the_settings_is_named_by_its_place(tmp_path):
    with pytest.raises(UsageError, match=r"^releaseprint\.toml: stores\.archive\.url: s3:films: no bucket"):
        _opened("s3:films", tmp_path)


@pytest.mark.parametrize(
    "url", ["s3://AKIAKEY:wJalrSECRET@films/x", "http://AKIAKEY:wJalrSECRET@host/x", "file://u:wJalrSECRET@host/x"]
)
def test_credentials_in_a_url_are_refused_and_not_shown(tmp_path, url):
    with pytest.raises(UsageError) as caught:
        open_store(url, catalogue(tmp_path))
    assert "SECRET" not in str(caught.value)
    assert "AKIA" not in str(caught.value)


@pytest.mark.parametrize(
    "endpoint", ["films.example", "ftp://host", "https://", "http://host:port", "http://[::1", "https://u:SECRET@host"]
)
def test_an_endpoint_that_is_no_address_is_refused(tmp_path, monkeypatch, endpoint):
    with pytest.raises(UsageError, match=r"no address; allowed: https://HOST") as caught:
        _opened("s3://films", tmp_path, endpoint=endpoint)
    assert "SECRET" not in str(caught.value)
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", endpoint)
    with pytest.raises(UsageError, match="no address; allowed"):
        open_store("s3://films", catalogue(tmp_path))


def test_the_settings_of_a_store_reach_its_client(tmp_path):
    store = _opened(
        "s3://films",
        tmp_path,
        endpoint="http://127.0.0.1:9",
        region="ap-northeast-2",
        path_style=True,
        checksum="when_required",
    )
    assert store._client.meta.endpoint_url == "http://127.0.0.1:9"
    assert store._client.meta.region_name == "ap-northeast-2"
    assert _config(store).s3["addressing_style"] == "path"
    assert _config(store).request_checksum_calculation == "when_required"
    assert _config(store).response_checksum_validation == "when_required"


@pytest.mark.parametrize(
    "asked", ["s3://films/배급", "s3://films/배급/", unicodedata.normalize("NFD", "s3://films/배급")]
)
def test_a_url_with_a_name_has_the_settings_of_that_store(tmp_path, asked):
    named = StoreSettings(url="s3://films/배급", region="ap-northeast-2")
    stores = {"other": StoreSettings(url="s3://films", region="eu-west-1"), "archive": named}
    assert _config(open_store(asked, catalogue(tmp_path, stores=stores))).region_name == "ap-northeast-2"


def test_one_url_at_two_endpoints_is_refused(tmp_path, monkeypatch):
    stores = {
        "wasabi": StoreSettings(url="s3://films", provider="wasabi", region="ap-northeast-1"),
        "house": StoreSettings(url="s3://films/", endpoint="http://10.0.0.5:9000"),
        "other": StoreSettings(url="s3://films/b", endpoint="http://10.0.0.6:9000"),
    }
    for name, clash in (("wasabi", "house"), ("house", "wasabi"), ("s3://films", "house")):
        with pytest.raises(UsageError, match=rf"is also that of stores\.{clash}, at another endpoint"):
            open_store(name, catalogue(tmp_path, stores=stores))
    assert open_store("other", catalogue(tmp_path, stores=stores)).url == "s3://films/b"
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", "http://10.0.0.7:9000")
    assert open_store("house", catalogue(tmp_path, stores=stores)).url == "s3://films"


def test_one_url_may_have_two_names_on_one_server(tmp_path):
    stores = {
        "reading": StoreSettings(url="s3://films"),
        "writing": StoreSettings(url="s3://films", provider="aws", region="ap-northeast-2"),
    }
    assert [open_store(name, catalogue(tmp_path, stores=stores)).url for name in stores] == ["s3://films"] * 2


def test_the_environment_overrides_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", "https://store.example:8443")
    monkeypatch.setenv("RELEASEPRINT_S3_REGION", "eu-west-1")
    monkeypatch.setenv("RELEASEPRINT_S3_PATH_STYLE", "False")
    monkeypatch.setenv("RELEASEPRINT_S3_CHECKSUM", "when_required")
    store = _opened("s3://films", tmp_path, endpoint="http://127.0.0.1:9", region="ap-northeast-2", path_style=True)
    assert store._client.meta.endpoint_url == "https://store.example:8443"
    assert store._client.meta.region_name == "eu-west-1"
    assert _config(store).s3["addressing_style"] == "auto"
    assert _config(store).request_checksum_calculation == "when_required"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [("PATH_STYLE", "yes", "1, true, 0, false"), ("CHECKSUM", "never", "when_supported, when_required")],
)
def test_a_wrong_value_in_the_environment_names_what_is_allowed(tmp_path, monkeypatch, name, value, allowed):
    monkeypatch.setenv(f"RELEASEPRINT_S3_{name}", value)
    with pytest.raises(UsageError) as caught:
        open_store("s3://films", catalogue(tmp_path))
    assert str(caught.value) == f"RELEASEPRINT_S3_{name}: {value!r} is not allowed; allowed: {allowed}"
    assert open_store("file:x", catalogue(tmp_path)).url.endswith("/x")


def test_a_profile_that_does_not_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("RELEASEPRINT_S3_PROFILE", "nobody")
    with pytest.raises(StoreError, match="s3://films: there is no such profile"):
        open_store("s3://films", catalogue(tmp_path))


def test_a_profile_gives_the_credentials(tmp_path, monkeypatch):
    file = tmp_path / "credentials"
    file.write_text("[desk]\naws_access_key_id = AKIADESK\naws_secret_access_key = x\n", encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    store = _opened("s3://films", tmp_path, profile="desk")
    assert store._client._get_credentials().access_key == "AKIADESK"


def test_a_folder_is_opened_without_boto3(tmp_path):
    code = """
import sys
import unicodedata
from pathlib import Path
from assets.catalogue import Catalogue, Config
from storage.stores import open_store
from storage.stores.objects import open_object
open_store("file:x", Catalogue(Path(sys.argv[1]), Config())).put_bytes("a", b"")
print("boto3" in sys.modules or "botocore" in sys.modules)
"""
    here = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=here, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
