/**
 * An engine that draws coloured boxes: for working on the elements where the wasm module is not built, and for tests of the elements alone. In: a sample's
 * files. Out: the shapes of engine/types.ts, with made-up findings that are the same at every run.
 */

import formats from "../../../src/campaign/formats.json";
import type { EngineClient, EngineProgress, RequestOptions } from "../../src/engine/client.ts";
import { failure } from "../../src/engine/errors.ts";
import type {
  CampaignFiles,
  CampaignInfo,
  CharacterBudget,
  Edit,
  Encoded,
  Finding,
  FormatInfo,
  LayerBox,
  MessageInfo,
  Rendered,
  RenderRequest,
  Salience,
  StampRequest,
  StampState,
  TokenInfo,
  VariantInfo,
  Why,
} from "../../src/engine/types.ts";

const NAMES = new Intl.DisplayNames(["en"], { type: "language" });

function hash(text: string): string {
  let h = 2166136261;
  for (const unit of text) h = Math.imul(h ^ (unit.codePointAt(0) ?? 0), 16777619);
  return (h >>> 0).toString(16).padStart(8, "0");
}

function formatInfo(raw: (typeof formats)[number]): FormatInfo {
  const record = raw as Record<string, unknown>;
  const isMm = record.unit === "mm";
  const dpi = (record.dpi as number | undefined) ?? 150;
  const px = (length: number): number => Math.round(isMm ? (length * dpi) / 25.4 / (length > 1000 ? 10 : 1) : length);
  const safe = record.safe_zone as { top: number; right: number; bottom: number; left: number } | undefined;
  const width = px(raw.width);
  const height = px(raw.height);
  const aspect = width / height;
  return {
    id: raw.id,
    medium: raw.medium,
    channel: raw.channel,
    name: raw.name,
    width,
    height,
    size: isMm ? `${raw.width} × ${raw.height} mm` : `${raw.width} × ${raw.height} px`,
    class:
      aspect > 2.4 ? "strip" : aspect > 1.2 ? "landscape" : aspect > 0.85 ? "square" : aspect > 0.45 ? "portrait" : "skyscraper",
    bleed: isMm ? px(3) : 0,
    safe: safe ? [px(safe.top), px(safe.right), px(safe.bottom), px(safe.left)] : [0, 0, 0, 0],
    fileTypes: ["png"],
    sets: [],
  };
}

export class MockEngine implements EngineClient {
  readonly workers = 2;
  readonly memory = 0;
  campaign: CampaignInfo | undefined;
  edits: Edit[] = [];
  readonly #copies = new Map<string, MessageInfo[]>();
  readonly #listeners = new Set<(progress: EngineProgress) => void>();
  #done = 0;
  #queue: { priority: number; order: number; run: () => Promise<void>; drop: () => void; picture: boolean }[] = [];
  #order = 0;
  #running = 0;
  #times: number[] = [];
  #total = 0;
  #colours = new Map<string, string>();

  async open(files: CampaignFiles): Promise<CampaignInfo> {
    const raw = files.get("campaign.json");
    if (!raw) {
      throw failure({
        code: "missing",
        at: "campaign.json",
        message: "There is no campaign.json.",
        found: [...files.keys()].slice(0, 3).join(", "),
        hint: "Drop the folder that holds campaign.json, or a .variorum file of it.",
      });
    }
    const text = (path: string): unknown =>
      JSON.parse(new TextDecoder().decode(files.get(path) ?? new TextEncoder().encode("{}")));
    const campaign = text("campaign.json") as {
      name: string;
      version: string;
      source_locale: string;
      locales: string[];
      naming?: string;
    };
    this.#copies.clear();
    for (const locale of campaign.locales) {
      const copy = text(`copy/${locale}.json`) as { messages?: Record<string, { text: string; origin: MessageInfo["origin"] }> };
      this.#copies.set(
        locale,
        Object.entries(copy.messages ?? {}).map(([key, value]) => ({ key, text: value.text, origin: value.origin })),
      );
    }
    const tokens: TokenInfo[] = [
      { path: "color.accent", type: "color", value: "#ffcf33" },
      { path: "color.ink", type: "color", value: "#20201c" },
      { path: "color.paper", type: "color", value: "#f7f4ee" },
      { path: "font.display", type: "fontFamily", value: "Fraunces" },
      { path: "radius.button", type: "dimension", value: "12px" },
    ];
    this.#colours = new Map(tokens.map((token) => [token.path, token.value]));
    const list = formats.map(formatInfo);
    this.edits = [];
    this.campaign = {
      name: campaign.name,
      version: campaign.version,
      ground: "#2c3324",
      artboard: { width: 1080, height: 1350, boxes: {} },
      sourceLocale: campaign.source_locale,
      formats: list,
      locales: campaign.locales.map((tag) => ({
        tag,
        name: NAMES.of(tag) ?? tag,
        dir: tag === "ar" || tag === "he" ? "rtl" : "ltr",
      })),
      options: ["main"],
      variants: list.flatMap((format) =>
        campaign.locales.map((locale) => ({
          id: `${format.id}.${locale}.main`,
          format: format.id,
          locale,
          option: "main",
          fingerprint: this.#print(format.id, locale),
        })),
      ),
      tokens,
      messageKeys: ["headline"],
      naming: campaign.naming ?? "{campaign}_{format}_{locale}.{ext}",
      delivery: { type: "png" },
      warnings: [],
      rights: [],
    };
    return this.campaign;
  }

  #print(format: string, locale: string): string {
    const words = (this.#copies.get(locale) ?? []).map((message) => message.text).join("|");
    const seed = `${format} ${locale} ${words} ${[...this.#colours.values()].join()}`;
    return [0, 1, 2, 3].map((n) => hash(`${n}${seed}`)).join("");
  }

  render(request: RenderRequest, { priority = 2, signal }: RequestOptions = {}): Promise<Rendered> {
    return new Promise((done, failed) => {
      const drop = (): void => failed(new DOMException("The request was cancelled.", "AbortError"));
      if (signal?.aborted) {
        drop();
        return;
      }
      const entry = { priority, order: this.#order++, picture: true, drop, run: async () => done(await this.#draw(request)) };
      signal?.addEventListener("abort", () => {
        const at = this.#queue.indexOf(entry);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        this.#total -= 1;
        drop();
      });
      this.#queue.push(entry);
      this.#total += 1;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < 2 && this.#queue.length > 0) {
      let best = 0;
      for (const [i, entry] of this.#queue.entries()) {
        const old = this.#queue[best];
        if (old && (entry.priority > old.priority || (entry.priority === old.priority && entry.order < old.order))) best = i;
      }
      const [entry] = this.#queue.splice(best, 1);
      if (!entry) return;
      this.#running += 1;
      setTimeout(() => {
        void entry.run().finally(() => {
          this.#running -= 1;
          this.#done += 1;
          this.#tell();
          this.#pump();
        });
      }, 2);
    }
  }

  #tell(): void {
    const now = performance.now();
    this.#times = [...this.#times.filter((time) => now - time < 2000), now];
    for (const listener of this.#listeners)
      listener({ done: this.#done, total: this.#total, rate: this.#times.length / 2, workers: 2 });
    if (this.#done >= this.#total) this.#done = this.#total = 0;
  }

  async #draw(request: RenderRequest): Promise<Rendered> {
    const variant = this.campaign?.variants.find((one) => one.id === request.id);
    const format = this.campaign?.formats.find((one) => one.id === variant?.format);
    const locale = this.campaign?.locales.find((one) => one.tag === variant?.locale);
    if (!variant || !format || !locale) throw failure({ code: "unknown", at: request.id, message: "There is no such variant." });
    const [x, y, w, h] = request.region ?? [0, 0, format.width, format.height];
    const scale = request.scale ?? Math.min((request.maxWidth ?? w) / w, (request.maxHeight ?? h) / h);
    const width = Math.max(1, Math.round(w * scale));
    const height = Math.max(1, Math.round(h * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    const headline = (this.#copies.get(locale.tag) ?? []).find((message) => message.key === "headline")?.text ?? "";
    const boxes: LayerBox[] = [];
    if (context) {
      context.scale(scale, scale);
      context.translate(-x, -y);
      const { width: W, height: H } = format;
      const sky = context.createLinearGradient(0, 0, 0, H);
      for (const [at, colour] of [
        [0, "#d9a441"],
        [0.35, "#8a7a3c"],
        [0.6, "#3f4a2a"],
        [1, "#12160d"],
      ] as const)
        sky.addColorStop(at, colour);
      context.fillStyle = sky;
      context.fillRect(-format.bleed, -format.bleed, W + 2 * format.bleed, H + 2 * format.bleed);
      context.fillStyle = "#fff3c455";
      context.beginPath();
      context.arc(W * 0.5, H * 0.3, Math.min(W, H) * 0.28, 0, 7);
      context.fill();
      const size = Math.min(W / 9, H / 7);
      context.font = `700 ${size}px sans-serif`;
      context.direction = locale.dir;
      context.textAlign = "start";
      context.fillStyle = this.#colours.get("color.paper") ?? "#fff";
      const pad = Math.min(W, H) * 0.08;
      const left = locale.dir === "rtl" ? W - pad : pad;
      const lines = headline.split("\n");
      for (const [i, line] of lines.entries())
        context.fillText(line, left, H - pad - size * (1.6 + (lines.length - 1 - i) * 1.1), W - 2 * pad);
      boxes.push({
        layer: "headline",
        role: "headline",
        box: [pad, H - pad - size * (2.4 + (lines.length - 1) * 1.1), W - 2 * pad, size * (lines.length * 1.1 + 0.2)],
        size,
        lines: lines.length,
      });
      context.fillStyle = this.#colours.get("color.accent") ?? "#fc3";
      context.fillRect(locale.dir === "rtl" ? W - pad - size * 3 : pad, H - pad - size, size * 3, size);
      boxes.push({
        layer: "cta",
        role: "call-to-action",
        box: [locale.dir === "rtl" ? W - pad - size * 3 : pad, H - pad - size, size * 3, size],
      });
    }
    return {
      id: variant.id,
      fingerprint: variant.fingerprint,
      width,
      height,
      scale,
      bitmap: canvas.transferToImageBitmap(),
      findings: this.#findings(variant, boxes),
      boxes,
      arrangement: "overlay",
      layout: "overlay-bottom",
      energy: 0,
      dropped: [],
      ms: 2,
    };
  }

  #findings(variant: VariantInfo, boxes: readonly LayerBox[]): Finding[] {
    const seed = Number.parseInt(hash(variant.id), 16);
    const found: Finding[] = [];
    const place = boxes[0]?.box;
    if (seed % 47 === 0)
      found.push({
        rule: "shrunk",
        severity: "must",
        layer: "headline",
        measured: 0.68,
        limit: 1,
        unit: "×",
        message: "headline: below its floor, at 0.68 of it. Shorten the copy.",
        ...(place ? { place } : {}),
      });
    if (seed % 11 === 0)
      found.push({ rule: "dropped", severity: "should", layer: "legal", unit: "", message: "legal: left out, no room for it." });
    if (seed % 29 === 0)
      found.push({
        rule: "upscaled",
        severity: "should",
        layer: "photo",
        measured: 1.42,
        limit: 1,
        unit: "×",
        message: "photo: enlarged 1.42 times. Bring a larger picture.",
      });
    return found;
  }

  async encode(id: string): Promise<Encoded> {
    const variant = this.campaign?.variants.find((one) => one.id === id);
    await new Promise((done) => setTimeout(done, 8));
    return {
      id,
      fingerprint: variant?.fingerprint ?? "",
      name: id,
      width: 1,
      height: 1,
      type: "png",
      sha256: hash(id).repeat(8),
      bytes: new Uint8Array(20_000),
    };
  }

  async copy(locale: string): Promise<MessageInfo[]> {
    return [...(this.#copies.get(locale) ?? [])];
  }

  async budget(locale: string, key: string): Promise<CharacterBudget> {
    const used = (this.#copies.get(locale) ?? []).find((message) => message.key === key)?.text.length ?? 0;
    return { key, locale, used, fits: 40, open: false, format: "iab-leaderboard", formats: 12 };
  }

  async setCopy(locale: string, key: string, text: string): Promise<VariantInfo[]> {
    this.#copies.set(
      locale,
      (this.#copies.get(locale) ?? []).map((message) => (message.key === key ? { key, text, origin: "human" } : message)),
    );
    this.edits = [...this.edits, { kind: "copy", locale, key, text }];
    return this.#changed((variant) => variant.locale === locale);
  }

  async setToken(path: string, value: string): Promise<VariantInfo[]> {
    this.#colours.set(path, value);
    if (this.campaign)
      this.campaign = {
        ...this.campaign,
        tokens: this.campaign.tokens.map((token) => (token.path === path ? { ...token, value } : token)),
      };
    this.edits = [...this.edits, { kind: "token", path, value }];
    return this.#changed(() => true);
  }

  #changed(which: (variant: VariantInfo) => boolean): VariantInfo[] {
    if (!this.campaign) return [];
    const changed: VariantInfo[] = [];
    const variants = this.campaign.variants.map((variant) => {
      if (!which(variant)) return variant;
      const next = { ...variant, fingerprint: this.#print(variant.format, variant.locale) };
      changed.push(next);
      return next;
    });
    this.campaign = { ...this.campaign, variants };
    return changed;
  }

  async ledgerAppend(_tail: string, events: readonly StampRequest[]): Promise<string[]> {
    return events.map((event) => JSON.stringify(event));
  }

  async ledgerState(jsonl: string): Promise<Record<string, StampState>> {
    const states: Record<string, StampState> = {};
    const past: Record<string, (StampState | undefined)[]> = {};
    for (const line of jsonl.split("\n").filter(Boolean)) {
      const event = JSON.parse(line) as StampRequest;
      past[event.id] ??= [];
      const before = states[event.id];
      if (event.action === "undo") {
        const back = past[event.id]?.pop();
        if (back) states[event.id] = back;
        else delete states[event.id];
        continue;
      }
      past[event.id]?.push(before);
      const current = this.campaign?.variants.find((one) => one.id === event.id)?.fingerprint === event.fingerprint;
      states[event.id] = {
        status: event.action === "send-back" ? "sent-back" : current ? "approved" : "reopened",
        by: event.actor,
        timeMs: event.timeMs,
        fingerprint: event.fingerprint,
        ...(event.reason === undefined ? {} : { reason: event.reason }),
      };
    }
    return states;
  }

  onProgress(listener: (progress: EngineProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cancelPictures(): void {
    const dropped = this.#queue;
    this.#queue = [];
    this.#total -= dropped.length;
    for (const entry of dropped) entry.drop();
    this.#tell();
  }

  async alternatives(): Promise<Why> {
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

  async setOverrides(): Promise<VariantInfo[]> {
    return [];
  }

  async salience(): Promise<Salience> {
    return { width: 1, height: 1, values: new Float32Array(1) };
  }

  beside(): EngineClient {
    return new MockEngine();
  }

  dispose(): void {
    this.cancelPictures();
  }
}
