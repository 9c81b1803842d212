/** The studio's state: what the elements import of this folder. */
export { entriesOf, fetchCampaign, fetchSample, listSamples, readFiles, type SampleInfo } from "../engine/files.ts";
export * from "./state.ts";
export type { DeliverOptions, Delivery, DeliveryPlan, Picture, StudioEvent, StudioStore, StudioStoreOptions } from "./store.ts";
export { createStudioStore } from "./studio-store.ts";
