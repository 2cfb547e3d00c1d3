import { z } from "zod";
import { defineCapability, definePlugin, pluginContractVersion } from "../../contracts/index.js";

const mediaUpload = defineCapability({
  id: "media.upload",
  scope: {
    name: "media.upload",
    title: "Upload photos",
    allows: "Write-only. Upload a photo (PNG, JPEG, WEBP or GIF, at most 5 MB) and receive its public address.",
  },
  rateLimit: { calls: 20, perSeconds: 60 },
  params: z.strictObject({}),
  confirms: false,
  takesImage: true,
  async run(powers, _params, image) {
    // The broker verifies the image before it calls; without one this is its bug, not the author's.
    if (!image) throw new Error("media.upload was run without an image");
    const { url } = await powers.publishImage(image);
    return { data: { url } };
  },
});

/** `media.upload`: a photo that the customer chose becomes a public, unguessable address. */
export const mediaUploadPlugin = definePlugin({
  name: "media-upload",
  version: "1.0.0",
  contract: pluginContractVersion,
  capabilities: [mediaUpload],
});
