"""Providers of stores: what they fill in, what they leave to the user, and that every entry has its source."""

from datetime import date

import pytest
from store_cases import MOTO_ENVIRONMENT, catalogue, use_environment

from assets.catalogue import StoreSettings
from assets.errors import UsageError
from storage import provider
from storage.stores import open_store


@pytest.mark.parametrize("name", provider.available())
def test_every_provider_says_where_its_facts_are_from(name):
    item = provider.load(name)
    for entry in (item, *item.quirks):
        assert entry.source.startswith(("https://", "measured on "))
        assert entry.verified_on <= date(2026, 12, 31)
    assert item.endpoint is None or item.endpoint.startswith("https://")


@pytest.mark.parametrize(
    ("settings", "endpoint", "region"),
    [
        (
            {"provider": "wasabi", "region": "ap-northeast-1"},
            "https://s3.ap-northeast-1.wasabisys.com",
            "ap-northeast-1",
        ),
        ({"provider": "backblaze", "region": "us-west-004"}, "https://s3.us-west-004.backblazeb2.com", "us-west-004"),
        ({"provider": "naver"}, "https://kr.object.ncloudstorage.com", "kr-standard"),
        ({"provider": "minio", "endpoint": "https://store.example:9000"}, "https://store.example:9000", "us-east-1"),
        ({"provider": "wasabi", "endpoint": "https://s3.example"}, "https://s3.example", None),
    ],
)
def test_a_provider_fills_in_what_is_left_open(settings, endpoint, region):
    found = provider.completed(StoreSettings(url="s3://films", **settings))
    assert (found.endpoint, found.region) == (endpoint, region)


def test_what_the_user_says_stands():
    said = {"path_style": False, "checksum": "when_supported", "conditional_writes": True, "region": "kr"}
    settings = StoreSettings(url="s3://films", provider="rclone", endpoint="http://127.0.0.1:9", **said)
    found = provider.completed(settings)
    assert {key: getattr(found, key) for key in said} == said
    plain = provider.completed(StoreSettings(url="s3://films", provider="rclone", endpoint="http://127.0.0.1:9"))
    assert (plain.path_style, plain.checksum, plain.conditional_writes) == (True, "when_required", False)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"provider": "nowhere"}, "provider: there is no 'nowhere'; allowed: aws, backblaze,"),
        ({"provider": "../aws"}, "provider: there is no '../aws'"),
        ({"provider": "wasabi"}, "region: missing; the endpoint of wasabi has it in its name"),
        ({"provider": "wasabi", "region": "evil.example/"}, "region: 'evil.example/' is not allowed"),
        ({"provider": "minio"}, "endpoint: missing; that of MinIO is not known here"),
        ({"provider": "cloudflare"}, "endpoint: missing; cloudflare has one for each customer: https://{account}."),
    ],
)
def test_what_a_provider_cannot_fill_in_is_asked_for(settings, text):
    with pytest.raises(UsageError) as caught:
        provider.completed(StoreSettings(url="s3://films", **settings))
    assert text in str(caught.value)


def test_a_provider_of_the_settings_or_of_the_environment_reaches_the_client(tmp_path, monkeypatch):
    use_environment(monkeypatch, MOTO_ENVIRONMENT)
    named = catalogue(tmp_path, stores={"films": StoreSettings(url="s3://films", provider="naver")})
    config = open_store("films", named)._client.meta
    assert config.endpoint_url == "https://kr.object.ncloudstorage.com"
    assert config.region_name == "kr-standard"
    monkeypatch.setenv("RELEASEPRINT_S3_PROVIDER", "google")
    assert open_store("s3://films", catalogue(tmp_path))._client.meta.endpoint_url == "https://storage.googleapis.com"
