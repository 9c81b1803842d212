// Campaigns that must be refused, each made from a sample by changing one thing. In: the sample's files. Out: for each case its files (base64,
// so that they cross into a page), and where its error must point.

import { deflateRawSync } from "node:zlib";
import { zipSync } from "fflate";

/**
 * @typedef {object} Bad
 * @property {string} name
 * @property {Record<string, string>} files path to base64; laid over the sample unless `alone`
 * @property {boolean} [alone]
 * @property {RegExp} at what the error's place or words must name
 */

const text = (/** @type {string} */ words) => Buffer.from(words).toString("base64");

/** A PNG that claims to be 60,000 x 60,000. */
function hugePng() {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write("IHDR", 4, "latin1");
  header.writeUInt32BE(60_000, 8);
  header.writeUInt32BE(60_000, 12);
  header.set([8, 2, 0, 0, 0], 16);
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), header]);
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let n = 0; n < 8; n += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A zip of one entry that says any size, so that 2 MB become 2 GB. */
function bomb() {
  const name = Buffer.from("campaign.json");
  const zeros = deflateRawSync(Buffer.alloc(64 * 2 ** 20), { level: 9 });
  // Many names for the same 64 MB: the sum is what counts.
  /** @type {Buffer[]} */
  const locals = [];
  /** @type {Buffer[]} */
  const central = [];
  let offset = 0;
  for (let n = 0; n < 40; n += 1) {
    const path = n === 0 ? name : Buffer.from(`assets/${n}.png`);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(zeros.length, 14);
    fields.writeUInt32LE(64 * 2 ** 20, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), fields, path, zeros]);
    const entry = Buffer.alloc(42);
    entry.writeUInt16LE(20, 0);
    fields.copy(entry, 2, 0, 26);
    entry.writeUInt32LE(offset, 38);
    central.push(Buffer.from("PK\u0001\u0002", "latin1"), entry, path);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(40, 4);
  end.writeUInt16LE(40, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

/**
 * @param {(path: string) => string} sample the sample's file as text
 * @param {string} photo path of a picture that the master uses
 * @param {string} font path of a font of the campaign
 * @returns {Bad[]}
 */
export function badCampaigns(sample, photo, font) {
  const master = JSON.parse(sample("master.json"));
  const layer = { role: "decoration", shape: "rect", fill: "#ffffff", box: [0, 0, 1, 1] };
  const layers = Array.from({ length: 100_000 }, (_, n) => ({ id: `layer-${n}`, ...layer }));
  const tokens = JSON.parse(sample("brand.tokens.json"));
  const cyclic = { ...tokens, loop: { $type: "color", a: { $value: "{loop.b}" }, b: { $value: "{loop.a}" } } };
  const campaign = sample("campaign.json");
  return [
    { name: "truncated JSON", files: { "campaign.json": text(campaign.slice(0, campaign.length / 2)) }, at: /campaign\.json/ },
    {
      name: "wrong types",
      files: { "master.json": text(JSON.stringify({ ...master, layers: "all of them" })) },
      at: /master\.json.*layers/,
    },
    { name: "a 100,000-layer master", files: { "master.json": text(JSON.stringify({ ...master, layers })) }, at: /layers/ },
    { name: "a 60,000 x 60,000 PNG header", files: { [photo]: hugePng().toString("base64") }, at: /60.?000/ },
    { name: "a corrupt font", files: { [font]: Buffer.alloc(4096, 7).toString("base64") }, at: new RegExp(font) },
    {
      name: "a JPEG named as a font",
      files: { [font]: Buffer.from([255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0]).toString("base64") },
      at: new RegExp(font),
    },
    { name: "cyclic token aliases", files: { "brand.tokens.json": text(JSON.stringify(cyclic)) }, at: /loop\.[ab]/ },
    {
      name: "a zip with ../ paths",
      files: {
        "evil.zip": Buffer.from(
          zipSync({ "../../campaign.json": Buffer.from(campaign), "campaign.json": Buffer.from(campaign) }),
        ).toString("base64"),
      },
      alone: true,
      at: /\.\.\//,
    },
    { name: "a zip bomb", files: { "bomb.zip": bomb().toString("base64") }, alone: true, at: /zip|large|limit|MB|bytes/i },
    { name: "no campaign at all", files: { "holiday.txt": text("hello") }, alone: true, at: /campaign\.json/ },
  ];
}
