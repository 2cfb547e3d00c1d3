import { definePlugin } from "../../contracts/index.js";
import { openedAtRunTime } from "./opened-at-run-time.js";
import { peerConnection } from "./peer-connection.js";

export default definePlugin({ name: "webrtc", version: "1.0.0", contract: 1, rules: [peerConnection, openedAtRunTime] });
