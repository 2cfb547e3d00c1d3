import { natives } from "./natives.js";

/** Milliseconds. A peer connection starts threads of its own, and sibling widgets that share this process are still starting. */
const patience = 1_500;

/**
 * Proves that Connection-Allowlist is enforced in this very document: a peer connection makes the browser report a
 * violation with disposition `enforce`. A proxy that strips the header, or an engine without it, reports nothing.
 */
export function attest(onProof: () => void): void {
  natives.setTimeout(() => prove(onProof), patience);
}

function prove(onProof: () => void): void {
  const { ReportingObserver, RTCPeerConnection } = natives;
  if (!ReportingObserver || !RTCPeerConnection) return;
  try {
    const observer = new ReportingObserver(
      (reports) => {
        for (const report of reports) {
          const body = report.body as { connection?: unknown; disposition?: unknown } | null;
          if (report.type !== "connection-allowlist" || body?.disposition !== "enforce" || body.connection !== "webrtc") continue;
          observer.disconnect();
          onProof();
          return;
        }
      },
      { types: ["connection-allowlist"], buffered: true },
    );
    observer.observe();
    new RTCPeerConnection().close();
  } catch {
    // No proof is an answer too: the mount stays labelled `standard`.
  }
}
