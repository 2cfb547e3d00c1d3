/** Every feature that a document could be given; a frame has none. Unknown names are ignored by browsers. */
const features = [
  "accelerometer",
  "attribution-reporting",
  "autoplay",
  "bluetooth",
  "browsing-topics",
  "camera",
  "captured-surface-control",
  "clipboard-read",
  "clipboard-write",
  "compute-pressure",
  "cross-origin-isolated",
  "deferred-fetch",
  "deferred-fetch-minimal",
  "digital-credentials-get",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "join-ad-interest-group",
  "keyboard-map",
  "language-detector",
  "language-model",
  "local-fonts",
  "local-network-access",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "private-aggregation",
  "private-state-token-issuance",
  "private-state-token-redemption",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "run-ad-auction",
  "screen-wake-lock",
  "serial",
  "shared-storage",
  "shared-storage-select-url",
  "speaker-selection",
  "storage-access",
  "summarizer",
  "sync-xhr",
  "translator",
  "unload",
  "usb",
  "web-share",
  "window-management",
  "xr-spatial-tracking",
];
const permissionsPolicy = features.map((feature) => `${feature}=()`).join(", ");

/** The only form in which an origin may enter a header: no wildcard, path, credentials, brackets or other punctuation. */
const plainOrigin = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;

/** Keeps what really is an origin; a value that is not is left out, never repaired. */
export function validOrigins(origins: readonly string[]): string[] {
  return [...new Set(origins.filter((origin) => plainOrigin.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin))];
}

/**
 * Headers of a frame document, as name and value in turn. Exact-URL `script-src` and nothing inline: a nonce or a hash would
 * let the widget load scripts of its own from anywhere. Connection-Allowlist closes what CSP has no word for.
 */
export function frameHeaders(frame: { readonly scriptUrl: string; readonly hostOrigins: readonly string[] }): string[] {
  const policy = [
    "default-src 'none'",
    `script-src ${frame.scriptUrl}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "connect-src 'none'",
    "frame-src 'none'",
    "child-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "media-src 'none'",
    "manifest-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "webrtc 'block'",
    "sandbox allow-scripts",
    `frame-ancestors ${frame.hostOrigins.length > 0 ? frame.hostOrigins.join(" ") : "'none'"}`,
    "report-to iso",
  ];
  return [
    "Content-Type",
    "text/html; charset=utf-8",
    "Content-Security-Policy",
    policy.join("; "),
    "Connection-Allowlist",
    `("${frame.scriptUrl}");report-to=iso`,
    "Permissions-Policy",
    permissionsPolicy,
    "Referrer-Policy",
    "no-referrer",
    "X-DNS-Prefetch-Control",
    "off",
    "X-Content-Type-Options",
    "nosniff",
    "Cross-Origin-Resource-Policy",
    "cross-origin",
  ];
}
