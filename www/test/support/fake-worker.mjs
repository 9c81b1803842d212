// A worker that a test holds by the hand: it answers when told to, traps when told to, and knows what it was asked. It stands where
// www/src/engine/worker.ts runs in a browser.

/** @typedef {import("../../src/engine/protocol.ts").ToWorker} ToWorker */

/** @typedef {import("../../src/engine/protocol.ts").WorkerPort} WorkerPort */

/** @implements {WorkerPort} */
export class FakeWorker {
  /** @type {WorkerPort["onmessage"]} */
  onmessage = null;
  /** @type {WorkerPort["onerror"]} */
  onerror = null;
  /** @type {WorkerPort["onmessageerror"]} */
  onmessageerror = null;
  /** All it was ever asked. @type {ToWorker[]} */
  asked = [];
  /** Not answered yet. @type {ToWorker[]} */
  open = [];
  /** Told to be cut short: whether they are is the test's business. @type {number[]} */
  unwanted = [];
  ended = false;

  /** @param {(message: ToWorker, worker: FakeWorker) => unknown} [answer] answers at once; undefined waits for the test; a thrown array refuses, another thrown thing traps */
  constructor(answer) {
    this.answer = answer;
  }

  /** @param {readonly ToWorker[]} calls */
  postMessage(calls) {
    for (const call of calls) this.#take(call);
  }

  /** @param {ToWorker} message */
  #take(message) {
    if (message.call === "cut") {
      this.unwanted.push(message.seq);
      return;
    }
    this.asked.push(message);
    this.open.push(message);
    queueMicrotask(() => {
      if (this.ended || !this.answer) return;
      try {
        const value = this.answer(message, this);
        if (value !== undefined) this.reply(message, value);
      } catch (thrown) {
        if (Array.isArray(thrown)) this.refuse(message, thrown);
        else this.trap(message, String(thrown));
      }
    });
  }

  /** @param {ToWorker} message @param {unknown} value */
  reply(message, value) {
    this.#send({ seq: message.seq, ok: true, value });
  }

  /** Answers and tells its memory; for `answer`. @param {ToWorker} message @param {unknown} value @param {number} memory */
  tell(message, value, memory) {
    this.#send({ seq: message.seq, ok: true, value, memory });
  }

  /** @param {ToWorker} message @param {import("../../src/engine/types.ts").EngineError[]} errors */
  refuse(message, errors) {
    this.#send({ seq: message.seq, ok: false, errors });
  }

  /** @param {ToWorker} message */
  cut(message) {
    this.#send({ seq: message.seq, ok: false, cut: true });
  }

  /** @param {ToWorker} message @param {string} trap */
  trap(message, trap = "unreachable") {
    this.#send({ seq: message.seq, ok: false, trap });
  }

  terminate() {
    this.ended = true;
  }

  /** @param {import("../../src/engine/protocol.ts").FromWorker} data */
  #send(data) {
    this.open = this.open.filter(({ seq }) => seq !== data.seq);
    this.onmessage?.(/** @type {MessageEvent} */ ({ data: [data] }));
  }
}

/** Lets everything happen that is due. */
export async function settle(turns = 6) {
  for (let n = 0; n < turns; n += 1) await new Promise((done) => setTimeout(done, 1));
}
