import sharp from "sharp";

/**
 * Images are made in a process where only four loaders are left, so everything here is drawn from raw pixels or written byte by
 * byte.
 */
const noise = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[at] = seed >> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

export const png = (width = 64, height = 48) => noise(width, height).png().toBuffer();
export const jpeg = (width = 64, height = 48) => noise(width, height).jpeg().toBuffer();
export const webp = (width = 64, height = 48) => noise(width, height).webp().toBuffer();
export const gif = (width = 64, height = 48) => noise(width, height).gif().toBuffer();

export const jpegWithPlace = () =>
  noise(64, 48)
    .withExif({ IFD0: { Artist: "Ada Lovelace" }, IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

export const pngSignature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** A PNG that says how large it is and holds nothing. */
export function pngHeaderOnly(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([pngSignature, chunk("IHDR", header), chunk("IDAT", Buffer.alloc(0)), chunk("IEND", Buffer.alloc(0))]);
}

/** Puts a text chunk right behind a PNG's header. */
export function pngWithText(image: Buffer, text: string): Buffer {
  const at = 8 + 25;
  return Buffer.concat([image.subarray(0, at), chunk("tEXt", Buffer.from(`Comment\0${text}`, "latin1")), image.subarray(at)]);
}

/** A lossless WebP of 16,383 × 16,383 pixels in 36 bytes: one Huffman code, no data. */
export function hugeWebp(): Buffer {
  const edge = 16_382;
  const bits = (BigInt(edge) | (BigInt(edge) << 14n)) & 0xfffffffn;
  const body = Buffer.alloc(16);
  body[0] = 0x2f;
  body.writeUInt32LE(Number(bits), 1);
  body.set([0x88, 0x88, 0x08], 5);
  const head = Buffer.alloc(20);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(4 + 8 + body.length, 4);
  head.write("WEBPVP8L", 8, "latin1");
  head.writeUInt32LE(body.length, 16);
  return Buffer.concat([head, body]);
}

/** A GIF of `frames` frames; each is one pixel on a canvas of the given size. */
export function movingGif(frames: number, width = 16, height = 16): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff]);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  const loop = Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  const parts: Buffer[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const control = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
    const picture = Buffer.from([0x2c, frame % width, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0]);
    parts.push(control, picture);
  }
  return Buffer.concat([Buffer.from("GIF89a", "latin1"), screen, loop, ...parts, Buffer.from([0x3b])]);
}

export const html = "<!doctype html><script>alert(document.domain)</script>";
export const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
