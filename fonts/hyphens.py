#!/usr/bin/env python3
"""Makes fonts/*.hyphens from the automata of the crate hypher: `fonts/hyphens.py DIR`, DIR being the crate's source.

In: tries/*.bin of hypher 0.1.8 (MIT OR Apache-2.0; the patterns in them are TeX's, see licences/HYPHENS.txt).
Out: for each language `VHY1`, its two letters, the least number of letters before and after a hyphen, the automaton.
"""
import sys
from pathlib import Path

# Least letters before and after, as in the crate's src/lang.rs.
LANGUAGES = {
    "af": (1, 2), "bg": (2, 2), "ca": (2, 2), "cs": (2, 2), "da": (2, 2), "de": (2, 2), "el": (1, 1), "en": (2, 3),
    "es": (2, 2), "et": (2, 3), "fi": (2, 2), "fr": (2, 2), "hr": (2, 2), "hu": (2, 2), "is": (2, 2), "it": (2, 2),
    "lt": (2, 2), "nl": (2, 2), "no": (2, 2), "pl": (2, 2), "pt": (2, 3), "ru": (2, 2), "sk": (2, 2), "sl": (2, 2),
    "sv": (2, 2), "tr": (2, 2), "uk": (2, 2),
}
HERE = Path(__file__).parent

for language, least in LANGUAGES.items():
    automaton = (Path(sys.argv[1]) / "tries" / f"{language}.bin").read_bytes()
    (HERE / f"{language}.hyphens").write_bytes(b"VHY1" + language.encode() + bytes(least) + automaton)
