import express from "express";
import request from "supertest";
import { expect, it } from "vitest";
import { createHealthRoutes } from "../../../src/app/http/health.js";

it("a flood of readiness checks asks the database once at a time, and the next check asks again", async () => {
  let asked = 0;
  let answer: (ready: boolean) => void = () => undefined;
  const app = express();
  app.use(
    createHealthRoutes(() => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    }),
  );
  const server = app.listen(0, "127.0.0.1");
  const flood = Promise.all(Array.from({ length: 50 }, () => request(server).get("/readyz")));
  await expect.poll(() => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))).toBe(50);
  expect((await request(server).get("/healthz")).body).toEqual({ status: "ok" });
  answer(true);
  expect(new Set((await flood).map(({ status }) => status))).toEqual(new Set([200]));
  expect(asked).toBe(1);

  const later = request(server).get("/readyz");
  const status = later.then((response) => response.status);
  await expect.poll(() => asked).toBe(2);
  answer(false);
  expect(await status).toBe(503);
  server.close();
});
