"""The subject of a case of a subtitle check: see builders_text.track for the keys."""

from builders_text import asset_file, track

from assets.subjects import UnreadableSubtitles


def subject(check, case):
    if check.on is UnreadableSubtitles:
        return UnreadableSubtitles(asset_file("ko.srt"), "original", case["reason"])
    return track(case)
