import { readFile } from "node:fs/promises";
import http from "node:http";

/** A 200 of the product: what its rivals must answer byte for byte. */
export interface RecordedAnswer {
  readonly path: string;
  readonly headers: readonly string[];
  readonly etag: string;
  readonly body: Buffer;
}

/** Asks once, without decoding anything. */
export function record(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<RecordedAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.get({ port, host: "127.0.0.1", path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        if (response.statusCode !== 200) return reject(new Error(`${path} answered ${response.statusCode}`));
        return resolve({ path, headers: ownHeaders(response.rawHeaders), etag: response.headers.etag ?? "", body: Buffer.concat(parts) });
      });
    });
    request.on("error", reject);
  });
}

/** As text, for a child process. */
export const toText = (answers: readonly RecordedAnswer[]): string =>
  JSON.stringify(answers.map((answer) => ({ ...answer, body: answer.body.toString("base64") })));

export async function readAnswers(file: string): Promise<readonly RecordedAnswer[]> {
  const answers = JSON.parse(await readFile(file, "utf8")) as readonly (Omit<RecordedAnswer, "body"> & { body: string })[];
  return answers.map((answer) => ({ ...answer, body: Buffer.from(answer.body, "base64") }));
}

/** Without those that Node adds by itself. */
function ownHeaders(raw: readonly string[]): string[] {
  const own: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (!/^(?:date|connection|keep-alive)$/i.test(name)) own.push(name, value);
  }
  return own;
}
