/**
 * The shipped faces, lent to the studio's own words, so that copy and names of any of its languages are read in the chrome too. In: the folder of the default fonts.
 * Out: faces that the browser fetches by itself, and only where letters of their script are in sight and the system has no face for them.
 */

interface Lent {
  family: string;
  file: string;
  /** What systems have for it, by full or PostScript name: taken first, and nothing is fetched. */
  own: readonly string[];
  range: string;
}

const HAN = "U+2E80-303F, U+3100-312F, U+31A0-31EF, U+3200-33FF, U+3400-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF";

const FACES: readonly Lent[] = [
  {
    family: "variorum arabic",
    file: "NotoSansArabic-Regular.ttf",
    own: ["Noto Sans Arabic", "Geeza Pro", "Segoe UI"],
    range: "U+600-6FF, U+750-77F, U+8A0-8FF, U+FB50-FDFF, U+FE70-FEFC",
  },
  {
    family: "variorum hebrew",
    file: "NotoSansHebrew-Regular.ttf",
    own: ["Noto Sans Hebrew", "Arial Hebrew", "Segoe UI"],
    range: "U+590-5FF, U+FB1D-FB4F",
  },
  {
    family: "variorum devanagari",
    file: "NotoSansDevanagari-Regular.ttf",
    own: ["Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI"],
    range: "U+900-97F, U+1CD0-1CFF, U+A8E0-A8FF",
  },
  {
    family: "variorum bengali",
    file: "NotoSansBengali-Regular.ttf",
    own: ["Noto Sans Bengali", "Kohinoor Bangla", "Nirmala UI"],
    range: "U+980-9FF",
  },
  {
    family: "variorum tamil",
    file: "NotoSansTamil-Regular.ttf",
    own: ["Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI"],
    range: "U+B80-BFF",
  },
  {
    family: "variorum thai",
    file: "NotoSansThai-Regular.ttf",
    own: ["Noto Sans Thai", "Thonburi", "Leelawadee UI"],
    range: "U+E00-E7F",
  },
  {
    family: "variorum kr",
    file: "NotoSansCJKkr-Regular.otf",
    own: ["Noto Sans CJK KR", "AppleSDGothicNeo-Regular", "Malgun Gothic", "Noto Sans KR"],
    range: "U+1100-11FF, U+3130-318F, U+A960-A97F, U+AC00-D7FF",
  },
  {
    family: "variorum jp",
    file: "NotoSansCJKjp-Regular.otf",
    own: ["Noto Sans CJK JP", "HiraginoSans-W3", "Yu Gothic UI", "Yu Gothic", "Noto Sans JP"],
    range: `U+3040-30FF, U+31F0-31FF, ${HAN}`,
  },
  {
    family: "variorum sc",
    file: "NotoSansCJKsc-Regular.otf",
    own: ["Noto Sans CJK SC", "PingFangSC-Regular", "Microsoft YaHei", "Noto Sans SC"],
    range: HAN,
  },
  {
    family: "variorum tc",
    file: "NotoSansCJKtc-Regular.otf",
    own: ["Noto Sans CJK TC", "PingFangTC-Regular", "Microsoft JhengHei", "Noto Sans TC"],
    range: HAN,
  },
];

let isLent = false;

/** Once for the page. `base`: a folder relative to the page, or null for the one beside the script. */
export function lendFaces(base: string | null): void {
  if (isLent) return;
  isLent = true;
  const folder = base === null ? new URL("./fonts/", import.meta.url) : new URL(base, document.baseURI);
  for (const { family, file, own, range } of FACES) {
    const sources = [...own.map((name) => `local("${name}")`), `url("${new URL(file, folder).href}")`];
    document.fonts.add(new FontFace(family, sources.join(", "), { unicodeRange: range, display: "swap" }));
  }
}

/** Tells whoever shows words that lent faces have come. Returns what ends the listening. */
export function onFaces(came: () => void): () => void {
  const hear = (event: FontFaceSetLoadEvent): void => {
    if (event.fontfaces.some(({ family }) => family.replaceAll('"', "").startsWith("variorum "))) came();
  };
  document.fonts.addEventListener("loadingdone", hear);
  return () => document.fonts.removeEventListener("loadingdone", hear);
}
