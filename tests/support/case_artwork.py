import builders_media


def subject(check, case):
    build = builders_media.unreadable_artwork if check.name == "artwork/unreadable" else builders_media.artwork
    return build(case)
