// A toy campaign and a toy engine in plain JavaScript, for what must be tested without pixels: two formats, three languages. The
// client is made by hand, not by the pool.

import { createHash } from "node:crypto";

/** @typedef {import("../../src/engine/types.ts").CampaignInfo} CampaignInfo */
/** @typedef {import("../../src/engine/types.ts").VariantInfo} VariantInfo */

/** @param {string} id @param {string} medium @param {number} width @param {number} height @returns {import("../../src/engine/types.ts").FormatInfo} */
const format = (id, medium, width, height) => ({
  id,
  medium,
  channel: medium === "social" ? "instagram" : "google",
  name: id.replace("-", " "),
  width,
  height,
  size: `${width} × ${height} px`,
  class: "square",
  bleed: 0,
  safe: [0, 0, 0, 0],
  fileTypes: ["png"],
  sets: ["all"],
});

/** @param {unknown} value */
const hash = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** As an EngineClient, with what a test may turn: `slow` holds encodes back. */
export class ToyEngine {
  workers = 2;
  memory = 0;
  /** @type {CampaignInfo | undefined} */
  campaign;
  /** @type {import("../../src/engine/types.ts").Edit[]} */
  edits = [];
  encoded = 0;
  /** @type {Record<string, string>} */
  headlines = {};

  /** @param {import("../../src/engine/types.ts").CampaignFiles} files @returns {Promise<CampaignInfo>} */
  async open(files) {
    const text = new TextDecoder().decode(files.get("campaign.json"));
    const { name, version } = JSON.parse(text);
    const locales = ["en", "de", "ar"];
    this.headlines = Object.fromEntries(locales.map((tag) => [tag, `Light ${tag}`]));
    this.edits = [];
    this.campaign = {
      name,
      version,
      ground: "#888888",
      artboard: { width: 1080, height: 1350, boxes: {} },
      sourceLocale: "en",
      formats: [format("ig-square", "social", 1080, 1080), format("mpu", "web", 300, 250)],
      locales: locales.map((tag) => ({
        tag,
        name: { en: "English", de: "German", ar: "Arabic" }[tag] ?? tag,
        dir: tag === "ar" ? "rtl" : "ltr",
      })),
      options: ["main"],
      variants: [],
      tokens: [],
      messageKeys: ["headline"],
      naming: "{campaign}_{format}_{locale}_{width}x{height}.{ext}",
      delivery: { type: "png" },
      warnings: [],
      rights: [],
      engine: "0.1.0",
    };
    this.#refresh();
    return this.campaign;
  }

  /** @returns {VariantInfo[]} */
  #refresh() {
    const campaign = /** @type {CampaignInfo} */ (this.campaign);
    const before = new Map(campaign.variants.map((variant) => [variant.id, variant.fingerprint]));
    const variants = campaign.formats.flatMap(({ id }) =>
      campaign.locales.map(({ tag }) => ({
        id: `${id}.${tag}.main`,
        format: id,
        locale: tag,
        option: "main",
        fingerprint: hash([id, tag, this.headlines[tag], campaign.version]).slice(0, 16),
      })),
    );
    this.campaign = { ...campaign, variants };
    return variants.filter(({ id, fingerprint }) => before.get(id) !== fingerprint);
  }

  beside() {
    return new ToyEngine();
  }

  /** @returns {Promise<import("../../src/engine/types.ts").Why>} */
  async alternatives() {
    return {
      arrangement: "overlay-bottom",
      name: "overlay",
      energy: 0,
      failed: [],
      terms: {},
      costs: {},
      gates: [],
      weights: 1,
      alternatives: [],
      enters: {},
      ways: 1,
      fell: {},
    };
  }

  /** @returns {Promise<VariantInfo[]>} */
  async setOverrides() {
    return [];
  }

  async salience() {
    return { width: 1, height: 1, values: new Float32Array(1) };
  }

  /** @param {string} id */
  #variant(id) {
    return /** @type {VariantInfo} */ (this.campaign?.variants.find((variant) => variant.id === id));
  }

  /** @param {import("../../src/engine/types.ts").RenderRequest} request @returns {Promise<import("../../src/engine/types.ts").Rendered>} */
  async render({ id }) {
    const { fingerprint, locale } = this.#variant(id);
    const bitmap = /** @type {ImageBitmap} */ ({ width: 10, height: 10, close() {} });
    /** @type {import("../../src/engine/types.ts").Finding[]} */
    const findings = locale === "de" ? [{ rule: "shrunk", severity: "must", unit: "x", message: "headline: shrunk." }] : [];
    return {
      id,
      fingerprint,
      width: 10,
      height: 10,
      scale: 1,
      bitmap,
      findings,
      boxes: [],
      arrangement: "overlay",
      layout: "overlay-bottom",
      energy: 0,
      dropped: [],
      ms: 1,
    };
  }

  /** @param {string} id @returns {Promise<import("../../src/engine/types.ts").Encoded>} */
  async encode(id) {
    this.encoded += 1;
    const { fingerprint } = this.#variant(id);
    const bytes = new TextEncoder().encode(`picture of ${id} ${fingerprint}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const other = {
      arrangement: "stack-bottom",
      name: "stack",
      energy: 1,
      rough: /** @type {const} */ (true),
      failed: [],
      terms: { copyfit: 0.1 },
      costs: { copyfit: 0.2 },
    };
    const why = { ...(await this.alternatives()), alternatives: [other] };
    return { id, fingerprint, name: id, width: 10, height: 10, type: "png", sha256, bytes, why };
  }

  /** @param {string} locale @returns {Promise<import("../../src/engine/types.ts").MessageInfo[]>} */
  async copy(locale) {
    return [{ key: "headline", text: this.headlines[locale] ?? "", origin: "human" }];
  }

  /** @param {string} locale @param {string} key @returns {Promise<import("../../src/engine/types.ts").CharacterBudget>} */
  async budget(locale, key) {
    const used = (this.headlines[locale] ?? "").length;
    return { key, locale, used, fits: used + 10, open: false, format: "square", formats: 1 };
  }

  /** @param {string} locale @param {string} key @param {string} text */
  async setCopy(locale, key, text) {
    this.headlines[locale] = text;
    this.edits = [
      ...this.edits.filter((edit) => edit.kind !== "copy" || edit.locale !== locale),
      { kind: "copy", locale, key, text },
    ];
    return this.#refresh();
  }

  async setToken() {
    return [];
  }

  /** @param {string} tail @param {readonly import("../../src/engine/types.ts").StampRequest[]} events */
  async ledgerAppend(tail, events) {
    let prev = tail ? JSON.parse(tail).hash : "";
    return events.map((event) => {
      const { timeMs, id, ...rest } = event;
      const line = { ...rest, time_ms: timeMs, variant: id, prev, hash: hash([prev, event]) };
      prev = line.hash;
      return JSON.stringify(line);
    });
  }

  /** @param {string} jsonl @returns {Promise<Record<string, import("../../src/engine/types.ts").StampState>>} */
  async ledgerState(jsonl) {
    /** @type {Record<string, import("../../src/engine/types.ts").StampRequest[]>} */
    const said = {};
    for (const line of jsonl.split("\n").filter(Boolean)) {
      const { time_ms, variant, ...rest } = JSON.parse(line);
      const event = { ...rest, timeMs: time_ms, id: variant };
      const of = said[variant] ?? [];
      said[variant] = of;
      if (event.action === "undo") of.pop();
      else of.push(event);
    }
    /** @type {Record<string, import("../../src/engine/types.ts").StampState>} */
    const states = {};
    for (const [id, events] of Object.entries(said)) {
      const last = events.at(-1);
      if (!last) continue;
      const { fingerprint, actor: by, timeMs } = last;
      const status =
        last.action === "send-back" ? "sent-back" : fingerprint === this.#variant(id).fingerprint ? "approved" : "reopened";
      states[id] = { status, fingerprint, by, timeMs, ...(last.reason ? { reason: last.reason } : {}) };
    }
    return states;
  }

  onProgress() {
    return () => {};
  }
  cancelPictures() {}
  dispose() {}
}

/** @param {string} [name] @param {string} [version] */
export function toyFiles(name = "alba · autumn light", version = "14") {
  return new Map([["campaign.json", new TextEncoder().encode(JSON.stringify({ name, version }))]]);
}
