/**
 * Stamps: what people say of variants, in a ledger that is on disk before it counts. In: approvals, sendings back, takings back. Out: `stamps` of the
 * state, felt at once and taken back where the disk refused; word to other tabs of this browser.
 */
import { failure } from "../engine/errors.ts";
import type { StampRequest, StampState, VariantInfo } from "../engine/types.ts";
import type { Board } from "./board.ts";
import type { Ledger } from "./ledger.ts";
import type { Undoable } from "./state.ts";

const UNDO_DEPTH = 100;

export interface StampingOptions {
  /** Clock of stamps, ms since 1970. */
  now: () => number;
  /** Something was stamped as it is now. */
  stamped: () => void;
}

export class Stamping {
  readonly #board: Board;
  readonly #options: StampingOptions;
  #ledger: Ledger | undefined;
  #undo: Undoable[] = [];
  /** Settles when all that was said so far is on disk or refused; how often something was said. */
  #saying: Promise<void> = Promise.resolve();
  #turn = 0;
  /** Other tabs of this database hear by it that a ledger grew. */
  #tabs: BroadcastChannel | undefined;

  constructor(board: Board, options: StampingOptions) {
    this.#board = board;
    this.#options = options;
  }

  /** Another campaign's ledger, or none. */
  take(ledger: Ledger | undefined): void {
    this.#ledger = ledger;
    this.#undo = [];
  }

  get jsonl(): string {
    return this.#ledger?.jsonl ?? "";
  }

  history(id: string): readonly StampRequest[] {
    return this.#ledger?.history(id) ?? [];
  }

  /**
   * Approves; what is approved already, as it is now, is passed over: once is enough. What a stamp is set in spite of is said before it, as
   * a comment.
   */
  async approve(ids: Iterable<string>, unseen: ReadonlySet<string>, despite: ReadonlyMap<string, string>): Promise<void> {
    await this.#board.act("stamp", async () => {
      const { stamps } = this.#board.state;
      const open = [...new Set(ids)].filter((id) => stamps.get(id)?.status !== "approved");
      const broken = open.filter((id) => despite.has(id));
      const comments = broken.map((id) =>
        this.#event("comment", id, { reason: `Approved in spite of what must be mended: ${despite.get(id)}.` }),
      );
      const approval = (id: string) => this.#event(unseen.has(id) ? "approve-unseen" : "approve", id);
      await this.#stamp("approve", approval, open, comments);
      if (comments.length > 0) this.#board.set({ said: this.#board.state.said + 1 });
    });
  }

  async sendBack(ids: Iterable<string>, reason: string): Promise<void> {
    await this.#board.act("stamp", async () => {
      if (!reason) {
        throw failure({ code: "missing", at: "reason", message: "Sending back needs a reason.", hint: "Say what to change." });
      }
      await this.#stamp("send-back", (id) => this.#event("send-back", id, { reason }), [...new Set(ids)]);
    });
  }

  async comment(id: string, words: string, place?: readonly [number, number]): Promise<void> {
    await this.#board.act("stamp", async () => {
      this.#check();
      if (!words) throw failure({ code: "missing", at: "words", message: "A comment needs words." });
      const at: [number, number] | undefined = place && [Math.round(place[0]), Math.round(place[1])];
      await this.#say([this.#event("comment", id, { reason: words, ...(at ? { place: at } : {}) })]);
      this.#board.set({ said: this.#board.state.said + 1 });
    });
  }

  async #stamp(
    action: Undoable["action"],
    eventOf: (id: string) => StampRequest,
    ids: readonly string[],
    comments: readonly StampRequest[] = [],
  ): Promise<void> {
    this.#check();
    const before = this.#board.state.stamps;
    const stamps = new Map(before);
    const events = ids.map(eventOf);
    if (events.length === 0) return;
    for (const { id, action, actor: by, timeMs, fingerprint, reason } of events) {
      const status = action === "send-back" ? "sent-back" : "approved";
      const unseen = action === "approve-unseen" ? { unseen: true } : {};
      stamps.set(id, { status, by, timeMs, fingerprint, ...(reason ? { reason } : {}), ...unseen });
    }
    // Felt at once, and who has judged goes on; `kept` says "writing" until it is on disk.
    this.#board.set({ stamps, held: undefined });
    try {
      await this.#say([...comments, ...events]);
    } catch (thrown) {
      // Not said, so not shown: but what others said meanwhile stays.
      await this.fold().catch(() => this.#board.set({ stamps: before }));
      throw thrown;
    }
    this.#options.stamped();
    this.#undoable([...this.#undo, { action, ids }]);
  }

  /** Takes back the last stamp or sending back of this sitting. */
  async undo(): Promise<void> {
    await this.#board.act("stamp", async () => {
      const last = this.#undo.at(-1);
      if (!last) return;
      this.#undoable(this.#undo.slice(0, -1));
      try {
        await this.#say(last.ids.map((id) => this.#event("undo", id)));
      } catch (thrown) {
        this.#undoable([...this.#undo, last]);
        throw thrown;
      }
      await this.fold();
    });
  }

  /** Asks the engine what the ledger comes to with the fingerprints of now. */
  async fold(): Promise<void> {
    const ledger = this.#ledger;
    for (;;) {
      await this.#saying;
      const turn = this.#turn;
      const stamps = await ledger?.state();
      if (!stamps || this.#ledger !== ledger) return;
      // What was said while the engine was asked is not in its answer: it is asked anew, and no stamp goes missing.
      if (turn !== this.#turn) continue;
      this.#board.set({ stamps });
      return;
    }
  }

  /** Told at once from what each stamp was set on; the engine's own fold follows when typing rests. */
  guess(changed: readonly VariantInfo[]): Map<string, StampState> {
    const stamps = new Map(this.#board.state.stamps);
    for (const { id, fingerprint } of changed) {
      const stamp = stamps.get(id);
      if (stamp?.status === "approved" && stamp.fingerprint !== fingerprint) stamps.set(id, { ...stamp, status: "reopened" });
      else if (stamp?.status === "reopened" && stamp.fingerprint === fingerprint)
        stamps.set(id, { ...stamp, status: "approved" });
    }
    return stamps;
  }

  /** Hears what other tabs of the same database stamp. */
  listen(database: string): void {
    if (typeof BroadcastChannel === "undefined") return;
    this.#tabs = new BroadcastChannel(`variorum ${database}`);
    this.#tabs.onmessage = async ({ data }) => {
      const ledger = this.#ledger;
      if (ledger?.name !== data) return;
      await ledger?.reload().catch(() => undefined);
      await this.fold().catch((thrown) => this.#board.fail("stamp", thrown));
    };
  }

  close(): void {
    this.#tabs?.close();
  }

  #check(): void {
    if (!this.#ledger) throw failure({ code: "state", at: "", message: "No campaign is open." });
    if (!this.#board.state.person) {
      throw failure({ code: "missing", at: "person", message: "A stamp needs a name.", hint: "Say who you are, then stamp." });
    }
  }

  #undoable(stack: Undoable[]): void {
    this.#undo = stack.slice(-UNDO_DEPTH);
    this.#board.set({ undoable: this.#undo.at(-1) });
  }

  #event(action: StampRequest["action"], id: string, more: Pick<StampRequest, "reason" | "place"> = {}): StampRequest {
    const { variants, person } = this.#board.state;
    const variant = variants.get(id);
    if (!variant) throw failure({ code: "unknown", at: id, message: "There is no such variant.", found: id });
    const { fingerprint } = variant;
    return { action, id, fingerprint, actor: person, timeMs: this.#options.now(), ...more };
  }

  /** All that is said goes through here, so that `fold` knows which answers are from before it. */
  #say(events: readonly StampRequest[]): Promise<void> {
    const saying = this.#write(events);
    this.#saying = Promise.allSettled([this.#saying, saying]).then(() => undefined);
    this.#turn += 1;
    return saying;
  }

  async #write(events: readonly StampRequest[]): Promise<void> {
    const ledger = this.#ledger;
    if (!ledger) return;
    const lines = await this.#board.write(() => ledger.append(events));
    this.#tabs?.postMessage(ledger.name);
    this.#board.emit({ type: "stamp", events, lines });
  }
}
