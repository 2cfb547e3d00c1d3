import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { denied, Refusal } from "../decision.js";
import type { ImageKind } from "./sniff-image.js";

/** 40 megapixels: the largest phone cameras; 160 MB decoded. Frames count each. */
const mostPixels = 40_000_000;
const mostFrames = 300;
const longestEdge = 4096;
const largestOutput = 10 * 1024 * 1024;
const seconds = 5;

const reading: SharpOptions = { limitInputPixels: mostPixels, failOn: "warning", sequentialRead: true, unlimited: false };

export interface EncodedImage {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const encoders: Readonly<Record<ImageKind, (image: Sharp) => Sharp>> = {
  png: (image) => image.png({ compressionLevel: 7 }),
  jpeg: (image) => image.jpeg({ quality: 85 }),
  webp: (image) => image.webp({ quality: 82, effort: 3 }),
  gif: (image) => image.gif({ effort: 4 }),
};

/** What libvips says, as one of our codes. Its text names offsets and libraries: it stays here. */
function explain(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : "";
  if (/pixel limit|too large|dimensions/i.test(message)) return new Refusal(denied("TOO_LARGE", "image_pixels"));
  if (/timeout/i.test(message)) return new Refusal(denied("TIMEOUT", "image_timeout"));
  return new Refusal(denied("UNSUPPORTED_MEDIA", "image_decode"));
}

async function inspect(bytes: Buffer, kind: ImageKind): Promise<Metadata> {
  const metadata = await sharp(bytes, reading).metadata();
  if (metadata.format !== kind) throw new Refusal(denied("UNSUPPORTED_MEDIA", "image_kind_differs"));
  const frames = metadata.pages ?? 1;
  // The header alone says how much work it is: decided before a single frame is decoded.
  if (frames > mostFrames || frames * metadata.width * (metadata.pageHeight ?? metadata.height) > mostPixels) {
    throw new Refusal(denied("TOO_LARGE", "image_frames"));
  }
  return metadata;
}

/**
 * Decodes an image and encodes its pixels anew in the same format, turned upright and at most 4096 pixels wide or high. EXIF,
 * GPS, comments, profiles, thumbnails and anything hidden after the image do not survive. Throws UNSUPPORTED_MEDIA, TOO_LARGE
 * or TIMEOUT.
 */
export async function reencode(bytes: Buffer, kind: ImageKind): Promise<EncodedImage> {
  try {
    const metadata = await inspect(bytes, kind);
    const moves = (metadata.pages ?? 1) > 1;
    const source = sharp(bytes, moves ? { ...reading, animated: true } : { ...reading, autoOrient: true });
    const fitted = source.resize({ width: longestEdge, height: longestEdge, fit: "inside", withoutEnlargement: true });
    const { data, info } = await encoders[kind](fitted).timeout({ seconds }).toBuffer({ resolveWithObject: true });
    if (data.length > largestOutput) throw new Refusal(denied("TOO_LARGE", "image_output"));
    return { bytes: data, width: info.width, height: info.pageHeight ?? info.height };
  } catch (error) {
    throw error instanceof Refusal ? error : explain(error);
  }
}
