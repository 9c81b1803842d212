/** Attributes of the studio that are properties too. Nothing happens here: who watches the attributes acts. */

import { StudioElement } from "../studio/dom.ts";

export abstract class StudioHost extends StudioElement {
  get src(): string {
    return this.getAttribute("src") ?? "";
  }
  set src(url: string) {
    this.setAttribute("src", url);
  }
  get sample(): string {
    return this.getAttribute("sample") ?? "";
  }
  set sample(id: string) {
    this.setAttribute("sample", id);
  }
  get theme(): "auto" | "light" | "dark" {
    const value = this.getAttribute("theme");
    return value === "light" || value === "dark" ? value : "auto";
  }
  set theme(value: "auto" | "light" | "dark") {
    this.setAttribute("theme", value);
  }
}
