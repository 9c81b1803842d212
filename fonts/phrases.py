#!/usr/bin/env python3
"""Makes fonts/*.phrases from the models of BudouX: `fonts/phrases.py DIR`, DIR being the unpacked wheel budoux 0.9.2 from PyPI.

In: budoux/models/{ja,zh-hans,zh-hant}.json (Apache-2.0, see licences/BUDOUX-LICENSE.txt): points for letters around a place.
Out: for each language `VPH1`, a byte of length and the language's tag, the points from which on an answer counts as sure (16 bit,
little endian, as all that follows), then thirteen tables: the number of entries (16 bit), and for each entry, ascending, its
letters (16 bit each) and its points (16 bit, signed).
"""
import hashlib
import json
import struct
import sys
from pathlib import Path

# One, two and three letters, by where they stand: BudouX calls them by these names.
TABLES = {
    "UW1": 1, "UW2": 1, "UW3": 1, "UW4": 1, "UW5": 1, "UW6": 1, "BW1": 2, "BW2": 2, "BW3": 2, "TW1": 3, "TW2": 3, "TW3": 3, "TW4": 3,
}
# From how many points on an answer counts as sure: most are, right or wrong ends have less.
LANGUAGES = {"ja": ("ja", 3000), "zh-Hans": ("zh-hans", 2000), "zh-Hant": ("zh-hant", 2000)}
HERE = Path(__file__).parent

for tag, (name, sure) in LANGUAGES.items():
    model = json.loads((Path(sys.argv[1]) / "budoux" / "models" / f"{name}.json").read_text("utf-8"))
    assert set(model) <= set(TABLES), set(model) - set(TABLES)
    out = b"VPH1" + bytes([len(tag)]) + tag.encode() + struct.pack("<H", sure)
    for table, letters in TABLES.items():
        rows = sorted((tuple(map(ord, key)), points) for key, points in model.get(table, {}).items())
        assert all(len(key) == letters for key, _ in rows)
        out += struct.pack("<H", len(rows)) + b"".join(struct.pack(f"<{letters}Hh", *key, points) for key, points in rows)
    (HERE / f"{tag}.phrases").write_bytes(out)
    print(f"{tag}.phrases {len(out)} bytes {hashlib.sha256(out).hexdigest()}")
