#!/usr/bin/env python3
"""Makes the default font subsets and their coverage table, fonts.json.

In:   upstream font files, pinned by version and SHA-256 (see SOURCES below).
Out:  the .ttf/.otf files beside this script, fonts.json, licences/*.
Left to others: check.py asserts coverage and size; the engine decides which file serves which run.

Usage (from the repository root; Python 3.11+):

    python3 -m venv .venv-fonts && .venv-fonts/bin/pip install fonttools==4.68.0
    .venv-fonts/bin/python fonts/subset.py fetch BUILD_DIR    # npm, apt-get and dpkg-deb do the work
    .venv-fonts/bin/python fonts/subset.py make BUILD_DIR     # writes the subsets, fonts.json, licences/
    .venv-fonts/bin/python fonts/subset.py table              # only rewrites fonts.json
    .venv-fonts/bin/python fonts/check.py

Twice the same sources and the same fonttools give the same bytes: no time stamp is set, nothing is
taken from the machine. `make NAME...` after BUILD_DIR limits the run to files whose name starts so.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"

# --- what comes in -----------------------------------------------------------------------------

# npm packages that carry Google Fonts' own static TTF instances (unhinted) and the upstream OFL text.
NPM = {
    "noto-sans": "0.4.2",
    "noto-sans-arabic": "0.4.3",
    "noto-sans-hebrew": "0.4.1",
    "noto-sans-devanagari": "0.4.1",
    "noto-sans-bengali": "0.4.4",
    "noto-sans-tamil": "0.4.3",
    "noto-sans-thai": "0.4.2",
    "noto-sans-symbols": "0.4.1",
    "noto-sans-symbols-2": "0.4.1",
    "noto-sans-math": "0.4.2",
}
# Debian's package of Noto Sans CJK 2.004: CFF outlines, half the size of the TrueType instances.
DEB = "fonts-noto-cjk=1:20220127+repack1-1"
TTC = "usr/share/fonts/opentype/noto/NotoSansCJK-{style}.ttc"

CJK_COPYRIGHT = "© 2014-2021 Adobe (http://www.adobe.com/)."

STYLES = {"Regular": ("400Regular", 400), "Bold": ("700Bold", 700)}


def spans(text: str) -> set[int]:
    """`20-7E,A0` -> the code points it names."""
    out: set[int] = set()
    for part in text.replace("\n", "").replace(" ", "").split(","):
        if part:
            lo, _, hi = part.partition("-")
            out.update(range(int(lo, 16), int(hi or lo, 16) + 1))
    return out


# ASCII, Latin-1 and the punctuation any advert may hold: kept in every script's file, so a phrase
# with digits, a price or a quotation stays in one face.
COMMON = spans("20-7E,A0-FF,131,152-153,2BC,2C6,2DA,2DC,2000-200F,2010-2027,202A-2030,2032-2033,"
               "2039-203A,203C,2044,2047-2049,2060,2066-2069,20A0-20C0,2116,2122,2212,2215,25CC,FEFF,FFFD")

LATIN_GREEK_CYRILLIC = COMMON | spans(
    "100-24F,251,259,261,292,2B0-2FF,300-36F,370-3FF,400-52F,1AB0-1ABE,1C80-1C88,1D00-1D7F,1DC4-1DFF,"
    "1E00-1EFF,1F00-1FFF,2031-205E,2070-209C,2100-218B,2190-21FF,2200-22FF,2C60-2C7F,2DE0-2DFF,"
    "A640-A69F,A720-A721,A78B-A78C,AB53,FB00-FB06")

# Arrows, numerals in circles, notes, zodiac ... in two weights; the rest of the pictographs and the
# operators exist upstream in one weight only and serve both.
SYMBOLS = spans("20,A0,200D,FE00-FE0F,2190-21FF,2300-23FF,2460-24FF,2600-26FF,2669-266F,2700-27BF,2B00-2BFF,1F100-1F1FF")
SYMBOLS2 = spans("20,A0,200D,FE00-FE0F,2300-23FF,25A0-25FF,2600-26FF,2700-27BF,2800-28FF,2900-297F,2B00-2BFF,"
                 "1F100-1F10F,1F300-1F32C,1F336-1F37D,1F380-1F3CE,1F3D4-1F3FA,1F400-1F4FE,1F500-1F579,"
                 "1F600-1F64F,1F6E0-1F6EA,1F780-1F7FF")
MATH = spans("20,A0,FE00,2190-21FF,2200-22FF,2248,2260,2264-2265,221A,221E,2206,25A0-25FF,27E6-27EF,2A00-2A2F,2A7D-2A7E")


def charset(codec: str, leads: range, trails: range = range(0x40, 0xFF)) -> set[int]:
    """What a national double-byte standard encodes, by Python's own codec tables."""
    out: set[int] = set()
    for a in leads:
        for b in trails:
            try:
                text = bytes((a, b)).decode(codec)
            except UnicodeDecodeError:
                continue
            out.update(map(ord, text))
    return out


# The CJK faces draw Greek and Cyrillic on the ideographic grid and box drawing for terminals: never
# wanted in an advert (Noto Sans serves those scripts). Private use is not text.
NOT_IN_CJK = spans("370-3FF,400-52F,2500-257F,E000-F8FF")
CJK_COMMON = (COMMON - spans("20A0-20AB,20AD-20C0")) | spans(
    "100-17F,2C7,2C9-2CB,2D9,1E00-1EFF,2016,2025,2032-2037,203B,2042,2051,20A9,20AC,2100-214F,2150-218B,"
    "2190-21FF,2200-22FF,2460-24FF,25A0-25FF,2600-266F,2713,2776-277F,2E80-2E99,"
    "3000-303F,31C0-31E3,3220-3243,3280-32FF,3300-33FF,FE10-FE19,FE30-FE4F,FE50-FE6B,FF01-FFEE")
HANGUL = spans("1100-11FF,3130-318F,3200-321E,3260-327F,A960-A97C,AC00-D7A3,D7B0-D7FB")
# KS X 1001's 4888 hanja are left out of the Korean file: where a Korean advert sets one, the Japanese
# or Traditional Chinese file serves it.
JP = CJK_COMMON | charset("cp932", range(0x81, 0xFD)) | spans("3041-30FF,31F0-31FF,FF61-FF9F,1F12F")
KR = CJK_COMMON | HANGUL
SC = CJK_COMMON | charset("gb2312", range(0xA1, 0xF8)) | spans("3007,3105-312F,2E80-2EF3")
BIG5_1, BIG5_2 = charset("big5", range(0xA1, 0xC7)), charset("big5", range(0xC9, 0xFA))
# Big5 level 2 has 5880 rare ideographs that neither JIS nor GB 2312 found worth encoding: 2.7 MB.
TC = CJK_COMMON | BIG5_1 | (BIG5_2 & (JP | SC)) | spans("3007,3105-312F,31A0-31BF,2E80-2EF3")

# The four faces share one glyph pool and reach each other's forms by `locl`, and historic forms by
# jp78, hist, nlck ...: with a face per locale these would only carry a second copy of the ideographs.
CJK_FEATURES = ["ccmp", "calt", "liga", "dlig", "kern", "mark", "palt", "halt", "pwid", "fwid", "hwid",
                "vert", "vrt2", "vpal", "vhal", "vkrn", "ljmo", "vjmo", "tjmo"]

LATIN_LOCALES = ["en", "de", "fr", "es", "it", "pt-BR", "nl", "da", "sv", "fi", "pl", "cs", "tr", "el",
                 "uk", "ru", "vi"]


class Family:
    """One upstream family: where it comes from, what is kept, whom it serves."""

    def __init__(self, stem, keep, scripts, locales, npm=None, face=None, styles=("Regular", "Bold"),
                 features=("*",), licence=None):
        self.stem, self.keep, self.scripts, self.locales = stem, keep, scripts, locales
        self.npm, self.face, self.styles, self.features = npm, face, styles, list(features)
        self.licence = licence or f"{stem}-OFL.txt"

    def file(self, style: str) -> str:
        return f"{self.stem}-{style}.{'ttf' if self.npm else 'otf'}"

    def source(self, build: Path, style: str) -> Path:
        if self.npm:
            folder = STYLES[style][0]
            return build / self.npm / folder / f"{self.stem}_{folder}.ttf"
        return build / "deb" / TTC.format(style=style)


FAMILIES = [
    Family("NotoSans", LATIN_GREEK_CYRILLIC, ["Cyrl", "Grek", "Latn"], LATIN_LOCALES, npm="noto-sans"),
    Family("NotoSansArabic", COMMON | spans("600-6FF,750-77F,870-8FF,FB50-FDFF,FE70-FEFE,204F,2E41"),
           ["Arab"], ["ar"], npm="noto-sans-arabic"),
    Family("NotoSansHebrew", COMMON | spans("590-5FF,FB1D-FB4F"), ["Hebr"], ["he"], npm="noto-sans-hebrew"),
    Family("NotoSansDevanagari", COMMON | spans("900-97F,1CD0-1CFF,A830-A839,A8E0-A8FF"), ["Deva"], ["hi"],
           npm="noto-sans-devanagari"),
    Family("NotoSansBengali", COMMON | spans("951-952,964-965,980-9FF,1CD0-1CFF,A8F1"), ["Beng"], ["bn"],
           npm="noto-sans-bengali"),
    Family("NotoSansTamil", COMMON | spans("964-965,B80-BFF"), ["Taml"], ["ta"], npm="noto-sans-tamil"),
    Family("NotoSansThai", COMMON | spans("E00-E7F"), ["Thai"], ["th"], npm="noto-sans-thai"),
    Family("NotoSansSymbols", SYMBOLS, ["Zsym"], [], npm="noto-sans-symbols"),
    Family("NotoSansSymbols2", SYMBOLS2, ["Zsym"], [], npm="noto-sans-symbols-2", styles=("Regular",)),
    Family("NotoSansMath", MATH, ["Zmth"], [], npm="noto-sans-math", styles=("Regular",)),
    Family("NotoSansCJKjp", JP - NOT_IN_CJK, ["Hani", "Hira", "Kana"], ["ja"], face=0,
           features=CJK_FEATURES, licence="NotoSansCJK-OFL.txt"),
    Family("NotoSansCJKkr", KR - NOT_IN_CJK, ["Hang"], ["ko"], face=1,
           features=CJK_FEATURES, licence="NotoSansCJK-OFL.txt"),
    Family("NotoSansCJKsc", SC - NOT_IN_CJK, ["Hani"], ["zh-Hans"], face=2,
           features=CJK_FEATURES, licence="NotoSansCJK-OFL.txt"),
    Family("NotoSansCJKtc", TC - NOT_IN_CJK, ["Bopo", "Hani"], ["zh-Hant"], face=3,
           features=CJK_FEATURES, licence="NotoSansCJK-OFL.txt"),
]


# --- fetch -------------------------------------------------------------------------------------

def fetch(build: Path) -> None:
    """Gets the pinned packages with their ordinary clients and unpacks them under `build`."""
    build.mkdir(parents=True, exist_ok=True)
    for name, version in NPM.items():
        target = build / name
        if target.exists():
            continue
        done = subprocess.run(["npm", "pack", "--silent", f"@expo-google-fonts/{name}@{version}"],
                              cwd=build, check=True, capture_output=True, text=True)
        tarball = build / done.stdout.strip().splitlines()[-1]
        target.mkdir()
        subprocess.run(["tar", "xzf", tarball, "-C", target, "--strip-components=1"], check=True)
    if not (build / "deb").exists():
        subprocess.run(["apt-get", "download", DEB], cwd=build, check=True)
        deb = next(build.glob("fonts-noto-cjk_*.deb"))
        subprocess.run(["dpkg-deb", "-x", deb, build / "deb"], check=True)


# --- make --------------------------------------------------------------------------------------

def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def licences(build: Path) -> None:
    """The upstream licence texts as they came; for Noto Sans CJK, whose package brings none, the same
    OFL text under the copyright line of the font's own name table. OFL.txt is the index of them all."""
    index, body = [], ""
    for family in sorted(FAMILIES, key=lambda f: f.licence):
        if not family.npm:
            continue
        text = (build / family.npm / "LICENSE_FONT").read_text(encoding="utf-8").replace("\r\n", "\n")
        (HERE / "licences" / family.licence).write_text(text, encoding="utf-8")
        index.append(f"{family.stem + ':':24} {text.splitlines()[0]}")
        if family.stem == "NotoSans":
            body = text.split("\n", 1)[1]
    (HERE / "licences" / "NotoSansCJK-OFL.txt").write_text(CJK_COPYRIGHT + "\n" + body, encoding="utf-8")
    index.append(f"{'NotoSansCJK jp kr sc tc:':24} {CJK_COPYRIGHT}")
    (HERE / "OFL.txt").write_text(
        "\n".join(index) + "\n\nThe files here are Modified Versions: subsets, made by subset.py. "
        "Each family's own licence file is in licences/.\n" + body, encoding="utf-8")


def chained(font) -> None:
    """Writes contextual substitutions by coverage as chained ones with nothing before or after: they say the same, and the shaper asks the
    former for one glyph too many when it looks for below-base forms (Bengali ra and ba under a consonant)."""
    from fontTools.ttLib.tables import otTables
    if "GSUB" not in font:
        return
    lookups = font["GSUB"].table.LookupList
    for lookup in lookups.Lookup if lookups else []:
        subtables = lookup.SubTable
        if lookup.LookupType != 5 or any(st.Format != 3 for st in subtables):
            continue
        for i, plain in enumerate(subtables):
            st = otTables.ChainContextSubst()
            st.Format = 3
            st.BacktrackGlyphCount, st.BacktrackCoverage = 0, []
            st.InputGlyphCount, st.InputCoverage = len(plain.Coverage), plain.Coverage
            st.LookAheadGlyphCount, st.LookAheadCoverage = 0, []
            st.SubstCount, st.SubstLookupRecord = len(plain.SubstLookupRecord), plain.SubstLookupRecord
            subtables[i] = st
        lookup.LookupType = 6


def make(build: Path, only: list[str]) -> None:
    import fontTools
    from fontTools import subset
    if fontTools.version != FONTTOOLS:
        sys.exit(f"fonttools {FONTTOOLS} makes the committed bytes, found {fontTools.version}")
    pins_file = HERE / "sources.sha256"
    pins = dict(reversed(line.split("  ", 1)) for line in pins_file.read_text().splitlines()) \
        if pins_file.exists() else {}
    for family in FAMILIES:
        for style in family.styles:
            name = family.file(style)
            if only and not any(name.startswith(o) for o in only):
                continue
            source = family.source(build, style)
            key = str(source.relative_to(build))
            found = sha256(source)
            if pins.setdefault(key, found) != found:
                sys.exit(f"{key}: sha256 {found}, pinned is {pins[key]}")
            options = subset.Options()
            options.layout_features = family.features
            options.hinting = False            # rasterised without hints at every size
            options.glyph_names = False
            options.notdef_outline = True
            options.recommended_glyphs = True
            options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
            options.name_languages = [0x409]
            options.legacy_kern = True
            options.drop_tables += ["DSIG", "STAT", "meta"]
            options.recalc_timestamp = False
            if family.face is not None:
                options.font_number = family.face
            font = subset.load_font(str(source), options, dontLoadGlyphNames=True)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=family.keep)
            subsetter.subset(font)
            chained(font)
            subset.save_font(font, str(HERE / name), options)
            font.close()
            print(f"{name:32} {os.path.getsize(HERE / name):>9}", flush=True)
    licences(build)
    pins_file.write_text("".join(f"{v}  {k}\n" for k, v in sorted(pins.items())))


# --- fonts.json --------------------------------------------------------------------------------

# Listed as whole blocks in the Han files, where the exact set would take some 40 KB a file.
IDEOGRAPHS = spans("4E00-9FFF")


def ranges(points: set[int]) -> str:
    """The code points as compact upper-case hex ranges: `20-7E,A0-FF,131`."""
    out, run = [], []
    for c in sorted(points) + [None]:
        if run and c == run[-1] + 1:
            run.append(c)
            continue
        if run:
            out.append(f"{run[0]:X}" if len(run) == 1 else f"{run[0]:X}-{run[-1]:X}")
        run = [c]
    return ",".join(out)


def table() -> None:
    from fontTools.ttLib import TTFont
    rows = []
    for family in FAMILIES:
        for style in family.styles:
            path = HERE / family.file(style)
            font = TTFont(path, lazy=True)
            points = set(font.getBestCmap())
            exact = not points & IDEOGRAPHS
            rows.append({
                "file": path.name,
                "family": font["name"].getDebugName(16) or font["name"].getDebugName(1),
                "weight": STYLES[style][1],
                "style": "normal",
                "scripts": family.scripts,
                "locales": family.locales,
                "ranges": ranges(points if exact else points | IDEOGRAPHS),
                "ranges_exact": exact,
                "code_points": len(points),
                "glyphs": font["maxp"].numGlyphs,
                "bytes": path.stat().st_size,
                "sha256": sha256(path),
                "version": re.sub(r"^Version |;.*$", "", font["name"].getDebugName(5)),
                "licence": f"licences/{family.licence}",
            })
    rows.sort(key=lambda row: row["file"])
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (HERE / "fonts.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"fonts.json {(HERE / 'fonts.json').stat().st_size} bytes, {len(rows)} files, "
          f"{sum(row['bytes'] for row in rows)} bytes of fonts")


def main(argv: list[str]) -> None:
    match argv:
        case ["fetch", build]:
            fetch(Path(build).resolve())
        case ["make", build, *only]:
            make(Path(build).resolve(), only)
            table()
        case ["table"]:
            table()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
