/**
 * The gate: what may leave. In: the ids asked for, stamps, current fingerprints. Out: files with names, and what is refused and why. A stamp counts
 * for the fingerprint it was set on and no other.
 */
import { failure } from "../engine/errors.ts";
import type { DeliveryOptions, StampState, VariantInfo } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { DeliveryPlan } from "../store/store.ts";
import { fileName, UniqueNames } from "./naming.ts";

/** Files that every delivery has beside the variants. */
export const MANIFEST = "manifest.json";
export const LEDGER = "ledger.jsonl";

export interface GateOptions {
  /** @default all approved */
  ids?: Iterable<string> | undefined;
  delivery: DeliveryOptions;
  naming: string;
}

/** Whether a stamp lets its variant leave as it is now. */
export function mayLeave(stamp: StampState | undefined, variant: VariantInfo): boolean {
  return stamp?.status === "approved" && (stamp.fingerprint === undefined || stamp.fingerprint === variant.fingerprint);
}

export function gate(state: StudioState, options: GateOptions): DeliveryPlan {
  const { campaign, variants, formats, stamps } = state;
  if (!campaign) throw failure({ code: "state", at: "", message: "No campaign is open." });
  const asked = options.ids ? new Set(options.ids) : undefined;
  for (const id of asked ?? []) {
    if (!variants.has(id)) throw failure({ code: "unknown", at: id, message: "There is no such variant.", found: id });
  }
  const names = new UniqueNames([MANIFEST, LEDGER]);
  const files: { id: string; name: string }[] = [];
  const refused: { id: string; status: "to-review" | "sent-back" | "reopened" }[] = [];
  for (const variant of variants.values()) {
    const stamp = stamps.get(variant.id);
    const format = formats.get(variant.format);
    if (asked && !asked.has(variant.id)) continue;
    if (format && mayLeave(stamp, variant)) {
      files.push({ id: variant.id, name: names.take(fileName(options.naming, campaign, variant, format, options.delivery)) });
    } else if (asked) {
      const status = stamp?.status ?? "to-review";
      refused.push({ id: variant.id, status: status === "approved" ? "reopened" : status });
    }
  }
  return { files, refused };
}
