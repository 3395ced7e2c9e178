"""The texts of a rights.toml for tests: what is held, and a television licence with its holdbacks."""

HELD = """
zone = "Asia/Seoul"
[[mandates]]
id = "producer"
from = "비밀 영화사"
contract = "Agency 1"
clause = "2.1"
status = "signed"
signed = 2025-01-02
[[mandates.grants]]
id = "all"
rights = ["all-rights"]
territories = ["worldwide"]
excluding = ["US"]
start = 2026-01-01
end = "open"
languages = "all"
exclusive = true
"""
TV = """
[[licences]]
id = "tv"
to = "A channel that nobody may know"
contract = "C-7"
status = "{status}"
signed = 2026-01-02
[[licences.grants]]
id = "tv-kr"
rights = ["freetv"]
territories = ["KR"]
start = 2026-11-01
end = 2028-01-01
languages = "all"
exclusive = true
[[licences.holdbacks]]
id = "tv-hold"
rights = ["svod"]
territories = ["KR"]
start = 2026-11-01
end = 2027-05-01
clause = "5.2"
[[licences.holdbacks]]
id = "tv-later"
rights = ["svod"]
territories = ["JP"]
start = 2027-05-01
end = 2027-06-01
clause = "5.3"
"""
RIGHTS = HELD + TV.format(status="signed")
HOLDBACK = "holdback tv-hold of licence tv (contract C-7, clause 5.2) forbids it from"
