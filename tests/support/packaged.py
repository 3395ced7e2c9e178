"""A title with everything that manifests speak of, planned for a platform that asks for all of them."""

from dataclasses import replace

from titles import NOW, audio, media, read_title, write_files, write_title

from assets import manifest, platform
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.package_settings import PackageRecord
from assets.subjects import ArtworkImage, ReadTitle
from storage import package as packaging
from storage import plan as planning
from storage.stores import open_store

ALL = ("own", "mmc", "asc-mhl", "bagit")
TITLE = """\
original_language = "ko"
format = "1 x 84"
runtime = "01:24:00.500"
production_year = 2020
release_date = 2020-06-25
production_companies = ["봄빛필름"]
genres = ["documentary"]
[names]
ko = "김일성의 아이들"
en = "Kim Il Sung's <Children>"
ja = "金日成の子どもたち"
[synopses]
ko = "전쟁고아들의 이야기."
[short_synopses]
ko = "이야기."
[[releases]]
territory = "KR"
date = 2020-06-25
[[ratings]]
territory = "KR"
system = "KMRB"
value = "12+"
[[credits]]
name = "김덕영"
role = "director"
[[artwork]]
file = "포스터.jpg"
kind = "poster"
language = "ko"
[[versions]]
id = "ko"
language = "ko"
master = "masters/영화.mov"
[[versions.audio]]
language = "ko"
[[versions.subtitles]]
file = "subtitles/film.en.srt"
language = "en"
[[versions.subtitles]]
file = "subtitles/film.en.forced.srt"
language = "en"
kind = "forced"
[[versions]]
id = "en"
language = "en"
master = "masters/영화.mov"
[[versions.audio]]
language = "en"
stream = 1
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
start = 2026-12-01
end = 2028-12-01
zone = "Asia/Seoul"
languages = ["ko", "en"]
"""


def plan_of(root, forms=ALL, text=TITLE, organisation="bombit", title_id="film", **package):
    """The plan of a title for the platform `svod` with other settings of its packages."""
    title = manifest.read_title(write_title(root, text, title_id), root)
    write_files(title)
    read = read_title(title)
    sounds = media(audio=(audio(), audio(index=2, language="eng", codec="aac", channels=6)))
    assets = [replace(asset, info=sounds) if hasattr(asset, "info") else asset for asset in read.assets]
    for declared in title.artwork:
        data = declared.file.path.read_bytes()
        made = packaging.made_file("", data, "")
        assets.append(ArtworkImage(declared.file, declared, 1000, 1500, "RGB", "JPEG", made.size, made.sha256))
    spec = platform.load("svod")
    spec = replace(spec, package=PackageRecord(manifests=forms, organisation=organisation, **package))
    window = title.windows[0]
    digests = {asset.file.name: asset.sha256 for asset in assets}
    clearance = Clearance(title.id, spec.id, spec.revision, window.id, digests)
    part = ReadTitle(title, tuple({asset.file.name: asset for asset in assets}.values()))
    return packaging.with_metadata(planning.make_plan(part, window, spec, clearance, at=NOW))


def reports(instant):
    """The reports of a package."""
    body = f'{{"judged_at": "{instant.isoformat()}", "verdict": "pass"}}'.encode()
    return {"qc/report.json": body, "qc/report.html": b"<!doctype html>" + body}


def store_of(root):
    """A folder store in a catalogue."""
    return open_store("file:deliveries", open_catalogue(root))
