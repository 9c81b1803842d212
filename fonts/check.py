#!/usr/bin/env python3
"""Asserts what the engine relies on in this folder; prints what is wrong, ends with status 1 if any.

In:   fonts.json and the font files beside this script.
Out:  one line per locale, then `ok` or the list of faults.
Checks: the folder stays below 20 MB; every file is in fonts.json and the other way round; size,
SHA-256, glyph count, family, weight and ranges agree with the file; for each of the 27 locales each
exemplar character is in BOTH weights of the files that list the locale; what adverts of any locale
use (currencies, marks, arrows, ticks, stars) is somewhere in the folder; no hints, no time-dependent
or leftover tables; the shaping features each script needs are there; each licence file exists.

Usage: .venv-fonts/bin/python fonts/check.py      (needs fonttools, see subset.py)
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
LIMIT = 20_000_000  # bytes: the whole folder
TABLE_LIMIT = 120_000  # bytes: fonts.json is compiled into the engine

ASCII = "".join(map(chr, range(0x20, 0x7F)))
WESTERN = "‐–—‘’“”„‚«»‹›…·•§©®™°×€£¥\u00a0"
az = "abcdefghijklmnopqrstuvwxyz"


def cased(lower: str) -> str:
    """The letters and their capitals (Turkish i, sharp s and ligatures are spelled out by hand)."""
    return lower + "".join(c.upper() for c in lower if len(c.upper()) == 1)


def block(*pairs: tuple[int, int]) -> str:
    return "".join(chr(c) for lo, hi in pairs for c in range(lo, hi + 1))


def codec(name: str, leads: range, keep=lambda c: True) -> str:
    """Every character a national double-byte standard encodes with these lead bytes."""
    out = []
    for a in leads:
        for b in range(0x40, 0xFF):
            try:
                out += [c for c in bytes((a, b)).decode(name) if keep(c)]
            except UnicodeDecodeError:
                pass
    return "".join(out)


def ideograph(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


CYRILLIC = cased("абвгдежзийклмнопрстуфхцчшщъыьэюя")
# Main letters, the auxiliary ones names and loan words bring, and the locale's own punctuation.
EXEMPLARS = {
    "en": cased(az + "àáâäãåæçèéêëíîïñóôöøœùúûüÿ") + "†‡′″",
    "de": cased(az + "äöüß") + "ẞ„“‚‘»«›‹",
    "fr": cased(az + "àâæçéèêëîïôœùûüÿ") + "«»‹›’\u202f№ᵉʳ",
    "es": cased(az + "áéíïóúüñç") + "¡¿ªº«»",
    "it": cased(az + "àèéìíîïòóùú") + "ªº«»",
    "pt-BR": cased(az + "áâãàçéêíóôõúü") + "ªº",
    "nl": cased(az + "áäâàéëêèíïîóöôúüûĳ") + "ĲÍJ\u0301",
    "da": cased(az + "æøåáéíóúý"),
    "sv": cased(az + "åäöàáéëü") + "”’",
    "fi": cased(az + "åäöšž") + "”’»",
    "pl": cased(az + "ąćęłńóśźż") + "„”",
    "cs": cased(az + "áčďéěíňóřšťúůýž") + "„“",
    "tr": cased(az + "çğıöşüâîû") + "İı₺",
    "el": cased("αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ") + "΄΅·;«»ἀἐὦᾶ",
    "uk": cased("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя") + "ʼ’«»„“№₴",
    "ru": CYRILLIC + "Ёё«»„“№₽\u0301",
    "ar": block((0x621, 0x63A), (0x641, 0x652), (0x660, 0x66C)) + "ٱٰپچڤگ،؛؟٪«»ﷲ\u200c\u200d\u200e\u200f\u061c",
    "he": block((0x5D0, 0x5EA), (0x5B0, 0x5BC), (0x5C1, 0x5C2)) + "־׳״₪\u200e\u200f",
    "hi": block((0x901, 0x903), (0x905, 0x90D), (0x90F, 0x911), (0x913, 0x928), (0x92A, 0x930),
                (0x932, 0x933), (0x935, 0x939), (0x93C, 0x945), (0x947, 0x949), (0x94B, 0x94D),
                (0x958, 0x95F), (0x964, 0x970)) + "ॐ₹\u200c\u200d",
    "bn": block((0x981, 0x983), (0x985, 0x98C), (0x98F, 0x990), (0x993, 0x9A8), (0x9AA, 0x9B0),
                (0x9B6, 0x9B9), (0x9BC, 0x9C4), (0x9C7, 0x9C8), (0x9CB, 0x9CE), (0x9DC, 0x9DD),
                (0x9DF, 0x9E3), (0x9E6, 0x9F3)) + "লৗ।॥৳₹\u200c\u200d",
    "ta": "ஂஃஅஆஇஈஉஊஎஏஐஒஓஔகஙசஜஞடணதநனபமயரறலளழவஶஷஸஹாிீுூெேைொோௌ்ௗ௦௧௨௩௪௫௬௭௮௯௰௱௲₹",
    "th": block((0xE01, 0xE3A), (0xE3F, 0xE5B)) + "฿",
    "vi": cased(az + "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ")
    + "₫\u0300\u0301\u0303\u0309\u0323",
    "ja": block((0x3041, 0x3096), (0x3099, 0x309E), (0x30A1, 0x30FE), (0xFF01, 0xFF5E), (0xFF61, 0xFF9F))
    + "、。々〆〇〈〉《》「」『』【】〒〔〕〜・￥※①②③⑩㈱℃→★☆◎●■▲"
    + codec("shift_jis", [*range(0x88, 0xA0), *range(0xE0, 0xEB)], ideograph) + "髙﨑濵德",
    "ko": block((0xAC00, 0xD7A3), (0x3131, 0x318E)) + "、。〈〉《》「」『』【】·…‘’“”₩￦※①②③㈜㉠→★☆◎●■▲℃",
    "zh-Hans": codec("gb2312", range(0xB0, 0xF8), ideograph) + "、。〈〉《》「」『』【】，．：；！？（）～—…‘’“”￥①②③→★☆●■▲℃",
    "zh-Hant": codec("big5", range(0xA4, 0xC7), ideograph) + block((0x3105, 0x3129), (0x2C7, 0x2C7))
    + "、。〈〉《》「」『』【】，．：；！？（）～—…‘’“”①②③→★☆●■▲℃",
}
# What an advert in any locale may set: by whichever file of the folder has it, in the regular weight.
ANYWHERE = ("$€£¥₩₹₺₽₴₫₪₦₱₡₲₵₸₿฿৳¢•·…№℗℠™®©°′″×÷±−≈≠≤≥∞√∆µ½¼¾⅓⅔⅛¹²³⁴⁰₂‰†‡§¶ªº→←↑↓↔↗↘★☆✓✔✕✗✘❤♥☎✉"
            "☀☁☂⚡♪♫●○■□▲△▶▼◀◆◇①②③⑩℃℉ℓΩΔπ")
# The same in bold: what the head of an advert is most likely to set.
ANYWHERE_BOLD = "$€£¥₩₹₺₽₴₫₪฿₱•…№™®©°×±−½¼¾²³‰→←↑↓↗★☆✓●○■▲▼◆①②③♪♥≈≠≤≥∞"
# Features a shaper needs for the script to read right, whatever the design switches on.
FEATURES = {
    "Latn": {"kern", "mark", "liga", "tnum", "locl", "frac", "case"}, "Arab": {"init", "medi", "fina", "rlig", "mark", "mkmk"},
    "Hebr": {"mark", "kern"}, "Deva": {"rphf", "half", "akhn", "pres", "abvs", "blws", "abvm", "blwm"},
    "Beng": {"rphf", "half", "akhn", "pres", "abvm", "blwm"}, "Taml": {"akhn", "haln", "abvs"}, "Thai": {"mark", "mkmk"},
    "Hani": {"kern", "palt", "vert", "halt"}, "Hang": {"kern", "palt", "vert", "ljmo", "vjmo", "tjmo"},
}
UNWANTED = {"fpgm", "cvt ", "DSIG", "STAT", "fvar", "FFTM", "meta"}


def spans(text: str) -> set[int]:
    out: set[int] = set()
    for part in text.split(","):
        lo, _, hi = part.partition("-")
        out.update(range(int(lo, 16), int(hi or lo, 16) + 1))
    return out


def main() -> int:
    faults: list[str] = []
    rows = json.loads((HERE / "fonts.json").read_text(encoding="utf-8"))
    total = sum(p.stat().st_size for p in HERE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    if total >= LIMIT:
        faults.append(f"folder is {total} bytes, limit {LIMIT}")
    if (HERE / "fonts.json").stat().st_size >= TABLE_LIMIT:
        faults.append("fonts.json is over its limit")
    on_disk = sorted(p.name for p in HERE.iterdir() if p.suffix in (".ttf", ".otf"))
    if [row["file"] for row in rows] != on_disk:
        faults.append(f"fonts.json lists {[row['file'] for row in rows]}, the folder has {on_disk}")

    covers: dict[str, set[int]] = {}
    for row in rows:
        path, name = HERE / row["file"], row["file"]
        font = TTFont(path, lazy=True)
        points = covers[name] = set(font.getBestCmap())
        expected = {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "glyphs": font["maxp"].numGlyphs,
            "weight": font["OS/2"].usWeightClass,
            "family": font["name"].getDebugName(16) or font["name"].getDebugName(1),
            "code_points": len(points),
        }
        faults += [f"{name}: {k} is {v}, fonts.json says {row[k]}" for k, v in expected.items() if row[k] != v]
        listed = spans(row["ranges"])
        if (listed != points) if row["ranges_exact"] else not listed > points:
            faults.append(f"{name}: ranges do not agree with the file")
        if UNWANTED & set(font.keys()):
            faults.append(f"{name}: unwanted tables {UNWANTED & set(font.keys())}")
        if font["OS/2"].fsType:
            faults.append(f"{name}: embedding restricted")
        if not (HERE / row["licence"]).is_file():
            faults.append(f"{name}: {row['licence']} is missing")
        tags = {r.FeatureTag for t in ("GSUB", "GPOS") if t in font for r in font[t].table.FeatureList.FeatureRecord}
        for script in row["scripts"]:
            if FEATURES.get(script, set()) - tags:
                faults.append(f"{name}: {script} lacks features {sorted(FEATURES[script] - tags)}")

    for locale, exemplars in EXEMPLARS.items():
        wanted = set(map(ord, exemplars + ASCII + WESTERN))
        for weight in (400, 700):
            files = [row["file"] for row in rows if locale in row["locales"] and row["weight"] == weight]
            missing = sorted(wanted.difference(*(covers[f] for f in files)))
            print(f"{locale:8} {weight} {len(wanted):6} characters  {', '.join(files) or 'NO FILE'}")
            if missing:
                shown = " ".join(f"{chr(c)} U+{c:04X}" for c in missing[:20])
                faults.append(f"{locale} {weight}: {len(missing)} not covered: {shown}")
    for label, text, weight in (("anywhere", ANYWHERE, 400), ("anywhere", ANYWHERE_BOLD, 700)):
        have = set().union(*(covers[row["file"]] for row in rows if row["weight"] == weight))
        missing = [c for c in text if ord(c) not in have]
        if missing:
            faults.append(f"{label} {weight}: not covered: {' '.join(missing)}")

    print(f"{len(rows)} files, {total} bytes, {len(EXEMPLARS)} locales")
    print("\n".join(["FAULTS", *faults]) if faults else "ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
