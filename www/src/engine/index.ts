/** The engine without the studio: a pool of workers behind one client, for pages that draw their own interface. */
export {
  createEngineClient,
  type EngineClient,
  type EngineClientOptions,
  type EngineProgress,
  Priority,
  type RequestOptions,
} from "./client.ts";
export { asEngineErrors, EngineFailure, isAbort } from "./errors.ts";
export { entriesOf, fetchCampaign, fetchSample, listSamples, readFiles, type SampleInfo } from "./files.ts";
export type * from "./types.ts";
