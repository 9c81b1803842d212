/**
 * Judging as a person does it: on what, under whose name, seen or not, and taken back. In: a wish to stamp or to send back. Out: acts of the store, with
 * the questions that come before them and the word that comes after.
 */

import type { StudioStore } from "../store/store.ts";
import type { Seen } from "./seen.ts";
import { count, plural } from "./words.ts";

/** What asks and tells. */
export interface Voices {
  /** Who stamps; "" where the person thought better of it. */
  person: { ask(): Promise<string> };
  ask: {
    ask(title: string, words: string, verb: string): Promise<boolean>;
    choose(title: string, words: string, verbs: readonly string[]): Promise<number | undefined>;
  };
  notice: { say(words: string): void; clear(): void };
}

export interface JudgingOptions extends Voices {
  store: () => StudioStore | undefined;
  seen: Seen;
  /** Looks at the screen now. */
  glance: () => void;
  /** Brings variants before the person's eyes. */
  show: (ids: readonly string[]) => void;
}

export class Judging {
  readonly #options: JudgingOptions;

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  async approve(): Promise<void> {
    const store = await this.#ready();
    if (store) await this.#approve(store, subjects(store)).catch(shown);
  }

  async sendBack(reason: string): Promise<void> {
    const store = await this.#ready();
    if (!store) return;
    const ids = subjects(store);
    await store.sendBack(ids, reason).then(() => this.#options.notice.say(`Sent back ${count(ids.length)}`), shown);
  }

  async undo(): Promise<void> {
    const store = this.#options.store();
    if (!store?.state.undoable) return;
    this.#options.notice.clear();
    await store.undo().catch(shown);
  }

  async comment(id: string, words: string, place: readonly [number, number]): Promise<void> {
    const store = await this.#ready();
    await store?.comment(id, words, place).catch(shown);
  }

  /** Drops the edits, asked once. */
  async revert(): Promise<void> {
    const store = this.#options.store();
    if (!store) return;
    const yes = await this.#options.ask.ask(
      `Take back ${plural(store.state.edits.length, "edit")}?`,
      "Words and tokens are as they were in the files again. Stamps stay in the ledger; a variant that was stamped as it was then counts as approved again.",
      "Take back",
    );
    if (yes) await store.revert().catch(shown);
  }

  /** The store, where there is something to stamp and somebody who does. */
  async #ready(): Promise<StudioStore | undefined> {
    const store = this.#options.store();
    if (!store || subjects(store).length === 0) return undefined;
    if (store.state.person === "") {
      const name = await this.#options.person.ask();
      if (name !== "") store.setPerson(name);
    }
    return store.state.person === "" ? undefined : store;
  }

  /** Nothing is approved unseen without that being asked, and said in the ledger. */
  async #approve(store: StudioStore, ids: readonly string[]): Promise<void> {
    const { seen, glance, ask, notice, show } = this.#options;
    const open = ids.filter((id) => store.state.stamps.get(id)?.status !== "approved");
    // Who stamps the one in front of them looks at it now.
    glance();
    if (open.length === 1) glance();
    const unseen = new Set(seen.unseen(open, store.state));
    let chosen = open;
    if (unseen.size > 0 && open.length > 1) {
      const before = open.filter((id) => !unseen.has(id));
      const ways = [
        { verb: `Approve all ${count(open.length)}`, ids: open },
        { verb: "Look at them", ids: undefined },
        ...(before.length > 0 ? [{ verb: `Approve the ${count(before.length)} seen`, ids: before }] : []),
      ];
      const answer = await ask.choose(
        `${count(unseen.size)} of ${count(open.length)} were not looked at`,
        "They were not on the screen as they are now, large enough to be judged. Approved all the same, the ledger says of each that it was not seen.",
        ways.map(({ verb }) => verb),
      );
      const way = answer === undefined ? undefined : ways[answer];
      if (!way) return;
      if (!way.ids) {
        show([...unseen]);
        return;
      }
      chosen = way.ids;
    }
    if (chosen.length === 0) return;
    await store.approve(chosen, { unseen });
    const blind = chosen.filter((id) => unseen.has(id)).length;
    notice.say(`Stamped ${count(chosen.length)}${blind === 0 ? "" : `, ${count(blind)} not seen`}`);
  }
}

/** What a stamp would be set on: the selection where the focus is in it, else the focused variant. */
function subjects({ state: { selection, focus } }: StudioStore): string[] {
  if (focus === undefined) return [];
  return selection.size > 1 && selection.has(focus) ? [...selection] : [focus];
}

/** The store shows why. */
function shown(): void {}
