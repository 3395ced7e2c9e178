"""The rights to a title: what is held (mandates), what is sold (licences), and what may therefore leave.

`model.py` says what a right is made of; `windows.py` what a delivery needs of it.
"""

from assets.rights.windows import RightsWindow, Selection, conflicts, duplicates, media_rights, select, utc

__all__ = ["RightsWindow", "Selection", "conflicts", "duplicates", "media_rights", "select", "utc"]
