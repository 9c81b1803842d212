// What ICU itself writes, by way of JavaScript's Intl: expected values for tests/messages.rs. Node 20.20 has ICU 78 with CLDR 48, as
// src/campaign/message/cldr.tsv. Out: intl.json, one row a locale and message: [locale, message, value, words].
//
//   node tests/cases/intl.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const table = readFileSync(join(here, "../../src/campaign/message/cldr.tsv"), "utf8");
const locales = table.split("\n").filter((l) => l.startsWith("L\t")).map((l) => l.split("\t")[1]);
const rows = [];
for (const locale of locales) {
  const number = (message, options, ...values) => {
    const format = new Intl.NumberFormat(locale, { roundingMode: "halfEven", ...options });
    for (const value of values) rows.push([locale, `{v, number${message}}`, value, format.format(value)]);
  };
  number("", {}, "0", "7", "1234.5", "12345", "-1234567.8912");
  number(", integer", { maximumFractionDigits: 0 }, "2.5", "99999.5");
  number(", percent", { style: "percent" }, "0.3", "-0.125");
  number(", ::.00", { minimumFractionDigits: 2, maximumFractionDigits: 2 }, "0.005", "1249.9");
  for (const currency of ["EUR", "USD", "JPY", "INR", "CHF"]) {
    number(`, ::currency/${currency}`, { style: "currency", currency }, "1249.90", "-5");
  }
  const date = (message, options) => {
    const value = "2026-03-01T19:05";
    const format = new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: "UTC", ...options });
    rows.push([locale, `{v, ${message}}`, value, format.format(new Date(`${value}Z`))]);
  };
  for (const width of ["full", "long", "medium", "short"]) date(`date, ${width}`, { dateStyle: width });
  date("time, short", { timeStyle: "short" });
  date("date, ::MMMMd", { month: "long", day: "numeric" });
  date("date, ::yMMMM", { year: "numeric", month: "long" });
  for (const type of ["cardinal", "ordinal"]) {
    const rules = new Intl.PluralRules(locale, { type });
    const argument = type === "cardinal" ? "plural" : "selectordinal";
    const cases = ["zero", "one", "two", "few", "many", "other"].map((c) => `${c} {${c}}`).join(" ");
    const values = ["0", "1", "2", "3", "5", "8", "11", "12", "21", "42", "100", "103", "1000000", ...(type === "cardinal" ? ["0.5", "1.5"] : [])];
    for (const value of values) rows.push([locale, `{v, ${argument}, ${cases}}`, value, rules.select(Number(value))]);
  }
}
writeFileSync(join(here, "intl.json"), `[\n${rows.map((r) => JSON.stringify(r)).join(",\n")}\n]\n`);
console.log(`${rows.length} rows, ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`);
