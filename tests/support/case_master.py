import builders_media


def subject(check, case):
    build = builders_media.unreadable_master if check.name == "master/unreadable" else builders_media.master
    return build(case)
