/**
 * What leaves: the gate's plan, and a delivery of stamped variants that is counted while it is read. In: what is wanted. Out: a zip or its files;
 * progress in the state, word of how it ended. Encoding and zipping are ../deliver's.
 */
import { type DeliveryFile, type DeliveryJob, deliveryEntries, deliveryStream } from "../deliver/deliver.ts";
import { type GateOptions, gate } from "../deliver/gate.ts";
import { slug } from "../deliver/naming.ts";
import type { EngineClient } from "../engine/client.ts";
import { EngineFailure, failure, isAbort } from "../engine/errors.ts";
import type { EngineError } from "../engine/types.ts";
import type { Board } from "./board.ts";
import type { DeliverOptions, Delivery, DeliveryPlan } from "./store.ts";

export interface LeavingOptions {
  engine: EngineClient;
  /** The ledger as it stands, JSON Lines. */
  ledger: () => string;
  now: () => number;
}

export class Leaving {
  readonly #board: Board;
  readonly #options: LeavingOptions;

  constructor(board: Board, options: LeavingOptions) {
    this.#board = board;
    this.#options = options;
  }

  plan(options: DeliverOptions = {}): DeliveryPlan {
    return gate(this.#board.state, this.#gateOptions(options));
  }

  async deliver(options: DeliverOptions = {}): Promise<Delivery> {
    return this.#board.act("deliver", async () => {
      const wanted = this.#gateOptions(options);
      const { files, refused } = gate(this.#board.state, wanted);
      if (refused.length > 0) throw new EngineFailure(refused.map(({ id, status }) => refusal(id, status)));
      if (files.length === 0) {
        throw failure({
          code: "state",
          at: "",
          message: "Nothing is approved yet, so nothing may leave.",
          hint: "Approve variants first.",
        });
      }
      const { campaign, variants, stamps } = this.#board.state;
      if (!campaign) throw failure({ code: "state", at: "", message: "No campaign is open." });
      const out: DeliveryFile[] = files.flatMap(({ id, name }) => {
        const variant = variants.get(id);
        const stamp = stamps.get(id);
        return variant && stamp ? [{ name, variant, stamp }] : [];
      });
      const name = `${slug(`${campaign.name} ${campaign.version}`) || "delivery"}.zip`;
      const job: DeliveryJob = {
        engine: this.#options.engine,
        campaign,
        files: out,
        delivery: wanted.delivery,
        naming: wanted.naming,
        ledger: this.#options.ledger(),
        person: this.#board.state.person,
        timeMs: this.#options.now(),
        signal: options.signal,
        onFile: (done) =>
          this.#board.set({ delivery: { done, total: out.length, bytes: this.#board.state.delivery?.bytes ?? 0 } }),
      };
      return this.#delivery(name, job);
    });
  }

  #delivery(name: string, job: DeliveryJob): Delivery {
    const files = job.files.length;
    const begin = () => this.#board.set({ delivery: { done: 0, total: files, bytes: 0 } });
    const watch = <T>(source: ReadableStream<T>, sizeOf: (part: T) => number) => this.#watch(source, sizeOf, name, files);
    return {
      name,
      files,
      get stream() {
        begin();
        return watch(deliveryStream(job), (chunk) => chunk.length);
      },
      each() {
        begin();
        return iterate(watch(streamOf(deliveryEntries(job)), (file) => file.size));
      },
    };
  }

  #gateOptions({ ids, delivery, naming }: DeliverOptions): GateOptions {
    const { campaign } = this.#board.state;
    return {
      ids,
      delivery: delivery ?? campaign?.delivery ?? { type: "png" },
      naming: naming ?? campaign?.naming ?? "{format}_{locale}_{option}.{ext}",
    };
  }

  /** Counts what leaves, and tells how it ended. */
  #watch<T>(leaving: ReadableStream<T>, sizeOf: (part: T) => number, name: string, files: number): ReadableStream<T> {
    const reader = leaving.getReader();
    let bytes = 0;
    const source: UnderlyingDefaultSource<T> = {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            this.#board.set({ delivery: undefined });
            this.#board.emit({ type: "deliver", files, bytes, name });
            return;
          }
          bytes += sizeOf(value);
          if (this.#board.state.delivery) this.#board.set({ delivery: { ...this.#board.state.delivery, bytes } });
          controller.enqueue(value);
        } catch (thrown) {
          this.#board.set({ delivery: undefined });
          if (!isAbort(thrown)) this.#board.fail("deliver", thrown);
          controller.error(thrown);
        }
      },
      cancel: async (reason) => {
        this.#board.set({ delivery: undefined });
        // The zip writer rejects with the reason it was given: that is no news.
        await reader.cancel(reason).catch(() => undefined);
      },
    };
    // Nothing ahead of the reader: one who never reads has nothing encoded.
    return new ReadableStream(source, { highWaterMark: 0 });
  }
}

function refusal(id: string, status: "to-review" | "sent-back" | "reopened"): EngineError {
  const why = {
    "to-review": "It was not stamped yet.",
    "sent-back": "It was sent back.",
    reopened: "It was changed after its stamp.",
  }[status];
  return { code: "state", at: id, message: why, found: status, allowed: "approved", hint: "Approve it, or leave it out." };
}

/** Given as they are asked for, none ahead. */
function streamOf<T>(items: AsyncGenerator<T, void, undefined>): ReadableStream<T> {
  const source: UnderlyingDefaultSource<T> = {
    async pull(controller) {
      const next = await items.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await items.return();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** Streams are not iterable everywhere yet. Leaving the loop cancels. */
async function* iterate<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
