"""mmc.xml: the tracks of a package and how they belong together, as MovieLabs' Media Manifest Core (MMC-1) has it.

The schema is Media Manifest 1.13; what the profile asks for beyond it: one ALID with one experience, at least one
track in every presentation, a picture group where metadata refers to artwork.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.digest import sha256_bytes
from assets.errors import Refused
from assets.media import Stem
from assets.subjects import ArtworkImage
from storage.manifests import mec, mmc_tracks
from storage.manifests.movielabs import MANIFEST, MD, MEC_KEY, Work, add, document, language, root, work_of
from storage.plan import Draft
from storage.planned import PlannedFile

if TYPE_CHECKING:
    from lxml import etree

_SHOWN = frozenset({"full", "forced", "sdh"})
"""Subtitles that somebody sees; templates and those of advertisements are in the inventory alone."""

_SCHEMA = "1.13"


@dataclass(slots=True)
class _Tracks:
    """The identifiers of what belongs to one version."""

    video: list[str] = field(default_factory=list)
    audio: list[str] = field(default_factory=list)
    subtitles: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.video or self.audio or self.subtitles)


def write(plan: Draft) -> tuple[bytes, bytes]:
    """MEC and MMC of a plan, whose keys are below the manifest. The same input gives the same bytes.

    Raises Refused for a title that they have no words for.
    """
    work = work_of(plan.title, plan.platform.package.organisation)
    images = {file.key: _image_id(work, file) for file in plan.files if isinstance(file.asset, ArtworkImage)}
    metadata = mec.write(plan, work, images)
    identifier = work.part("manifestid", f"mmc.{plan.platform.id}.{plan.window.id}")
    whole = root(MANIFEST, "MediaManifest", {"manifest": MANIFEST, "md": MD})
    whole.set("ManifestID", identifier)
    compatibility = add(whole, "Compatibility")
    add(compatibility, "SpecVersion", _SCHEMA)
    add(compatibility, "Profile", "MMC-1")
    tracks = _inventory(whole, plan, work, images, metadata)
    _presentation(whole, work, tracks)
    if images:
        _pictures(whole, plan, work, images)
    _experience(whole, work, has_pictures=bool(images))
    return metadata, document(whole)


def _image_id(work: Work, file: PlannedFile) -> str:
    use = file.asset.declaration.kind if isinstance(file.asset, ArtworkImage) else file.kind
    return work.new_part("imageid", f"{use}.{file.language}" if file.language else use)


def _inventory(
    whole: "etree._Element", plan: Draft, work: Work, images: dict[str, str], metadata: bytes
) -> list[_Tracks]:
    """Everything that is there, in the order of the schema; the tracks of each version."""
    inventory = add(whole, "Inventory")
    tracks = {version.id: _Tracks() for version in plan.title.versions}
    _sounds(inventory, plan, work, tracks)
    for file in plan.files:
        if file.kind == "master":
            identifier = mmc_tracks.add_video(inventory, work, file)
            for version in file.versions:
                tracks[version].video.append(identifier)
    for file in plan.files:
        if file.kind == "subtitles":
            identifier = mmc_tracks.add_subtitles(inventory, work, file, plan.platform.package.subtitle_format)
            for version in file.versions if file.subtitle_kind in _SHOWN else ():
                tracks[version].subtitles.append(identifier)
    for file in plan.files:
        if isinstance(file.asset, ArtworkImage):
            mmc_tracks.add_image(inventory, file, file.asset, images[file.key])
    about = add(inventory, "Metadata", ContentID=work.content_id)
    own = PlannedFile(MEC_KEY, len(metadata), sha256_bytes(metadata), "metadata")
    mmc_tracks.add_file(about, own, type="common")
    return [found for found in tracks.values() if found]


def _sounds(inventory: "etree._Element", plan: Draft, work: Work, tracks: dict[str, _Tracks]) -> None:
    """Every sound once, though several versions may have it: in a master or in a file of its own; then the stems."""
    by_name = {file.asset.file.name: file for file in plan.files if file.asset is not None}
    known: dict[tuple[str, int, str], str] = {}
    for version in plan.title.versions:
        for declared in version.audio:
            source = declared.file or version.master
            file = by_name.get(source.name) if source else None
            if file is None:
                continue
            which = (file.key, declared.stream, declared.language)
            if which not in known:
                known[which] = mmc_tracks.add_audio(inventory, work, file, declared, version.id)
            tracks[version.id].audio.append(known[which])
    for file in plan.files:
        if isinstance(file.asset, Stem):
            mmc_tracks.add_stem(inventory, work, file, file.asset)


def _presentation(whole: "etree._Element", work: Work, versions: list[_Tracks]) -> None:
    """The tracks that are shown together, a selection for each version; the first is what a player starts with."""
    if not versions:
        raise Refused("MMC cannot be written", ["the package has no track; a presentation has at least one"])
    presentations = add(whole, "Presentations")
    presentation = add(presentations, "Presentation", PresentationID=work.part("presentationid", "feature"))
    for number, tracks in enumerate(versions):
        selection = add(presentation, "TrackMetadata")
        add(selection, "TrackSelectionNumber", str(number))
        for name, identifiers in (("Video", tracks.video), ("Audio", tracks.audio), ("Subtitle", tracks.subtitles)):
            for identifier in identifiers:
                add(add(selection, f"{name}TrackReference"), f"{name}TrackID", identifier)


def _pictures(whole: "etree._Element", plan: Draft, work: Work, images: dict[str, str]) -> None:
    groups = add(whole, "PictureGroups")
    group = add(groups, "PictureGroup", PictureGroupID=work.part("picturegroupid", "feature"))
    for file in plan.files:
        if isinstance(file.asset, ArtworkImage):
            identifier = images[file.key]
            picture = add(group, "Picture")
            add(picture, "PictureID", identifier.replace("md:imageid:", "md:pictureid:", 1))
            add(picture, "ImageID", identifier)
            if file.language:
                add(picture, "LanguageInImage", language(file.language))


def _experience(whole: "etree._Element", work: Work, *, has_pictures: bool) -> None:
    """What the consumer of the ALID gets: the feature in its presentation."""
    identifier = work.part("experienceid", "feature")
    experience = add(add(whole, "Experiences"), "Experience", ExperienceID=identifier, version="1.0")
    add(experience, "ContentID", work.content_id)
    shown = add(experience, "Audiovisual", ContentID=work.content_id)
    add(shown, "Type", "Main")
    add(shown, "SubType", "Feature")
    add(shown, "PresentationID", work.part("presentationid", "feature"))
    if has_pictures:
        add(experience, "PictureGroupID", work.part("picturegroupid", "feature"))
    one = add(add(whole, "ALIDExperienceMaps"), "ALIDExperienceMap")
    add(one, "ALID", work.alid)
    add(one, "ExperienceID", identifier)
