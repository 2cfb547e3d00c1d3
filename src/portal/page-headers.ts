/** Every feature that a page could be asked for: all off, for the page and for each frame in it. */
const features = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "compute-pressure",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
const permissions = features.map((feature) => `${feature}=()`).join(", ");

export interface PageHeaderOptions {
  /** Exactly the sandbox paths of the widgets on this page; empty for none. */
  readonly frameSources: readonly string[];
  /** Where the page's images come from beside the portal itself. */
  readonly imageSources: readonly string[];
  /** Previews may stand in a frame of the panel, which is the same origin. */
  readonly framedBySelf: boolean;
  readonly production: boolean;
}

/**
 * Headers of every page of the portal. The policy names no nonce, no hash and no inline source; `frame-src` is half of the
 * sandbox: it is what stops a frame from navigating itself elsewhere.
 */
export function pageHeaders(options: PageHeaderOptions): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${["'self'", "data:", ...options.imageSources].join(" ")}`,
    "connect-src 'self'",
    "worker-src 'self'",
    `frame-src ${options.frameSources.length === 0 ? "'none'" : options.frameSources.join(" ")}`,
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${options.framedBySelf ? "'self'" : "'none'"}`,
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": permissions,
    // Not no-referrer: that makes browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    Vary: "Cookie",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    ...(options.framedBySelf ? {} : { "X-Frame-Options": "DENY" }),
    ...(options.production ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
