import builders_media


def subject(_check, case):
    return builders_media.master(case)
