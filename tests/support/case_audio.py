import builders_media
import sound_signals


def subject(_check, case):
    return sound_signals.with_sound(builders_media.master(case), case)
