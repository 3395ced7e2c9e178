import builders_media
import picture_signals


def subject(check, case):
    if check.name == "master/unreadable":
        return builders_media.unreadable_master(case)
    return picture_signals.with_pictures(builders_media.master(case), case)
