/**
 * The package: the studio's elements (defined by importing this), the engine behind a pool of workers, the store, and deliveries.
 * The contract of `<variorum-studio>` is in contract.ts and in README.md.
 */
export * from "./contract.ts";
export {
  type DeliveryFile,
  type DeliveryJob,
  deliveryEntries,
  deliveryStream,
  type Manifest,
  type ManifestFile,
} from "./deliver/deliver.ts";
export { gate, mayLeave } from "./deliver/gate.ts";
export { fileName, NAMING_FIELDS } from "./deliver/naming.ts";
export { deliverTo, saveDelivery } from "./deliver/save.ts";
export { VariorumStudio } from "./elements/index.ts";
export * from "./engine/index.ts";
export * from "./store/index.ts";
