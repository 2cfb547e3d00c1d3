import http from "node:http";

/** Kept alive: what is measured is calls, not connections. */
export interface Poster {
  post(path: string, headers: Readonly<Record<string, string>>, body: object): Promise<{ status: number; body: unknown }>;
  close(): void;
}

export function createPoster(port: number, connections: number): Poster {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (path, headers, content) =>
      new Promise((resolve, reject) => {
        const text = JSON.stringify(content);
        const request = http.request(
          {
            agent,
            port,
            path,
            host: "127.0.0.1",
            method: "POST",
            headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(text) },
          },
          (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("error", reject);
            response.on("end", () => {
              const received = Buffer.concat(parts).toString();
              const isJson = /json/.test(response.headers["content-type"] ?? "");
              resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(received) : received });
            });
          },
        );
        request.on("error", reject);
        request.end(text);
      }),
    close: () => agent.destroy(),
  };
}
