/**
 * A delivery: stamped variants, encoded one by one while the zip is read, with a manifest and the ledger. In: a plan that has passed the
 * gate. Out: a stream of zip bytes. Nothing is held but the few files in work; where it is written is left to save.ts and to hosts.
 */
import { makeZip } from "client-zip";
import type { EngineClient } from "../engine/client.ts";
import { asEngineErrors, EngineFailure, failure, isAbort } from "../engine/errors.ts";
import type { CampaignInfo, DeliveryOptions, Encoded, Finding, StampState, VariantInfo, Way, Why } from "../engine/types.ts";
import { LEDGER, MANIFEST } from "./gate.ts";

/** One stamped variant on its way out. */
export interface DeliveryFile {
  name: string;
  variant: VariantInfo;
  stamp: StampState;
}

export interface DeliveryJob {
  engine: EngineClient;
  campaign: CampaignInfo;
  files: readonly DeliveryFile[];
  delivery: DeliveryOptions;
  naming: string;
  /** JSON Lines, as it stands at this moment. */
  ledger: string;
  /** Who delivers. */
  person: string;
  timeMs: number;
  signal?: AbortSignal | undefined;
  /** After each file. */
  onFile?: (done: number) => void;
}

/** Why a file is laid out as it is. */
export type Reason = Omit<Why, "alternatives"> & { alternatives: readonly Omit<Way, "terms" | "costs">[] };

/** One file of the manifest. */
export interface ManifestFile {
  name: string;
  id: string;
  format: string;
  locale: string;
  option: string;
  width: number;
  height: number;
  type: "png" | "jpeg";
  quality?: number;
  bytes: number;
  sha256: string;
  fingerprint: string;
  /** What the written file gave cause to say, such as a byte cap that it is above. */
  findings?: readonly Finding[];
  /** Why it is laid out so: what `variorum score` tells, of other ways what they are and what they break. */
  why?: Reason;
  /** `unseen`: approved by somebody who had not looked at it as it is. */
  stamp: { by: string; timeMs: number; time: string; unseen?: true };
}

/** manifest.json: what is in the zip, and on whose word. */
export interface Manifest {
  manifest: "variorum-delivery/1";
  campaign: { name: string; version: string };
  engine: string | null;
  delivered: { by: string; timeMs: number; time: string };
  naming: string;
  ledger: { name: string; lines: number };
  files: ManifestFile[];
}

/** The same one by one, for a host that keeps files: pictures, then the ledger, then the manifest. Folders of the template stand in the names. */
export async function* deliveryEntries(job: DeliveryJob): AsyncGenerator<File, void, undefined> {
  for await (const { name, lastModified, input } of entries(job)) {
    yield new File([input], name, {
      type: TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "",
      lastModified: lastModified.getTime(),
    });
  }
}
const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  json: "application/json",
  jsonl: "application/jsonl",
};

/** The zip as a stream: a file is encoded when its turn comes, with as many ahead as there are workers. */
export function deliveryStream(job: DeliveryJob): ReadableStream<Uint8Array> {
  return makeZip(entries(job), { buffersAreUTF8: true });
}

interface Entry {
  name: string;
  lastModified: Date;
  input: Uint8Array<ArrayBuffer> | string;
}

async function* entries(job: DeliveryJob): AsyncGenerator<Entry> {
  const { campaign, files, engine, delivery } = job;
  const now = new Date(job.timeMs);
  const listed: ManifestFile[] = [];
  // Ends the files in work when the reader stops before the end.
  const stop = new AbortController();
  const cancel = () => stop.abort(job.signal?.reason);
  if (job.signal?.aborted) cancel();
  job.signal?.addEventListener("abort", cancel);
  const coming: Promise<Encoded>[] = [];
  const waiting = files.values();
  const ask = () => {
    const next = waiting.next();
    if (next.done) return;
    const encoding = engine.encode(next.value.variant.id, delivery, { signal: stop.signal });
    // Its turn comes later: until then a rejection is not unheard, only not yet asked for.
    encoding.catch(() => undefined);
    coming.push(encoding);
  };
  try {
    for (let n = 0; n < engine.workers; n += 1) ask();
    for (const file of files) {
      const encoded = await coming.shift()?.catch((thrown: unknown) => {
        throw isAbort(thrown) ? thrown : blame(file, thrown);
      });
      ask();
      if (!encoded) break;
      if (encoded.fingerprint !== file.variant.fingerprint) {
        throw failure({
          code: "state",
          at: file.variant.id,
          message: "It was changed while the delivery was being written, so its stamp no longer covers it.",
          hint: "Review it again, then deliver.",
        });
      }
      listed.push(manifestFile(file, encoded));
      const time = file.stamp.timeMs === undefined ? now : new Date(file.stamp.timeMs);
      yield { name: file.name, lastModified: time, input: encoded.bytes as Uint8Array<ArrayBuffer> };
      job.onFile?.(listed.length);
    }
    const manifest: Manifest = {
      manifest: "variorum-delivery/1",
      campaign: { name: campaign.name, version: campaign.version },
      engine: campaign.engine ?? null,
      delivered: { by: job.person, timeMs: job.timeMs, time: now.toISOString() },
      naming: job.naming,
      ledger: { name: LEDGER, lines: job.ledger.split("\n").filter(Boolean).length },
      files: listed,
    };
    yield { name: LEDGER, lastModified: now, input: job.ledger };
    yield { name: MANIFEST, lastModified: now, input: `${JSON.stringify(manifest, null, 2)}\n` };
  } finally {
    job.signal?.removeEventListener("abort", cancel);
    stop.abort();
  }
}

/** The same failure, with the variant and the file that it keeps from leaving. */
function blame({ name, variant }: DeliveryFile, thrown: unknown): EngineFailure {
  const wrong = asEngineErrors(thrown).map((error) => ({ ...error, message: `${variant.id} (${name}): ${error.message}` }));
  return new EngineFailure(wrong);
}

/** Without the terms of ways that were not taken: the manifest tells of the file. Energies that are rough are marked. */
function brief(why: Why): Reason {
  const alternatives = why.alternatives.map(({ terms: _, costs: __, ...told }) => told);
  return { ...why, alternatives };
}

function manifestFile({ name, variant, stamp }: DeliveryFile, encoded: Encoded): ManifestFile {
  const timeMs = stamp.timeMs ?? 0;
  return {
    name,
    id: variant.id,
    format: variant.format,
    locale: variant.locale,
    option: variant.option,
    width: encoded.width,
    height: encoded.height,
    type: encoded.type,
    ...(encoded.quality === undefined ? {} : { quality: encoded.quality }),
    bytes: encoded.bytes.length,
    sha256: encoded.sha256,
    fingerprint: encoded.fingerprint,
    ...(encoded.findings?.length ? { findings: encoded.findings } : {}),
    ...(encoded.why ? { why: brief(encoded.why) } : {}),
    stamp: {
      by: stamp.by ?? "",
      timeMs,
      time: new Date(timeMs).toISOString(),
      ...(stamp.unseen ? { unseen: true as const } : {}),
    },
  };
}
