"""Small drops of real files for the tests of intake."""

import json

from PIL import Image

TEXTS = {
    "ko": ("전쟁으로 부모를 잃은 아이들이 낯선 나라로 보내졌다.", "그들은 자라서 갑자기 돌아가야 했다."),
    "ja": ("戦争で親を失った子供たちは、見知らぬ国へ送られた。", "そして突然、帰らなければならなかったのです。"),
    "en": (
        "The children were sent to a country that they did not know.",
        "And they had to go back when they were grown.",
    ),
}


def srt(tag, extra=""):
    """Two cues in a language, in the two seconds of the small film."""
    first, second = TEXTS[tag]
    return f"1\n00:00:00,200 --> 00:00:00,900\n{first}{extra}\n\n2\n00:00:01,000 --> 00:00:01,900\n{second}\n".encode()


def write_picture(path, size):
    """A picture of one colour."""
    Image.new("RGB", size, "navy").save(path)


def write_drop(folder):
    """Tracks in Korean and Japanese, a poster and a cue sheet of the small film, and files that are no assets of it."""
    (folder / "Subtitles").mkdir(parents=True)
    (folder / "Subtitles" / "Small Film_KOR.srt").write_bytes(srt("ko"))
    (folder / "Subtitles" / "작은 영화 일본어.srt").write_bytes(srt("ja"))
    (folder / "again.srt").write_bytes(srt("ko"))
    (folder / "junk.bin").write_bytes(b"\x01\x02\x03" * 100)
    (folder / "Small Film music cue sheet.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    write_picture(folder / "Small Film.png", (200, 300))
    (folder / "outside.srt").symlink_to("/etc/hostname")
    return folder


def toml(catalogue):
    """The path of the small film's title.toml."""
    return catalogue / "titles/small-film/title.toml"


def snapshot(catalogue):
    """Every file of the catalogue's titles with its bytes."""
    titles = catalogue / "titles"
    return {str(path.relative_to(titles)): path.read_bytes() for path in titles.rglob("*") if path.is_file()}


def history_of(catalogue):
    """The lines of the small film's history."""
    path = catalogue / "titles/small-film/history.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
