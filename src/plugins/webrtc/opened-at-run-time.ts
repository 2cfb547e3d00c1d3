import { defineRule } from "../../contracts/index.js";

export const openedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "webrtc/opened-at-run-time",
    category: "data_exfiltration",
    severity: "block",
    title: "The bundle opened a peer connection",
    description: "While it was tried out, the bundle used WebRTC.",
    messages: { opened: { text: "A peer connection was opened: {target}.", fix: "Remove it; widgets have no network." } },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    const event = behaviour.events.find(({ kind }) => kind === "request.rtc");
    if (event) report({ messageId: "opened", data: { target: event.target } });
  },
});
