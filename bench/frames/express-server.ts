/** Child process: what most would write. Express 5, the buffer at hand, `res.send`; Express compares the ETag itself. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { measuredOptions, serveMeasured } from "../harness/child.js";
import { readAnswers } from "./recorded-answer.js";

const app = express();
app.disable("x-powered-by");
for (const { path, headers, body } of await readAnswers((measuredOptions() as { answers: string }).answers)) {
  const fields: Record<string, string> = {};
  for (let index = 0; index < headers.length; index += 2) fields[headers[index] ?? ""] = headers[index + 1] ?? "";
  app.get(path, (_request, response) => {
    response.set(fields).send(body);
  });
}
const server = http.createServer(app);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

serveMeasured({
  port: (server.address() as AddressInfo).port,
  async close() {
    server.closeAllConnections();
    server.close();
  },
});
