/**
 * Judging as a person does it: on what, under whose name, seen or not, and taken back. In: a wish to stamp or to send back. Out: acts of the store, with
 * the questions that come before them and the word that comes after.
 */

import { subjectsOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { editCount } from "./corrections.ts";
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

  /** Whether anything was stamped. */
  async approve(): Promise<boolean> {
    const store = await this.#ready();
    return store ? this.#approve(store, subjectsOf(store.state)).catch(() => false) : false;
  }

  async sendBack(reason: string): Promise<void> {
    const store = await this.#ready();
    if (!store) return;
    const ids = subjectsOf(store.state);
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
      `Take back ${plural(editCount(store.state.edits), "edit")}?`,
      "Words, tokens and layouts are as they were in the files again. Stamps stay in the ledger; a variant that was stamped as it was then counts as approved again.",
      "Take back",
    );
    if (yes) await store.revert().catch(shown);
  }

  /** The store, where there is something to stamp and somebody who does. */
  async #ready(): Promise<StudioStore | undefined> {
    const store = this.#options.store();
    if (!store || subjectsOf(store.state).length === 0) return undefined;
    if (store.state.person === "") {
      const name = await this.#options.person.ask();
      if (name !== "") store.setPerson(name);
    }
    return store.state.person === "" ? undefined : store;
  }

  /** Nothing is approved unseen, or against a finding that must be mended, without that being asked, and said in the ledger. */
  async #approve(store: StudioStore, ids: readonly string[]): Promise<boolean> {
    const { seen, glance, notice } = this.#options;
    const open = ids.filter((id) => store.state.stamps.get(id)?.status !== "approved");
    // Who stamps the one in front of them looks at it now.
    glance();
    if (open.length === 1) glance();
    const unseen = new Set(seen.unseen(open, store.state));
    const looked = open.length > 1 ? await this.#askWhether(open, unseen, unseenQuestion(store, unseen, open.length)) : open;
    const wrong = new Map(looked.flatMap((id) => mustOf(store, id)));
    const chosen = await this.#askWhether(looked, wrong, mustQuestion(store, wrong, looked.length));
    if (chosen.length === 0) return false;
    await store.approve(chosen, { unseen, despite: wrong });
    const [blind, despite] = [unseen, wrong].map((some) => chosen.filter((id) => some.has(id)).length);
    notice.say(stampedWords(chosen.length, blind ?? 0, despite ?? 0));
    return true;
  }

  /** All, those without `doubtful`, or none: asked where there are doubtful ones. */
  async #askWhether(
    ids: readonly string[],
    doubtful: { readonly size: number; has(id: string): boolean },
    question: Question,
  ): Promise<readonly string[]> {
    if (doubtful.size === 0) return ids;
    const { ask, show } = this.#options;
    const sound = ids.filter((id) => !doubtful.has(id));
    const ways = [
      { verb: question.all, ids },
      { verb: ids.length === 1 ? "Look at it" : "Look at them", ids: undefined },
      ...(sound.length > 0 ? [{ verb: `Approve the ${count(sound.length)} ${question.others}`, ids: sound }] : []),
    ];
    const answer = await ask.choose(
      question.title,
      question.words,
      ways.map(({ verb }) => verb),
    );
    const way = answer === undefined ? undefined : ways[answer];
    if (way && !way.ids) show(ids.filter((id) => doubtful.has(id)));
    return way?.ids ?? [];
  }
}

interface Question {
  title: string;
  words: string;
  all: string;
  /** What is said of those that are not doubtful. */
  others: string;
}

function unseenQuestion({ state: { measured } }: StudioStore, unseen: ReadonlySet<string>, all: number): Question {
  const unchecked = [...unseen].filter((id) => !measured.has(id)).length;
  const more = unchecked === 0 ? "" : ` ${count(unchecked)} of them were not drawn yet, so nothing was checked there.`;
  return {
    title: `${count(unseen.size)} of ${count(all)} were not looked at`,
    words: `They were not on the screen as they are now, large enough to be judged. Approved all the same, the ledger says of each that it was not seen.${more}`,
    all: `Approve all ${count(all)}`,
    others: "seen",
  };
}

function mustQuestion({ state: { measured } }: StudioStore, wrong: ReadonlyMap<string, string>, all: number): Question {
  const rules = new Set([...wrong.values()].flatMap((words) => words.split(", ")));
  const [only] = wrong.keys();
  const message = measured.get(only ?? "")?.findings.find(({ severity }) => severity === "must")?.message;
  const what = wrong.size === 1 && message ? message : `It is about: ${[...rules].join(", ")}.`;
  return {
    title:
      all === 1 ? "A finding here must be mended" : `${count(wrong.size)} of ${count(all)} have a finding that must be mended`,
    words: `${what} Approved all the same, the ledger says beside each stamp what it was set in spite of.`,
    all: all === 1 ? "Approve it all the same" : `Approve all ${count(all)}`,
    others: "without",
  };
}

/** "Stamped 1 that was not seen", "Stamped 5, 2 of them not seen". */
function stampedWords(all: number, blind: number, despite: number): string {
  if (all === 1) {
    const what = [blind > 0 ? "was not seen" : "", despite > 0 ? "has a must-finding" : ""].filter(Boolean).join(" and ");
    return what === "" ? "Stamped 1" : `Stamped 1 that ${what}`;
  }
  const some = (n: number, words: string): string => (n === 0 ? "" : `, ${n === all ? "all" : count(n)} of them ${words}`);
  return `Stamped ${count(all)}${some(blind, "not seen")}${some(despite, "with a must-finding")}`;
}

/** A variant with the rules of its must-findings, where it has any. */
function mustOf({ state: { measured } }: StudioStore, id: string): [string, string][] {
  const musts = measured.get(id)?.findings.filter(({ severity }) => severity === "must") ?? [];
  return musts.length === 0 ? [] : [[id, [...new Set(musts.map(({ rule }) => rule))].join(", ")]];
}

/** The store shows why. */
function shown(): void {}
