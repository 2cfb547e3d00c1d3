import sharp from "sharp";

/**
 * Leaves libvips four ways to read bytes. By default it also reads SVG, TIFF, AVIF, PDF and more, whatever a file is called.
 * Holds for the whole process; repeating it is harmless.
 */
export function guardLoaders(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: ["VipsForeignLoadPngBuffer", "VipsForeignLoadJpegBuffer", "VipsForeignLoadWebpBuffer", "VipsForeignLoadNsgifBuffer"],
  });
  // Every image is decoded once; a cache would only keep customers' photos in memory.
  sharp.cache(false);
  sharp.concurrency(1);
}
