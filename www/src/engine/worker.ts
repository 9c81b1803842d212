/**
 * One worker: one instance of the engine, one call after another. In: calls. Out: an answer for each; pictures as ImageBitmap and files
 * as bytes, both transferred. Between two bands of either it hears whether that is still wanted. A call that breaks the instance is told as a trap:
 * the pool then replaces this worker.
 */
import * as importersModule from "../../pkg/importers.js";
import { Engine, initSync } from "../../pkg/variorum.js";
import type { Call, FromWorker, ToWorker } from "./protocol.ts";
import type {
  CampaignFiles,
  CampaignInfo,
  Encoded,
  EngineCore,
  EngineError,
  Importers,
  Painted,
  Rendered,
  RenderRequest,
} from "./types.ts";

/** The worker's own side; the dom library types `self` as a window. */
interface WorkerScope {
  postMessage(answers: readonly FromWorker[], transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<readonly ToWorker[]>) => void) | null;
}
const scope = self as unknown as WorkerScope;

let core: EngineCore | undefined;
let memory: WebAssembly.Memory | undefined;
/** createImageBitmap is asynchronous: the chain keeps answers in the order of the calls. */
let turn: Promise<void> = Promise.resolve();

/** Calls that came and are not answered. */
const waiting = new Set<number>();
/** Those of them that nobody wants any more. */
const cut = new Set<number>();
/** Answers that are about to go, and the time of the first. */
let answers: FromWorker[] = [];
let transfers: Transferable[] = [];
let since = 0;
/** Pictures that take less than this wait for each other, ms ... */
const QUICK = 4;
/** ... at most so long. */
const TOGETHER = 6;
/** What is thrown where a call is cut short. */
const CUT = Symbol("cut");

scope.onmessage = ({ data }) => {
  for (const message of data) {
    if (message.call !== "cut") {
      waiting.add(message.seq);
      turn = turn.then(() => answer(message));
    } else if (waiting.has(message.seq)) cut.add(message.seq);
  }
};

async function answer(message: Call & { seq: number }): Promise<void> {
  const { seq } = message;
  const transfer: Transferable[] = [];
  const began = performance.now();
  let said: FromWorker;
  try {
    if (cut.has(seq)) throw CUT;
    const value = await perform(message, transfer);
    said = { seq, ok: true, value, memory: memory?.buffer.byteLength ?? 0 };
  } catch (thrown) {
    // The engine throws its errors as objects; whatever else is thrown says that the instance can no longer be trusted.
    if (thrown === CUT) said = { seq, ok: false, cut: true };
    else if (isEngineErrors(thrown)) said = { seq, ok: false, errors: thrown, memory: memory?.buffer.byteLength ?? 0 };
    else said = { seq, ok: false, trap: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  waiting.delete(seq);
  cut.delete(seq);
  const now = performance.now();
  if (answers.length === 0) since = now;
  answers.push(said);
  transfers.push(...transfer);
  const quick = said.ok && message.call === "render" && now - began < QUICK;
  if (!quick || waiting.size === 0 || now - since >= TOGETHER) tell();
}

/** Small pictures that come thick and fast go together: each message is a task of the page's own thread. */
function tell(): void {
  scope.postMessage(answers, transfers);
  answers = [];
  transfers = [];
}

async function perform(message: Call & { seq: number }, transfer: Transferable[]): Promise<unknown> {
  if (message.call === "start") {
    const [module, caches] = message.args;
    ({ memory } = initSync({ module }));
    core = new Engine() as unknown as EngineCore;
    if (caches !== undefined) core.keepWithin(caches);
    return undefined;
  }
  if (!core) throw new Error("The engine was not started.");
  if (typeof core[message.call] !== "function") throw [notOffered(message.call)];
  switch (message.call) {
    case "render": {
      const picture = await paint(core, message.args[0], () => cut.has(message.seq));
      transfer.push(picture.bitmap);
      return picture;
    }
    case "encode": {
      const begun = core.beginFile(...message.args);
      const file = (await toTheEnd(core, begun, () => cut.has(message.seq))) as Encoded;
      transfer.push(file.bytes.buffer as ArrayBuffer);
      return file;
    }
    case "open":
      return open(core, ...message.args);
    case "fingerprints":
      return core.fingerprints(...message.args);
    case "fontsNeeded":
      return core.fontsNeeded(...message.args);
    case "addFont":
      return core.addFont(...message.args);
    case "copy":
      return core.copy(...message.args);
    case "budget":
      return core.budget(...message.args);
    case "setCopy":
      return core.setCopy(...message.args);
    case "touched":
      return core.touched(...message.args);
    case "setToken":
      return core.setToken(...message.args);
    case "alternatives":
      return core.alternatives(...message.args);
    case "setOverrides":
      return core.setOverrides(...message.args);
    case "salience":
      return core.salience(...message.args);
    case "ledgerAppend":
      return core.ledgerAppend(...message.args);
    case "ledgerState":
      return core.ledgerState(...message.args);
  }
}

/** Opens files; what breaks the importers' instance is thrown as it is, a trap: neither instance is to be trusted then. */
function open(engine: EngineCore, files: CampaignFiles, module?: WebAssembly.Module): CampaignInfo {
  if (!module) return engine.open(files, undefined, true);
  importersModule.initSync({ module });
  let trap: { thrown: unknown } | undefined;
  const held = (ask: Importers["font"]) => (at: string, bytes: Uint8Array) => {
    try {
      return ask(at, bytes);
    } catch (thrown) {
      trap ??= { thrown };
      throw thrown;
    }
  };
  try {
    const importers = {
      drawing: held(importersModule.drawing),
      font: held(importersModule.font),
      picture: held(importersModule.picture),
    };
    return engine.open(files, importers, true);
  } catch (thrown) {
    throw trap ? trap.thrown : thrown;
  }
}

function notOffered(call: string): EngineError {
  return { code: "unsupported", at: call, message: "This engine does not offer it." };
}

async function paint(engine: EngineCore, request: RenderRequest, unwanted: () => boolean): Promise<Rendered> {
  const started = performance.now();
  const painted = (await toTheEnd(engine, engine.begin(request), unwanted)) as Painted;
  const { pixels, ...rest } = painted;
  const image = new ImageData(pixels as Uint8ClampedArray<ArrayBuffer>, rest.width, rest.height);
  // The engine gives sRGB, straight alpha: the browser converts no colour, and multiplies alpha as its canvas wants it.
  const bitmap = await createImageBitmap(image, { colorSpaceConversion: "none", premultiplyAlpha: "premultiply" });
  return { ...rest, bitmap, ms: performance.now() - started };
}

/** Goes on at what was begun, until it is whole or nobody wants it any more. */
async function toTheEnd(
  engine: EngineCore,
  begun: Painted | Encoded | undefined,
  unwanted: () => boolean,
): Promise<Painted | Encoded> {
  let whole = begun;
  while (!whole) {
    if (answers.length > 0) tell();
    await breath();
    if (unwanted()) {
      engine.letGo();
      throw CUT;
    }
    whole = engine.goOn();
  }
  return whole;
}

const { port1: bell, port2: rope } = new MessageChannel();

/** Lets come in what was sent meanwhile: a message to oneself stands behind it, and is no timer that the browser slows down. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    bell.onmessage = () => resolve();
    rope.postMessage(undefined);
  });
}

function isEngineErrors(thrown: unknown): thrown is readonly EngineError[] {
  return (
    Array.isArray(thrown) &&
    thrown.length > 0 &&
    thrown.every((error) => typeof error?.code === "string" && typeof error.message === "string")
  );
}
