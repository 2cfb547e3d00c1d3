/** Child process: the least that node:http can do for the same bytes and headers. One comparison, no routing beyond a Map. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { measuredOptions, serveMeasured } from "../harness/child.js";
import { readAnswers } from "./recorded-answer.js";

const answers = new Map(
  (await readAnswers((measuredOptions() as { answers: string }).answers)).map((answer) => [
    answer.path,
    { etag: answer.etag, body: answer.body, headers: [...answer.headers], notModified: keep(answer.headers) },
  ]),
);
const server = http.createServer((request, response) => {
  const answer = answers.get(request.url ?? "");
  if (!answer) {
    response.writeHead(404);
    response.end();
    return;
  }
  if (request.headers["if-none-match"] === answer.etag) {
    response.writeHead(304, answer.notModified);
    response.end();
    return;
  }
  response.writeHead(200, answer.headers);
  response.end(answer.body);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

serveMeasured({
  port: (server.address() as AddressInfo).port,
  async close() {
    server.closeAllConnections();
    server.close();
  },
});

/** What a 304 repeats (RFC 9110, 15.4.5). */
function keep(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const [name = "", value = ""] = [headers[index], headers[index + 1]];
    if (/^(?:cache-control|vary|etag)$/i.test(name)) kept.push(name, value);
  }
  return kept;
}
