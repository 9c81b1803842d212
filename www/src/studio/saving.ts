/**
 * A delivery as a person asks for it: the host may take it over, else it is saved where the person says. In: the dialog's wish. Out: a zip on disk, and word
 * to the dialog of how it ended.
 */

import type { StudioDeliverRequest } from "../contract.ts";
import { slug } from "../deliver/naming.ts";
import { saveDelivery } from "../deliver/save.ts";
import type { DeliveryWish, VariorumDeliver } from "../elements/deliver.ts";
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import type { DeliverOptions, StudioStore } from "../store/store.ts";

export class SavingDelivery {
  readonly #host: HTMLElement;
  readonly #dialog: Pick<VariorumDeliver, "done" | "failed" | "taken">;
  #stop: AbortController | undefined;

  constructor(host: HTMLElement, dialog: Pick<VariorumDeliver, "done" | "failed" | "taken">) {
    this.#host = host;
    this.#dialog = dialog;
  }

  stop(): void {
    this.#stop?.abort();
  }

  async save(store: StudioStore, { delivery, naming, ids }: DeliveryWish): Promise<void> {
    const { campaign } = store.state;
    if (!campaign) return;
    const stop = new AbortController();
    this.#stop = stop;
    const options: DeliverOptions & Pick<DeliveryWish, "delivery"> = {
      delivery,
      naming,
      signal: stop.signal,
      ...(ids ? { ids } : {}),
    };
    const detail: StudioDeliverRequest["variorum-deliver-request"] = { options };
    const ask = new CustomEvent("variorum-deliver-request", { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.#host.dispatchEvent(ask)) {
      this.#dialog.taken();
      return;
    }
    const name = `${slug(`${campaign.name} ${campaign.version}`) || "delivery"}.zip`;
    try {
      const written = await saveDelivery(() => store.deliver(options), { name, signal: stop.signal });
      this.#dialog.done(written.name, written.bytes);
    } catch (thrown) {
      const why = asEngineErrors(thrown).map((error) => error.message);
      this.#dialog.failed(isAbort(thrown) ? "Stopped. Nothing was kept of it." : why.join(" "));
    }
  }
}
