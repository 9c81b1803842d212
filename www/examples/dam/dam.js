// What a DAM does to embed the studio: hand in bytes, name the person, hear of stamps, take the files back. Here the "store" is the
// samples folder and a Map; in a real one each place marked STORE talks to yours.

// Defines <variorum-studio>. From npm: import { fetchSample, listSamples } from "variorum";
import { fetchSample, listSamples } from "../../variorum.js";

const SAMPLES = "../../samples/";
const studio = document.querySelector("variorum-studio");
const shelf = new Map();
const [asset, person, stamps, take, said, renditions] = ["asset", "person", "stamps", "take", "said", "renditions"].map((id) =>
  document.getElementById(id),
);

// 1. Bytes go in. STORE: read the campaign's files, or its .variorum zip as a map of one. What was heard and taken belongs to the asset before.
async function open() {
  shelf.clear();
  stamps.replaceChildren();
  renditions.replaceChildren();
  said.textContent = "";
  studio.files = await fetchSample(SAMPLES, asset.value);
}

// 2. The person is whoever is signed in here; the studio does not ask.
studio.person = person.value;
person.addEventListener("change", () => {
  studio.person = person.value;
});

// 3. Stamps are heard when they are on disk. STORE: append detail.lines to the asset's ledger.
studio.addEventListener("variorum-stamp", ({ detail }) => {
  for (const { action, id, actor } of detail.events) {
    const words = {
      approve: "approved",
      "approve-unseen": "approved, without looking at it,",
      "send-back": "sent back",
      undo: "took back the stamp of",
      comment: "commented on",
    }[action];
    row(stamps, `${actor} ${words} ${id}`);
  }
});

// 4. Files come back one by one, only approved ones. STORE: save each as a rendition of the asset.
async function takeFiles(options) {
  try {
    const delivery = await studio.deliver(options);
    for await (const file of delivery.each()) {
      // Taken again, a file takes the place of the one before.
      shelf.get(file.name)?.row.remove();
      shelf.set(file.name, { file, row: row(renditions, `${file.name}, ${Math.ceil(file.size / 1000)} kB`) });
    }
    said.textContent = delivery.files === 1 ? "1 file taken." : `${delivery.files} files taken.`;
  } catch (thrown) {
    said.textContent = thrown.message;
  }
}
take.addEventListener("click", () => takeFiles());
// The studio's own Deliver button leads here too, instead of to a zip on disk.
studio.addEventListener("variorum-deliver-request", (event) => {
  event.preventDefault();
  takeFiles(event.detail.options);
});

// 5. The campaign itself comes back where a person saves it: words, layouts and ledger are in its files. STORE: a new version of the asset.
studio.addEventListener("variorum-save-request", async (event) => {
  event.preventDefault();
  const files = await studio.save();
  said.textContent = `${files.size} files of the campaign taken.`;
});

studio.addEventListener("variorum-error", ({ detail }) => {
  said.textContent = detail.errors.map(({ at, message }) => (at ? `${at}: ${message}` : message)).join(" ");
});

function row(list, words) {
  const item = document.createElement("li");
  item.textContent = words;
  list.prepend(item);
  return item;
}

for (const { id, name } of await listSamples(SAMPLES)) asset.append(new Option(name, id));
asset.addEventListener("change", open);
await open();
