// Makes cldr.tsv from CLDR: what messages need to write numbers, prices, dates and plurals.
// In: the npm packages cldr-core, cldr-numbers-full and cldr-dates-full, installed in the folder named as argument
// (npm i cldr-core@48.2.0 cldr-numbers-full@48.2.0 cldr-dates-full@48.2.0). Out: cldr.tsv, which
// is compiled into the engine. CLDR is under the Unicode License v3.
//
//   node src/campaign/message/cldr.mjs FOLDER
//
// Lines by their first field. P and O: languages, their cardinal or ordinal rules. C: currencies with other than two decimals.
// L: a locale; an empty field is that of the locale before its last subtag (of the root locale for a language).
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
if (!folder) throw new Error("name the folder the CLDR packages are installed in");
const json = (pkg, ...path) => JSON.parse(readFileSync(join(folder, "node_modules", pkg, ...path), "utf8"));

const LOCALES = `af am ar ar-EG ar-SA az be bg bn bs ca cs cy da de de-AT de-CH el en en-AU en-CA en-GB en-IE en-IN en-ZA es es-419 es-MX es-US et eu
 fa fi fil fr fr-BE fr-CA fr-CH ga gl gu he hi hr hu hy id is it it-CH ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nl-BE
 pa pl pt pt-PT ro ru si sk sl sq sr sr-Latn sv sw ta te th tr uk ur uz vi zh zh-Hant zh-Hant-HK zu`.split(/\s+/);
const CURRENCIES = `AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MAD MXN MYR
 NGN NOK NZD PEN PHP PKR PLN RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR`.split(/\s+/);
const SKELETONS = ["MMMd", "MMMMd", "MMMEd", "MMMMEEEEd", "Md", "yMd", "yMMM", "yMMMM", "yMMMd", "yMMMEd"];
const DIGITS = { latn: "0", arab: "٠", arabext: "۰", beng: "০", deva: "०", mymr: "၀" };

const lines = [];
const version = json("cldr-core", "package.json").version;
lines.push(["V", version]);
// Rules without their samples; equal ones together.
for (const [mark, file, key] of [
  ["P", "plurals.json", "plurals-type-cardinal"],
  ["O", "ordinals.json", "plurals-type-ordinal"],
]) {
  const byRule = new Map();
  for (const [language, rules] of Object.entries(json("cldr-core", "supplemental", file).supplemental[key])) {
    const text = Object.entries(rules)
      .map(([count, rule]) => [count.replace("pluralRule-count-", ""), rule.replace(/@.*$/u, "").trim()])
      .filter(([count]) => count !== "other")
      .map(([count, rule]) => `${count}:${rule}`)
      .join(";");
    if (text) byRule.set(text, [...(byRule.get(text) ?? []), language]);
  }
  for (const [rule, languages] of byRule) lines.push([mark, languages.join(" "), rule]);
}
const fractions = json("cldr-core", "supplemental", "currencyData.json").supplemental.currencyData.fractions;
lines.push([
  "C",
  Object.entries(fractions)
    .filter(([code, f]) => code !== "DEFAULT" && f._digits !== "2")
    .map(([code, f]) => code + f._digits)
    .join(" "),
]);

const parent = (tag) => (tag.includes("-") ? tag.slice(0, tag.lastIndexOf("-")) : undefined);
const of = new Map();
for (const tag of LOCALES) {
  const source = tag;
  const numbers = json("cldr-numbers-full", "main", source, "numbers.json").main[source].numbers;
  const currencies = json("cldr-numbers-full", "main", source, "currencies.json").main[source].numbers.currencies;
  const dates = json("cldr-dates-full", "main", source, "ca-gregorian.json").main[source].dates.calendars.gregorian;
  const system = numbers.defaultNumberingSystem;
  if (!(system in DIGITS)) throw new Error(`${tag}: digits of ${system} are not known`);
  const symbols = numbers[`symbols-numberSystem-${system}`];
  const months = (kind, width) => Object.values(dates.months[kind][width]).join(";");
  const days = (width) => Object.values(dates.days.format[width]).join(";");
  const pattern = (p) => (typeof p === "string" ? p : p._value);
  const four = ["full", "long", "medium", "short"];
  const only = (value, plain) => (value === plain ? "" : value);
  const fields = [
    DIGITS[system],
    [symbols.decimal, symbols.group, symbols.minusSign, symbols.plusSign, symbols.percentSign]
      .concat(symbols.currencyDecimal ?? symbols.currencyGroup ? [symbols.currencyDecimal ?? symbols.decimal, symbols.currencyGroup ?? symbols.group] : [])
      .join(" "),
    numbers[`decimalFormats-numberSystem-${system}`].standard,
    numbers[`percentFormats-numberSystem-${system}`].standard,
    numbers[`currencyFormats-numberSystem-${system}`].standard,
    numbers.minimumGroupingDigits,
    CURRENCIES.map((code) => [code, currencies[code]?.symbol ?? code])
      .filter(([code, symbol]) => code !== symbol)
      .map(([code, symbol]) => code + symbol)
      .join(";"),
    months("format", "wide"),
    months("format", "abbreviated"),
    only(months("stand-alone", "wide"), months("format", "wide")),
    only(months("stand-alone", "abbreviated"), months("format", "abbreviated")),
    days("wide"),
    days("abbreviated"),
    four.map((width) => pattern(dates.dateFormats[width])).join(";"),
    [pattern(dates.timeFormats.short), pattern(dates.timeFormats.medium)].join(";"),
    [dates.dayPeriods.format.abbreviated.am, dates.dayPeriods.format.abbreviated.pm].join(";"),
    SKELETONS.filter((s) => dates.dateTimeFormats.availableFormats[s])
      .map((s) => `${s}=${dates.dateTimeFormats.availableFormats[s]}`)
      .join(";"),
    Object.values(dates.dateFormats).some((f) => pattern(f).includes("G")) ? dates.eras.eraAbbr["1"] : "",
    only(Object.values(dates.days["stand-alone"].wide).join(";"), days("wide")),
  ];
  for (const field of fields) if (/[\t\n]/u.test(field)) throw new Error(`${tag}: a tab in ${field}`);
  of.set(tag, fields);
}
for (const [tag, fields] of of) {
  const up = parent(tag) && of.get(parent(tag));
  // The stand-alone months are empty where they are those of the format: there is nothing to inherit then.
  lines.push(["L", tag, ...fields.map((f, i) => (up && up[i] === f ? "" : f === "" && up ? "-" : f))]);
}
const text = `${lines.map((l) => l.join("\t").replace(/\t+$/u, "")).join("\n")}\n`;
writeFileSync(join(here, "cldr.tsv"), text);
console.log(`${LOCALES.length} locales, ${Buffer.byteLength(text)} bytes, deflated ${deflateRawSync(Buffer.from(text), { level: 9 }).length}`);
