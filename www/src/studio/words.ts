/**
 * The words of the studio, each written once. In: facts. Out: short English, numbers with units and in groups of three. Words of
 * the engine (findings, errors, names) pass as they are.
 */

import type { Finding, FormatInfo, Gate, LocaleInfo, MessageInfo, Status } from "../engine/types.ts";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
/** Finer and finer, for figures that are alike. */
const FINER = [fine, ...[3, 4].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }))];

/** 3,537 */
export function count(n: number): string {
  return whole.format(n);
}

/** "1 finding", "2 findings" */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

export const STATUS: Record<Status, string> = {
  "to-review": "To review",
  approved: "Approved",
  "sent-back": "Sent back",
  reopened: "Reopened",
};

/** Of what stays shown because it is looked at. */
export const OUTSIDE = "no longer in this filter";

export const STATUSES: readonly Status[] = ["to-review", "approved", "sent-back", "reopened"];

const MEDIA: Record<string, string> = {
  social: "Social",
  web: "Web",
  print: "Print",
  ooh: "OOH",
  dooh: "DOOH",
  video: "Video stills",
  "app-store": "App store",
  email: "Email",
};

/** "iab-display" as people write it. */
export function channelName(id: string): string {
  const known: Record<string, string> = {
    iab: "IAB",
    iso: "ISO",
    us: "US",
    uk: "UK",
    x: "X",
    eu: "EU",
    se: "SE",
    no: "NO",
    de: "DE",
    ch: "CH",
    ctv: "CTV",
  };
  return id
    .split("-")
    .map((word, i) => known[word] ?? (i === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join(" ")
    .replace("Youtube", "YouTube")
    .replace("Tiktok", "TikTok")
    .replace("Linkedin", "LinkedIn");
}

export function mediumName(id: string): string {
  return MEDIA[id] ?? channelName(id);
}

const RULES: Record<string, string> = {
  arranged: "other layout",
  blank: "nothing to see",
  overflow: "text too long",
  "broken-word": "word broken",
  shrunk: "small text",
  dropped: "left out",
  "missing-glyph": "missing letters",
  upscaled: "enlarged picture",
  "safe-zone": "out of safe zone",
  untranslated: "not translated",
  conceded: "text set tighter",
  contrast: "low contrast",
  focal: "subject cut",
  legal: "legal too small",
  logo: "logo too tight",
  distance: "small from afar",
  bytes: "file too large",
  "moved-on": "old correction",
  "word-list": "no list of words",
  pinned: "against a rule",
  "substitute-face": "font stands in",
  "font-rights": "font licence",
};

/** What a rule sees, in words short enough for a facet: "missing-glyph" to "missing letters". */
export function ruleName(rule: string): string {
  return RULES[rule] ?? rule.replaceAll("-", " ");
}

export const ORIGIN: Record<MessageInfo["origin"], string> = {
  human: "by a person",
  "machine-draft": "machine draft",
  imported: "imported",
};

/** Findings that ask for something; a note says what is so by design. */
export function toMend(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity !== "note");
}

/** What a facet of findings is called: a severity, or a rule of one ("must/overflow"). */
export function findingName(key: string): string {
  const names: Record<string, string> = { must: "Must", should: "Should", note: "Note", none: "No findings" };
  return names[key] ?? ruleName(key.slice(key.indexOf("/") + 1));
}

/** Findings and how many of them are a must, in words: "2 findings, one must". */
export function findingWords(findings: readonly Finding[] | undefined): string {
  if (!findings) return "not yet checked";
  const open = toMend(findings);
  if (open.length === 0) return "no findings";
  const must = open.filter((finding) => finding.severity === "must").length;
  const words = plural(open.length, "finding");
  if (must === 0) return words;
  return `${words}, ${must === 1 ? "one" : count(must)} must`;
}

/** What a screen reader says of a cell: "Instagram story, Arabic, to review, 2 findings, one must". */
export function cellWords(
  format: FormatInfo,
  locale: LocaleInfo,
  option: string,
  status: Status,
  findings?: readonly Finding[],
): string {
  return [format.name, locale.name, option, STATUS[status].toLowerCase(), findingWords(findings)]
    .filter((part) => part !== "")
    .join(", ");
}

/** Two figures for reading, with as many digits as tell them apart: "0.15 × · limit 0.15 ×" says that nothing is wrong. */
function apart(one: number, other: number): (number: number) => string {
  const tells = FINER.find((format) => format.format(one) !== format.format(other)) ?? fine;
  return (number) => tells.format(number);
}

/** A measured value with its limit: "0.68 × · limit 1 ×", "24 px · limit 0 px"; a place on a font's axis as "wght 75". */
export function measure({ rule, measured, limit, unit }: Finding): string {
  // How many layers are left out is said by naming them.
  if (unit === "layers") return "";
  // Layouts have a score, and lower is better.
  if (unit === "energy")
    return measured === undefined ? "" : `score ${fine.format(Math.abs(measured))} ${measured < 0 ? "higher" : "lower"}`;
  // The tag of an axis is a name: it stands before its number, as in CSS.
  const tag = rule === "substitute-face" && unit !== "" && unit !== "weight";
  const sign = unit === "x" ? "×" : unit;
  const told = apart(measured ?? 0, limit ?? measured ?? 0);
  const value = (number: number) => (tag ? `${unit} ${told(number)}` : `${told(number)} ${sign}`.trimEnd());
  const parts: string[] = [];
  if (measured !== undefined) parts.push(`measured ${value(measured)}`);
  if (limit !== undefined) parts.push(`limit ${value(limit)}`);
  return parts.join(" · ");
}

/** A message that ends with what to do. */
const ADVICE = /[.;] (?:Add|Ask|Bring|Choose|Darken|Draw|Give|Mark|Move|Set|Shorten|Take|Use|Write) /;

/** What would mend a finding, where a rule has one answer for all and its message does not say it already. */
export function remedy({ rule, layer, message }: Finding): string {
  if (ADVICE.test(message)) return "";
  const what = layer ?? "the text";
  const words: Record<string, string> = {
    overflow: `Shorten ${what}, or allow it one more line.`,
    "broken-word": `Shorten ${what}, or mark where its words may part.`,
    shrunk: `Shorten ${what}, or lower its floor in the master.`,
    dropped: message.includes("(overrides[") ? "" : "Choose another layout, or raise its priority in the master.",
    "safe-zone": "Move it inside the safe zone.",
    untranslated: `Translate ${what}.`,
    conceded: `Shorten ${what}, or accept how it is set.`,
    contrast: "Choose another layout or crop, or deepen the ground under it.",
    focal: "Choose another layout, or correct the focal box.",
    legal: "Choose another layout, or shorten the legal line.",
    logo: "Choose another layout, or adjust the logo.",
    pinned: "Choose another layout, or release the rule for this variant.",
    distance: `Shorten ${what}: fewer words can be larger.`,
    bytes: "Choose a lower quality, or a plainer picture.",
    blank: layer === undefined ? "" : `Write the message of ${layer}, or let the layer go where it is empty.`,
  };
  return words[rule] ?? "";
}

const GATES: Record<Gate["gate"], string> = {
  inside: "all inside the picture",
  "safe-zone": "words and logo inside the safe zone",
  kept: "nothing left out or hidden that must stay",
  legal: "legal line present and readable",
  "logo-size": "logo at least its smallest size",
  "logo-space": "clear space around the logo",
  overlap: "nothing on top of words",
  fits: "words fit at their floor or above",
  contrast: "contrast behind words",
  focal: "face or product neither cut nor covered",
  covered: "no more words on the subject than in the master",
  "logo-contrast": "logo told from its ground",
  distance: "readable at viewing distance",
  bytes: "file small enough",
  pinned: "rules of the brand held",
};

/** What a gate asks for. */
export function gateWords(gate: string): string {
  return (GATES as Record<string, string | undefined>)[gate] ?? ruleName(gate);
}

/** What it asks for, where a sentence says that it is not so: “all inside the picture”. */
export function gateQuoted(gate: string): string {
  return `“${gateWords(gate)}”`;
}

/** What a gate's figures are figures of: the unit, and what stands after what was met. Those in `LEAST` must reach their limit, the others not go over it. */
const GATE_FIGURES: Record<Gate["gate"], { unit: "px" | "×" | "%" | ""; of: string }> = {
  inside: { unit: "px", of: "outside" },
  "safe-zone": { unit: "px", of: "outside" },
  kept: { unit: "", of: "left out" },
  legal: { unit: "px", of: "in size" },
  "logo-size": { unit: "px", of: "wide" },
  "logo-space": { unit: "×", of: "its clear space" },
  overlap: { unit: "px", of: "over each other" },
  fits: { unit: "×", of: "their floor" },
  contrast: { unit: "×", of: "what reads" },
  focal: { unit: "%", of: "lost" },
  covered: { unit: "%", of: "newly covered" },
  "logo-contrast": { unit: "×", of: "contrast" },
  distance: { unit: "×", of: "what reads from there" },
  bytes: { unit: "%", of: "of the largest file" },
  pinned: { unit: "", of: "broken" },
};
const LEAST: ReadonlySet<string> = new Set<Gate["gate"]>([
  "legal",
  "logo-size",
  "logo-space",
  "logo-contrast",
  "fits",
  "contrast",
  "distance",
]);

/** What a gate met, and which side of its limit is good: "1.4 × their floor · at least 1 ×", "0 % lost · at most 45 %", "0 left out · none may". */
export function gateMeasure({ gate, measured, limit, unit }: Pick<Gate, "gate" | "measured" | "limit" | "unit">): string {
  if (gate === "legal" && measured <= 0) return "left out · must stay";
  const figures = (GATE_FIGURES as Record<string, (typeof GATE_FIGURES)["legal"] | undefined>)[gate] ?? { unit, of: "" };
  const times = figures.unit === "%" ? 100 : 1;
  const told = apart(times * measured, times * limit);
  const value = (number: number) => `${told(times * number)} ${figures.unit}`.trimEnd();
  const met = `${value(measured)} ${figures.of}`.trimEnd();
  if (LEAST.has(gate)) return `${met} · at least ${value(limit)}`;
  return limit === 0 ? `${met} · none may` : `${met} · at most ${value(limit)}`;
}

const TERMS: Record<string, string> = {
  alignment: "edges that nearly align",
  overlap: "things on top of each other",
  occlusion: "words on the subject",
  covered: "more of the subject under words than in the master",
  unreadability: "words on a busy ground",
  balance: "weight moved from the master's",
  trapped: "white space caught between",
  hierarchy: "order of loudness changed",
  relations: "neighbours torn apart, a wide margin given up",
  reading: "reading order changed",
  fidelity: "sizes unlike the master's",
  copyfit: "type smaller than wished",
  presence: "picture smaller than the master's",
  crop: "subject cut",
  widows: "a short word alone on a line",
  raggedness: "lines of uneven length",
  dropped: "layers left out",
  waste: "room left empty",
  prior: "unusual for this shape",
};

/** What a term of the score counts. */
export function termWords(name: string): string {
  return TERMS[name] ?? ruleName(name);
}

/**
 * A format's measures, each with its unit: "12192 × 3048 mm, 1:10 at 300 dpi", "14400 × 3600 px", "safe zone 150 mm". What is printed is measured in
 * mm of the print, else in px of the file.
 */
export function measuresOf({ size, width, height, safe, bleed }: FormatInfo): string[] {
  const printed = /^([\d.]+) × [\d.]+ mm/.exec(size)?.[1];
  const [each, unit] = printed === undefined ? [1, "px"] : [Number(printed) / width, "mm"];
  const lengths = (px: readonly number[]): string => {
    const own = px.map((one) => (unit === "px" ? count(one) : tenth.format(one * each)));
    return `${own.every((one) => one === own[0]) ? own[0] : own.join(" / ")} ${unit}`;
  };
  return [
    size,
    printed === undefined ? "" : `${width} × ${height} px`,
    safe.every((px) => px === 0) ? "" : `safe zone ${lengths(safe)}`,
    bleed > 0 ? `bleed ${lengths([bleed])}` : "",
  ].filter((part) => part !== "");
}

/** Characters as people count them. */
export function characters(text: string): number {
  let n = 0;
  for (const _ of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)) n += 1;
  return n;
}

/** "20 Nov 2026, 14:05" */
export function moment(timeMs: number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(timeMs);
}

/** "1.2 MB" */
export function bytes(n: number): string {
  if (n < 1000) return `${count(n)} bytes`;
  if (n < 1e6) return `${count(n / 1000)} kB`;
  if (n < 1e9) return `${fine.format(n / 1e6)} MB`;
  return `${fine.format(n / 1e9)} GB`;
}

/** A fingerprint short enough to compare by eye: "b3f1 9c02 … 77ae". */
export function shortPrint(fingerprint: string): string {
  const hex = fingerprint.replace(/^[a-z0-9]+:/, "");
  if (hex.length <= 14) return hex;
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} … ${hex.slice(-4)}`;
}

/** A sample's folder as a name. */
export function sampleName(id: string): string {
  return channelName(id);
}

/** A format's name without its channel, where there is no room for both: "Instagram Story 9:16" to "Story 9:16". */
export function shortName(format: FormatInfo): string {
  const first = format.name.split(" ", 1)[0] ?? "";
  const rest = format.name.slice(first.length + 1);
  const isChannel = format.channel.split("-")[0] === first.toLowerCase();
  return isChannel && rest !== "" ? rest.charAt(0).toUpperCase() + rest.slice(1) : format.name;
}

const SHARED = new WeakMap<ReadonlyMap<string, FormatInfo>, ReadonlySet<string>>();

/** Below these a caption has no room for the channel, CSS px: for one that tells its format from another's less is asked. */
const ROOM = 150;
const LITTLE_ROOM = 108;

/** A format's name as its picture's width leaves room for: of "Feed square 1:1" of two channels each keeps its channel, for the picture shows the rest. */
export function captionName(format: FormatInfo, formats: ReadonlyMap<string, FormatInfo>, width: number): string {
  let shared = SHARED.get(formats);
  if (!shared) {
    const names = [...formats.values()].map(shortName);
    shared = new Set(names.filter((name, n) => names.indexOf(name) !== n));
    SHARED.set(formats, shared);
  }
  const name = shortName(format);
  return width < (shared.has(name) ? LITTLE_ROOM : ROOM) ? name : format.name;
}

/** What happened, and what to do about it: the first sentence, and all after it. */
export function sentences(message: string): [string, string] {
  const at = message.search(/(?<=\p{Ll}{2}|\d|[)’”"'])(?:\. (?=\p{Lu})|; )/u);
  if (at < 0) return [message, ""];
  const [what, rest] = [message.slice(0, at), message.slice(at + 2)];
  return [what, rest.charAt(0).toUpperCase() + rest.slice(1)];
}
