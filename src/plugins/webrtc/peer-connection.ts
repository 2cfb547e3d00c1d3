import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const constructors = /^(?:webkit|moz)?RTC(?:PeerConnection|DataChannel|IceGatherer)$/;

export const peerConnection = defineRule({
  kind: "javascript",
  meta: {
    id: "webrtc/peer-connection",
    category: "data_exfiltration",
    severity: "block",
    title: "Opens a peer connection",
    description: "WebRTC reaches servers past the frame's policy (STUN and TURN carry data). The frame takes it away.",
    messages: { opened: { text: "{name} is opened.", fix: "Remove it; widgets have no network." } },
    examples: {
      incorrect: [
        'new RTCPeerConnection({ iceServers: [{ urls: "stun:collect.example" }] })',
        "const P = window.RTCPeerConnection || window.webkitRTCPeerConnection; new P()",
      ],
      correct: ["const supported = 'RTCPeerConnection' in window", "class PeerConnection {} new PeerConnection()"],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const path = file.callOf(node)?.path;
      if (path !== undefined && constructors.test(path)) report({ messageId: "opened", at: node, data: { name: path } });
    };
    return { NewExpression: visit, CallExpression: visit };
  },
});
