/**
 * What outlives the tab, in this browser's IndexedDB: the last campaign's files, the edits made to it, the ledger line by line, and small
 * preferences. A promise resolves once the browser says that it is on disk. What it means is left to studio-store.ts.
 */
import type { CampaignFiles, Edit } from "../engine/types.ts";
import type { Origin } from "./state.ts";

/** The campaign that was open last. */
export interface KeptCampaign {
  name: string;
  /** Of its files; edits belong to it. */
  hash: string;
  origin: Origin;
  files: CampaignFiles;
}

/** What a campaign was when something of it was stamped: its files, and the edits made to them. */
export interface Moment {
  hash: string;
  edits: readonly Edit[];
  timeMs: number;
}

export interface Keep {
  /** Whether anything is kept at all. */
  readonly on: boolean;
  lastCampaign(): Promise<KeptCampaign | undefined>;
  putCampaign(campaign: KeptCampaign): Promise<void>;
  /** Undefined where none were ever made to these files. */
  edits(name: string, hash: string): Promise<readonly Edit[] | undefined>;
  putEdits(name: string, hash: string, edits: readonly Edit[]): Promise<void>;
  /** Lines of a campaign's ledger, in order. */
  ledger(name: string): Promise<string[]>;
  /** Adds lines as numbers `from`, `from + 1` ...; rejects where another tab already wrote these numbers. */
  appendLedger(name: string, from: number, lines: readonly string[]): Promise<void>;
  /** States that stamps were set on, the latest first. */
  moments(name: string): Promise<readonly Moment[]>;
  /** Keeps a state, and the files it was made from. */
  putMoment(name: string, moment: Moment, files: CampaignFiles): Promise<void>;
  /** Files of an earlier version, where they are still kept. */
  version(name: string, hash: string): Promise<CampaignFiles | undefined>;
  preferences(): Promise<Map<string, string>>;
  putPreference(name: string, value: string): Promise<void>;
  close(): void;
}

/** Versions of a campaign's files kept so that what was stamped can be shown again. */
const VERSIONS = 4;
const VERSION = 2;

/** Opens the database; where the browser has none for this page (a private window, say) nothing is kept, and `on` says so. */
export async function openKeep(database: string): Promise<Keep> {
  if (!database || typeof indexedDB === "undefined") return new NoKeep();
  try {
    return new IndexedKeep(await openDatabase(database));
  } catch {
    return new NoKeep();
  }
}

/** Whether this browser certainly keeps nothing under a name yet; quicker told than the database is made. Ask before it is opened. */
export async function keepsNothing(database: string): Promise<boolean> {
  try {
    const known = await indexedDB.databases();
    return !known.some(({ name }) => name === database);
  } catch {
    return false;
  }
}

const STORES = ["campaigns", "edits", "ledger", "preferences", "moments", "versions"] as const;

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      for (const store of STORES) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another tab holds an older version"));
  });
}

class IndexedKeep implements Keep {
  readonly on = true;
  readonly #db: IDBDatabase;

  constructor(db: IDBDatabase) {
    this.#db = db;
    // A later version in another tab must not wait for this one.
    db.onversionchange = () => db.close();
  }

  async lastCampaign(): Promise<KeptCampaign | undefined> {
    return (await this.#read("campaigns", (store) => store.get("last"))) as KeptCampaign | undefined;
  }

  putCampaign(campaign: KeptCampaign): Promise<void> {
    return this.#write("campaigns", (store) => store.put(campaign, "last"));
  }

  async edits(name: string, hash: string): Promise<readonly Edit[] | undefined> {
    return (await this.#read("edits", (store) => store.get([name, hash]))) as Edit[] | undefined;
  }

  putEdits(name: string, hash: string, edits: readonly Edit[]): Promise<void> {
    return this.#write("edits", (store) => store.put(edits, [name, hash]));
  }

  async ledger(name: string): Promise<string[]> {
    return (await this.#read("ledger", (store) => store.getAll(ofCampaign(name)))) as string[];
  }

  appendLedger(name: string, from: number, lines: readonly string[]): Promise<void> {
    return this.#write("ledger", (store) => {
      for (const [n, line] of lines.entries()) store.add(line, [name, from + n]);
    });
  }

  async moments(name: string): Promise<readonly Moment[]> {
    const moments = (await this.#read("moments", (store) => store.getAll(ofCampaign(name)))) as Moment[];
    return moments.reverse();
  }

  async putMoment(name: string, moment: Moment, files: CampaignFiles): Promise<void> {
    if (!(await this.version(name, moment.hash))) {
      const keys = (await this.#read("versions", (store) => store.getAllKeys(ofCampaign(name)))) as [string, number][];
      await this.#write("versions", (store) => {
        for (const key of keys.slice(0, Math.max(0, keys.length - VERSIONS + 1))) store.delete(key);
        store.put({ hash: moment.hash, files }, [name, moment.timeMs]);
      });
    }
    await this.#write("moments", (store) => store.put(moment, [name, moment.timeMs]));
  }

  async version(name: string, hash: string): Promise<CampaignFiles | undefined> {
    const versions = (await this.#read("versions", (store) => store.getAll(ofCampaign(name)))) as {
      hash: string;
      files: CampaignFiles;
    }[];
    return versions.find((version) => version.hash === hash)?.files;
  }

  async preferences(): Promise<Map<string, string>> {
    const keys = (await this.#read("preferences", (store) => store.getAllKeys())) as string[];
    const values = (await this.#read("preferences", (store) => store.getAll())) as string[];
    return new Map(keys.map((key, n) => [key, values[n] ?? ""]));
  }

  putPreference(name: string, value: string): Promise<void> {
    return this.#write("preferences", (store) => store.put(value, name));
  }

  close(): void {
    this.#db.close();
  }

  #read(name: string, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = act(this.#db.transaction(name, "readonly").objectStore(name));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  #write(name: string, act: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      // Strict: complete means on disk, not in a buffer of the system.
      const transaction = this.#db.transaction(name, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      act(transaction.objectStore(name));
    });
  }
}

/** Keys that begin with a campaign's name and go on with a number. */
function ofCampaign(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name, 0], [name, Number.MAX_SAFE_INTEGER]);
}

class NoKeep implements Keep {
  readonly on = false;
  lastCampaign = async () => undefined;
  putCampaign = async () => {};
  edits = async () => undefined;
  putEdits = async () => {};
  ledger = async () => [];
  appendLedger = async () => {};
  moments = async () => [];
  putMoment = async () => {};
  version = async () => undefined;
  preferences = async () => new Map<string, string>();
  putPreference = async () => {};
  close = () => {};
}

/** Identity of a campaign's files: SHA-256 where the page may ask for it (https, localhost), else a plain 53-bit hash. */
export async function hashFiles(files: CampaignFiles): Promise<string> {
  const parts: string[] = [];
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    parts.push(`${path}\n${bytes.length}\n${await hashBytes(bytes)}`);
  }
  return hashBytes(new TextEncoder().encode(parts.join("\n")));
}

async function hashBytes(bytes: Uint8Array): Promise<string> {
  if (!globalThis.crypto?.subtle) return plainHash(bytes);
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Two 32-bit FNV-1a lanes; tells versions of one campaign apart, guards nothing. */
function plainHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b);
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}`;
}
