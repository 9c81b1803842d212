#!/usr/bin/env python3
"""Makes fonts/*.words from the dictionaries of an ICU data file: `fonts/word_lists.py icudt78l.dat`. Without one the words of ICU that
are at hand stay, and our own (`*.whole.txt`: what stays whole in display type) are put beside them anew.

In: the data file of ICU 78 as Chromium ships it (icudtl.dat; its Khmer and Lao lists are shorter than ICU's own, for they leave out most
compounds, and its lines are what ours are held against). Out: the four files, in the form that src/text/words.rs reads, and their SHA-256.
Licence: licences/ICU-LICENSE.txt. Sources: ICU4C, common/unicode/udata.h, common/dictionarydata.h, common/unicode/bytestrie.h.
"""
import hashlib
import struct
import sys
from pathlib import Path

HERE = Path(__file__).parent
# ISO 15924 and the letters of line break class SA, which alone are cut by words (as in src/text/words.rs).
SCRIPTS = {
    "burmese": ("Mymr", [(0x1000, 0x103F), (0x1050, 0x108F), (0x109A, 0x109F), (0xA9E0, 0xA9EF), (0xA9FA, 0xA9FE), (0xAA60, 0xAA7F)]),
    "khmer": ("Khmr", [(0x1780, 0x17D3), (0x17D7, 0x17D7), (0x17DC, 0x17DD)]),
    "lao": ("Laoo", [(0xE81, 0xEBD), (0xEC0, 0xECE), (0xEDC, 0xEDF)]),
    "thai": ("Thai", [(0xE01, 0xE3A), (0xE40, 0xE4E)]),
}


def entries(data: bytes) -> dict[str, bytes]:
    """The items of an ICU data file by name."""
    start = struct.unpack_from("<H", data)[0]
    count = struct.unpack_from("<I", data, start)[0]
    table = [struct.unpack_from("<II", data, start + 4 + 8 * i) for i in range(count)]
    name = lambda at: data[start + at:data.index(b"\0", start + at)].decode()
    ends = [start + at for _, at in table[1:]] + [len(data)]
    return {name(n): data[start + at:end] for (n, at), end in zip(table, ends)}


def words(item: bytes) -> set[str]:
    """All words of a dictionary, which is a BytesTrie over letters less a base."""
    start = struct.unpack_from("<H", item)[0]
    index = struct.unpack_from("<8i", item, start)
    base, trie = index[5] & 0x1FFFFF, item[start + index[0]:]
    letter = lambda b: {0xFE: "\u200c", 0xFF: "\u200d"}.get(b) or chr(base + b)
    # How many bytes of a value follow its lead byte.
    width = lambda lead: 0 if lead < 0x51 else 1 if lead < 0x6C else 2 if lead < 0x7E else 3 + (lead & 1)
    found: set[str] = set()
    todo: list[tuple[int, str]] = [(0, "")]

    def delta(p: int) -> tuple[int, int]:
        d, more = trie[p], 0
        if d >= 0xC0:
            d, more = (d - 0xC0, 1) if d < 0xF0 else (d - 0xF0, 2) if d < 0xFE else (0, 3) if d == 0xFE else (0, 4)
        for b in trie[p + 1:p + 1 + more]:
            d = d << 8 | b
        return d, p + 1 + more

    def branch(p: int, length: int, word: str) -> None:
        while length > 5:
            by, p = delta(p + 1)
            branch(p + by, length >> 1, word)
            length -= length >> 1
        while length > 1:
            label, lead = trie[p], trie[p + 1]
            p += 2
            more = width(lead >> 1)
            value = (lead >> 1) - (0x10 if more == 0 else 0x51 if more == 1 else 0x6C if more == 2 else lead >> 1)
            for b in trie[p:p + more]:
                value = value << 8 | b
            p += more
            if lead & 1:
                found.add(word + letter(label))
            else:
                todo.append((p + value, word + letter(label)))
            length -= 1
        todo.append((p + 1, word + letter(trie[p])))

    while todo:
        p, word = todo.pop()
        while True:
            node, p = trie[p], p + 1
            if node >= 0x20:
                found.add(word)
                p += width(node >> 1)
                if node & 1:
                    break
                node, p = trie[p], p + 1
            if node < 0x10:
                length, p = (node, p) if node else (trie[p], p + 1)
                branch(p, length + 1, word)
                break
            length = node - 0x10 + 1
            word += "".join(map(letter, trie[p:p + length]))
            p += length
    return found


def block(kept: list[str]) -> bytes:
    """Words, ascending: how many, their alphabet, then what each shares with the one before, and the rest of it."""
    alphabet = sorted(set("".join(kept)))
    out = struct.pack("<IB", len(kept), len(alphabet)) + b"".join(struct.pack("<H", ord(c)) for c in alphabet)
    place = {c: i for i, c in enumerate(alphabet)}
    before = ""
    for word in kept:
        keep = next((i for i, (a, b) in enumerate(zip(before, word)) if a != b), min(len(before), len(word)))
        out += bytes([keep, len(word) - keep, *(place[c] for c in word[keep:])])
        before = word
    return out


def at_hand(path: Path) -> bytes:
    """The first block of a file."""
    data = path.read_bytes()
    count, letters = struct.unpack_from("<IB", data, 8)
    at = 13 + 2 * letters
    for _ in range(count):
        at += 2 + data[at + 1]
    return data[8:at]


def main(path: str | None) -> None:
    items = entries(Path(path).read_bytes()) if path else {}
    for script, (code, spans) in SCRIPTS.items():
        ours = lambda c: any(a <= ord(c) <= b for a, b in spans)
        file = HERE / f"{script}.words"
        if path:
            item = next(data for name, data in items.items() if name.endswith(f"/{script}dict.dict"))
            # Words with other characters in them (joiners, figures) can never be met: stretches end there.
            first = block(sorted(w for w in words(item) if all(map(ours, w))))
        else:
            first = at_hand(file)
        out = b"VWL1" + code.encode() + first
        whole = HERE / f"{script}.whole.txt"
        if whole.exists():
            lines = [line for line in whole.read_text().splitlines() if not line.startswith("#")]
            out += block(sorted({w for line in lines for w in line.split() if all(map(ours, w))}))
        file.write_bytes(out)
        print(f"{script}.words {len(out)} bytes {hashlib.sha256(out).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
