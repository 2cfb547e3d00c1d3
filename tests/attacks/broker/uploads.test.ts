import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createBrokerHouse, type House } from "../../broker/broker-house.js";
import { gif, html, hugeWebp, jpeg, jpegWithPlace, movingGif, png, pngHeaderOnly, pngSignature, pngWithText, svg, webp } from "./images.js";

const limit = 5 * 1024 * 1024;

async function stored(house: House): Promise<Buffer> {
  const { image } = house.state.media.at(-1) ?? {};
  const bytes = image && (await house.blobs.get(image.digest));
  if (!bytes) throw new Error("Nothing was stored");
  return bytes;
}

describe("real images are taken and encoded anew", () => {
  it.each([
    ["PNG", png, "png", "image/png"],
    ["JPEG", jpeg, "jpg", "image/jpeg"],
    ["WEBP", webp, "webp", "image/webp"],
    ["GIF", gif, "gif", "image/gif"],
  ] as const)("%s", async (_name, make, extension, contentType) => {
    const house = createBrokerHouse();
    const bytes = await make();
    const answer = await house.upload(bytes, { name: "Fluffy%20am%20See.png" });
    expect(answer.status).toBe(200);
    expect(answer.body.reply.data.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:3001/m/[0-9a-f]{40}\\.${extension}$`));
    expect(house.state.media).toMatchObject([
      { customerId: "customer-ada", image: { contentType, width: 64, height: 48, name: "Fluffy am See.png" } },
    ]);
    const after = await stored(house);
    expect(after.equals(bytes) && contentType !== "image/png").toBe(false);
    expect(`image/${(await sharp(after).metadata()).format}`).toBe(contentType);
    expect(house.state.media[0]?.image.size).toBe(after.length);
  });

  it("the kind is what the bytes are, not what the name says", async () => {
    const house = createBrokerHouse();
    const answer = await house.upload(await jpeg(), { name: "page.html" });
    expect(answer.body.reply.data.url).toMatch(/\.jpg$/);
  });

  it("a moving GIF keeps moving", async () => {
    const house = createBrokerHouse();
    expect((await house.upload(movingGif(5))).status).toBe(200);
    expect((await sharp(await stored(house)).metadata()).pages).toBe(5);
    expect(house.state.media[0]?.image).toMatchObject({ width: 16, height: 16 });
  });

  it("place, author and orientation leave, the picture stands upright", async () => {
    const house = createBrokerHouse();
    const bytes = await jpegWithPlace();
    expect(bytes.includes("Ada Lovelace")).toBe(true);
    expect((await house.upload(bytes)).status).toBe(200);
    const after = await stored(house);
    const metadata = await sharp(after).metadata();
    expect((await sharp(bytes).metadata()).orientation).toBe(6);
    expect(metadata).toMatchObject({ width: 48, height: 64 });
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.iptc]).toEqual([undefined, undefined, undefined, undefined]);
    expect(after.includes("Ada Lovelace")).toBe(false);
    expect(after.includes("GPS")).toBe(false);
  });

  it.each([
    ["HTML behind a PNG", async () => Buffer.concat([await png(), Buffer.from(html)])],
    ["HTML in a PNG's comment", async () => pngWithText(await png(), html)],
    ["an archive behind a JPEG", async () => Buffer.concat([await jpeg(), Buffer.from("PK\x03\x04"), Buffer.from(html)])],
    ["a script behind a GIF", async () => Buffer.concat([await gif(), Buffer.from(`/*${html}*/`)])],
    ["HTML behind a WEBP", async () => Buffer.concat([await webp(), Buffer.from(html)])],
  ])("%s is gone or refused", async (_name, make) => {
    const house = createBrokerHouse();
    const answer = await house.upload(await make());
    if (answer.status === 200) expect((await stored(house)).includes("script")).toBe(false);
    else expect(answer.body.error.code).toBe("UNSUPPORTED_MEDIA");
  });

  it("a large photo is brought to 4096 pixels", async () => {
    const house = createBrokerHouse();
    const blank = await sharp({ create: { width: 5000, height: 2500, channels: 3, background: "white" } })
      .jpeg()
      .toBuffer();
    expect((await house.upload(blank)).status).toBe(200);
    expect(house.state.media[0]?.image).toMatchObject({ width: 4096, height: 2048 });
  });

  it("two uploads of the same photo have unlike addresses", async () => {
    const house = createBrokerHouse();
    const bytes = await png();
    const urls = [(await house.upload(bytes)).body.reply.data.url, (await house.upload(bytes)).body.reply.data.url];
    expect(new Set(urls).size).toBe(2);
  });

  it("a repeated upload with the same key has the first address and is decoded once", async () => {
    const house = createBrokerHouse();
    const bytes = await png();
    const headers = { "idempotency-key": "upload-key-1" };
    const [first, second] = [await house.upload(bytes, { headers }), await house.upload(bytes, { headers })];
    expect(second.body).toEqual(first.body);
    expect(house.state.media).toHaveLength(1);
    expect((await house.upload(await jpeg(), { headers })).body.error.code).toBe("CONFLICT");
  });
});

describe("what is no image, or too much of one, is refused", () => {
  const cases: readonly { name: string; make: () => Promise<Buffer> | Buffer; codes?: readonly string[] }[] = [
    { name: "nothing", make: () => Buffer.alloc(0) },
    { name: "an SVG", make: () => Buffer.from(svg) },
    { name: "an SVG with an XML head", make: () => Buffer.from(`<?xml version="1.0"?>${svg}`) },
    { name: "HTML", make: () => Buffer.from(html) },
    { name: "HTML before a PNG", make: async () => Buffer.concat([Buffer.from(html), await png()]) },
    { name: "a white space before a PNG", make: async () => Buffer.concat([Buffer.from(" "), await png()]) },
    { name: "a PDF", make: () => Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n") },
    { name: "a TIFF", make: () => Buffer.from("49492a0008000000000000000000", "hex") },
    { name: "a BMP", make: () => Buffer.concat([Buffer.from("BM"), Buffer.alloc(60)]) },
    { name: "an icon", make: () => Buffer.from("00000100010010100000010020006804000016000000", "hex") },
    { name: "an AVIF", make: () => Buffer.from("0000001c66747970617669660000000061766966", "hex") },
    { name: "a HEIC", make: () => Buffer.from("000000186674797068656963000000006d696631", "hex") },
    { name: "a JPEG XL", make: () => Buffer.from("0000000c4a584c200d0a870a", "hex") },
    { name: "a JPEG 2000", make: () => Buffer.from("0000000c6a5020200d0a870a", "hex") },
    { name: "an archive", make: () => Buffer.from("504b0304140000000000", "hex") },
    { name: "a program", make: () => Buffer.from("7f454c46020101", "hex") },
    { name: "ImageMagick's own language", make: () => Buffer.from("push graphic-context\nfill 'url(https://evil.example/)'\n") },
    { name: "a portable pixmap", make: () => Buffer.from("P6\n1 1\n255\nabc") },
    { name: "a Radiance file", make: () => Buffer.from("#?RADIANCE\n\n-Y 1 +X 1\n") },
    { name: "a libvips file", make: () => Buffer.from("08f2a6b6000000010000000100000003", "hex") },
    { name: "only a PNG signature", make: () => pngSignature },
    { name: "only the letters GIF89a", make: () => Buffer.from("GIF89a") },
    { name: "a script that begins as a GIF", make: () => Buffer.from("GIF89a/*aaaaaaaaaa*/=1;alert(document.domain)") },
    { name: "HTML with a PNG signature", make: () => Buffer.concat([pngSignature, Buffer.from(html)]) },
    { name: "an SVG with a JPEG signature", make: () => Buffer.concat([Buffer.from("ffd8ffe0", "hex"), Buffer.from(svg)]) },
    { name: "an SVG in a RIFF", make: () => Buffer.concat([Buffer.from("RIFF0000WEBP"), Buffer.from(svg)]) },
    { name: "a sound in a RIFF", make: () => Buffer.from("RIFF$\0\0\0WAVEfmt ") },
    { name: "half a PNG", make: async () => (await png()).subarray(0, 4000) },
    { name: "half a JPEG", make: async () => (await jpeg()).subarray(0, 1000) },
    { name: "half a WEBP", make: async () => (await webp()).subarray(0, 900) },
    { name: "half a GIF", make: async () => (await gif()).subarray(0, 1200) },
    { name: "a PNG without pixels", make: () => pngHeaderOnly(10, 10) },
    { name: "a PNG of no size", make: () => pngHeaderOnly(0, 0), codes: ["UNSUPPORTED_MEDIA", "TOO_LARGE"] },
    { name: "a PNG that says 65,535 × 65,535", make: () => pngHeaderOnly(65_535, 65_535), codes: ["TOO_LARGE", "UNSUPPORTED_MEDIA"] },
    { name: "a PNG that says 2³¹ × 2³¹", make: () => pngHeaderOnly(2 ** 31 - 1, 2 ** 31 - 1), codes: ["TOO_LARGE", "UNSUPPORTED_MEDIA"] },
    { name: "a WEBP of 16,383 × 16,383 in 36 bytes", make: hugeWebp, codes: ["TOO_LARGE", "UNSUPPORTED_MEDIA"] },
    { name: "a GIF of 301 frames", make: () => movingGif(301), codes: ["TOO_LARGE"] },
    { name: "a GIF of 50,000 frames", make: () => movingGif(50_000), codes: ["TOO_LARGE"] },
    { name: "a GIF of 40 frames of 2,000 × 2,000", make: () => movingGif(40, 2000, 2000), codes: ["TOO_LARGE"] },
    { name: "noise with a JPEG signature", make: () => Buffer.concat([Buffer.from("ffd8ff", "hex"), Buffer.alloc(100_000, 0xa7)]) },
    { name: "5 MiB and a byte", make: async () => Buffer.concat([await png(), Buffer.alloc(limit)]), codes: ["TOO_LARGE"] },
    { name: "8 MiB", make: () => Buffer.alloc(8 * 1024 * 1024), codes: ["TOO_LARGE"] },
  ];
  it.each(cases)("$name", async ({ make, codes = ["UNSUPPORTED_MEDIA"] }) => {
    const house = createBrokerHouse();
    const bytes = await make();
    const started = performance.now();
    const answer = await house.upload(bytes);
    expect(codes).toContain(answer.body.error?.code);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(house.state.media).toEqual([]);
    expect(house.blobs.blobs.size).toBe(0);
    expect(answer.text).not.toMatch(/vips|libpng|sharp|offset/i);
  });

  it("a GIF whose screen is larger than its pictures costs what its pictures cost", async () => {
    const house = createBrokerHouse();
    const answer = await house.upload(movingGif(2, 65_535, 65_535));
    if (answer.status === 200) expect(house.state.media[0]?.image.width).toBeLessThanOrEqual(4096);
    else expect(["TOO_LARGE", "UNSUPPORTED_MEDIA"]).toContain(answer.body.error.code);
  });

  it("exactly 5 MiB are read", async () => {
    const house = createBrokerHouse();
    const image = await png();
    const answer = await house.upload(Buffer.concat([image, Buffer.alloc(limit - image.length)]));
    expect(answer.status).toBe(200);
  });

  it("a harmless photo still works after all that", async () => {
    const house = createBrokerHouse();
    for (const bytes of [hugeWebp(), Buffer.from(svg), movingGif(301)]) await house.upload(bytes);
    expect((await house.upload(await webp())).status).toBe(200);
  });
});

describe("the head of an upload", () => {
  it.each([
    ["no session", { cookie: undefined }, "UNAUTHENTICATED"],
    ["no CSRF token", { "x-csrf-token": undefined }, "UNAUTHENTICATED"],
    ["another origin", { origin: "https://evil.example" }, "UNAUTHENTICATED"],
    ["another site", { "sec-fetch-site": "cross-site" }, "UNAUTHENTICATED"],
    ["image/png", { "content-type": "image/png" }, "PROTOCOL"],
    ["a form", { "content-type": "multipart/form-data; boundary=x" }, "PROTOCOL"],
    ["JSON", { "content-type": "application/json" }, "PROTOCOL"],
    ["a compressed body", { "content-encoding": "gzip" }, "PROTOCOL"],
    ["no idempotency key", { "idempotency-key": undefined }, "PROTOCOL"],
    ["a broken name", { "x-file-name": "%E0%A4%A" }, "PROTOCOL"],
    ["an endless name", { "x-file-name": "a".repeat(2001) }, "PROTOCOL"],
  ] as [string, Record<string, string | undefined>, string][])("%s is refused", async (_name, headers, code) => {
    const house = createBrokerHouse();
    const answer = await house.upload(await png(), { headers });
    expect(answer.body.error?.code).toBe(code);
    expect(house.state.media).toEqual([]);
  });

  const query = "widgetId=widget-1&versionId=version-1&subscriptionId=subscription-ada&method=media.upload";
  it.each([
    ["an unknown name", `${query}&customerId=customer-bob`],
    ["a name twice", `${query}&widgetId=widget-2`],
    ["a list", query.replace("widgetId", "widgetId[]")],
    ["an object", query.replace("widgetId", "widgetId[$ne]")],
    ["a missing name", query.replace("&method=media.upload", "")],
    ["nothing", ""],
    ["a NUL", query.replace("widget-1", "widget-1%00")],
    ["__proto__", `${query}&__proto__=1`],
  ])("a query with %s is refused", async (_name, text) => {
    const house = createBrokerHouse();
    expect((await house.upload(await png(), { query: text })).body.error?.code).toBe("PROTOCOL");
  });

  it.each([
    ["..%2F..%2Fetc%2Fpasswd", "passwd"],
    ["C%3A%5CUsers%5Cada%5Cfluffy.png", "fluffy.png"],
    ["%3Cscript%3E.png", "<script>.png"],
    ["a%00b%0d%0ac.png", "abc.png"],
    ["%E2%80%AEgnp.exe", "gnp.exe"],
    ["%F0%9F%90%B6.png", "🐶.png"],
    ["", "image"],
    ["%20", "image"],
    ["..%2F", "image"],
    ["a".repeat(500), "a".repeat(100)],
  ])("the name %j is kept as %j", async (given, kept) => {
    const house = createBrokerHouse();
    expect((await house.upload(await png(), { name: given })).status).toBe(200);
    expect(house.state.media[0]?.image.name).toBe(kept);
  });
});
