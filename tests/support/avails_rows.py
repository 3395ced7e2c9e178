"""Rows of Avails for tests: good ones, what is wrong with them after one change, and any rows that a file can hold."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from assets.avails.rows import LanguageUse, Row, When

EIDR = "10.5240/7791-8534-2C23-9030-8610-5"
"""The example of EIDR's own documents, whose check character is right."""
COMPACT = "eidr-s:7791-8534-2C23-9030-8610-5"

KST = timezone(timedelta(hours=9))
GOOD = Row(
    place="row 4",
    licensor="봄 배급",
    licensee="Stream KK",
    alid=f"md:alid:{COMPACT}",
    content_id=f"md:cid:{COMPACT}",
    title_id=EIDR,
    avail_id="thaw:1",
    contract_id="C-1",
    entry_type="Full Extract",
    work_type="Movie",
    avail_type="single",
    short_description="Thaw",
    title="Thaw",
    display_title="봄날의 눈석이",
    release_year="1985",
    license_type="SVOD",
    territories=("KR", "JP"),
    start=When(datetime(2027, 1, 1, tzinfo=KST)),
    end=When(datetime(2028, 1, 1, tzinfo=KST)),
    format_profile="HD",
    exclusive=True,
)

SOLD = {"license_type": "EST", "price_type": "WSP", "price_value": "9900", "currency": "KRW"}


def _text(most=12):
    letters = st.sampled_from("aB1 =+-@#'\"<>&,;:/가각나ㄱ봄눈の映画é\n")
    nfd = st.sampled_from(["각", "が", "é", "=1+1", "@x", "+82", "-1", "#N/A", "＝1", "\U0001f3ac"])
    return st.one_of(st.text(letters, min_size=1, max_size=most), nfd).map(str.strip).filter(bool)


_zones = st.sampled_from([UTC, KST, timezone(timedelta(hours=-3, minutes=-30))])
_dates = st.dates(date(1990, 1, 1), date(2035, 12, 31)).map(When)
_instants = st.builds(
    lambda at, zone: When(at.replace(microsecond=0, second=at.second, tzinfo=zone)),
    st.datetimes(datetime(1990, 1, 1), datetime(2035, 12, 31)),  # noqa: DTZ001 -- the zone is drawn
    _zones,
)
_conditions = st.builds(
    When, st.none(), st.sampled_from(["Open", "Theatrical", "TBD"]), st.sampled_from(["", "P90D", "P1Y"])
)
_sides = st.one_of(_dates, _instants, _conditions)
_events = st.one_of(st.just(When()), _dates, _instants)
_tags = st.lists(st.sampled_from(["ko", "en", "ja", "pt-BR", "es-419"]), max_size=3, unique=True)
_uses = st.builds(
    lambda tags, asset: tuple(LanguageUse(tag, asset) for tag in tags),
    _tags,
    st.sampled_from(["", "subtitle", "audio", "subdub"]),
)


@st.composite
def rows(draw):
    """Rows that both formats can hold whole."""
    asset_languages = draw(_uses)
    is_exempt = draw(st.booleans())
    price = draw(st.sampled_from([("", "", ""), ("WSP", "7.99", "USD"), ("Tier", "4", ""), ("NA", "NA", "")]))
    return Row(
        **{name: draw(_text()) for name in ("licensor", "title", "short_description")},
        **{
            name: draw(st.one_of(st.just(""), _text()))
            for name in ("licensee", "service_provider", "display_title", "description", "contract_id", "instructions")
        },
        **{name: draw(st.sampled_from(["a", "md:x:1", "org:봄"])) for name in ("alid", "content_id", "avail_id")},
        title_id=draw(st.sampled_from(["", EIDR])),
        entry_type="Full Extract",
        work_type="Movie",
        avail_type="single",
        release_year=draw(st.sampled_from(["", "1985"])),
        run_time=draw(st.sampled_from(["", "PT1H24M", "PT9M25S"])),
        caption_included=False if is_exempt else None,
        caption_exemption="2" if is_exempt else "",
        license_type=draw(st.sampled_from(["EST", "VOD", "SVOD"])),
        territories=tuple(draw(st.lists(st.sampled_from(["KR", "JP", "US"]), min_size=1, max_size=3, unique=True))),
        excluded=draw(st.sampled_from([(), ("CA-QC",)])),
        start=draw(_sides),
        end=draw(_sides),
        allowed=draw(_uses),
        holdback=draw(_uses),
        asset_languages=asset_languages,
        required=draw(st.sampled_from([(), asset_languages[:1]])),
        format_profile="HD",
        hdr=draw(st.sampled_from(["", "HDR10"])),
        price_type=price[0],
        price_value=price[1],
        currency=price[2],
        announce=draw(_events),
        suppress_until=draw(_events),
        release_original=draw(_events),
        rental=draw(st.sampled_from(["", "PT48H"])),
        exclusive=draw(st.sampled_from([None, True, False])),
        exception=draw(st.sampled_from([None, True, False])),
    )
