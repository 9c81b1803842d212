/**
 * How much of a machine the engine takes. In: what the browser tells of it. Out: how many workers, and what each may hold. A phone of 2 GB with two cores
 * gets one worker with small caches; the page and its pictures want room too.
 */

export interface Room {
  /** Instances of the engine. */
  workers: number;
  /** How many of them start only when what is in sight is drawn: the page has the core until then. */
  late: number;
  /** Bytes that the caches of one may take. */
  caches: number;
  /** Bytes of one instance above which it is replaced. */
  memory: number;
  /** Bytes of small pictures that the page keeps. */
  pictures: number;
}

const MIB = 2 ** 20;
/** Module, campaign, fonts of all scripts and one large picture: what an instance takes beside its caches. */
const BESIDE = 96 * MIB;
/** Fewer would scale the same photograph again for each format. */
const LEAST_CACHES = 48 * MIB;
/** What an instance takes by itself, where nobody says otherwise (src/session.rs). */
const MOST_CACHES = 280 * MIB;
/** Of each gigabyte, one instance's caches at most: alone on a small machine it does not take what others would have had. */
const SHARE = 64 * MIB;

/** What a machine has where its browser says nothing: two cores are a small phone's, up to ten a phone's, more no phone has. */
function guessed(cores: number): number {
  if (cores <= 2) return 2;
  return cores > 10 ? 8 : 4;
}

/** `gigabytes`: as `navigator.deviceMemory` tells, 8 at most. */
export function roomOn(cores = 2, gigabytes = guessed(cores), wanted?: number): Room {
  const held = Math.max(0.25, Math.min(8, gigabytes));
  const all = held * 192 * MIB;
  const most = Math.max(1, Math.floor(all / (BESIDE + LEAST_CACHES)));
  // One core is left to the page. Of two it has little to do once it stands, and pictures come twice as fast.
  const both = cores === 2 && gigabytes > 2;
  const workers = Math.max(1, Math.floor(wanted ?? Math.min(most, both ? 2 : cores - 1)));
  const caches = Math.round(Math.max(LEAST_CACHES, Math.min(MOST_CACHES, held * SHARE, all / workers - BESIDE)));
  const late = both && wanted === undefined ? workers - 1 : 0;
  return { workers, late, caches, memory: 2 * (BESIDE + caches), pictures: Math.round(Math.min(192, 24 * gigabytes) * MIB) };
}

/** Longest sides of the small pictures that stand in while scrolling, device px: smaller says nothing, larger is not needed. */
const LEAST_SMALL = 48;
const MOST_SMALL = 96;
/** How much of a square of that side a picture fills: three fifths, over all formats of the catalogue. */
const FILLED = 0.6;

/** The side at which all small pictures of a campaign have room in half of what the page keeps, in steps of 16. */
export function smallSide(pictures: number, variants: number): number {
  const side = Math.sqrt(pictures / 2 / (4 * FILLED * Math.max(1, variants)));
  return Math.max(LEAST_SMALL, Math.min(MOST_SMALL, Math.floor(side / 16) * 16));
}

/** The room on the machine of this page. */
export function roomHere(wanted?: number): Room {
  const navigator = globalThis.navigator as { hardwareConcurrency?: number; deviceMemory?: number } | undefined;
  return roomOn(navigator?.hardwareConcurrency, navigator?.deviceMemory, wanted);
}
