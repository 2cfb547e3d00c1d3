import { Writable } from "node:stream";
import express from "express";
import { pino } from "pino";
import request from "supertest";
import { QueryFailedError } from "typeorm";
import { describe, expect, it } from "vitest";
import { answerError, answerNotFound } from "../../../src/app/http/last-resort.js";
import { createRequestLog } from "../../../src/app/http/request-log.js";
import { quietErrors } from "../../../src/app/quiet-errors.js";

/** An error as database drivers throw it: values of customers in half a dozen places. */
function databaseError(): Error {
  const driver = Object.assign(new Error('duplicate key value violates unique constraint "uq_customers"'), {
    code: "23505",
    detail: "Key (email)=(ada@secret.example) already exists.",
    parameters: ["scrypt$secret-hash"],
  });
  return new QueryFailedError("INSERT INTO customers VALUES ($1)", ["ada@secret.example", "scrypt$secret-hash"], driver);
}

function openApp() {
  const lines: string[] = [];
  const stream = new Writable({
    write(part: Buffer, _encoding, done) {
      lines.push(part.toString());
      done();
    },
  });
  const logger = quietErrors(pino({ level: "debug" }, stream));
  const app = express();
  app.use(createRequestLog(logger));
  app.get("/fails", () => {
    throw databaseError();
  });
  app.get("/fails-strangely", () => {
    throw { password: "hunter2-secret" } as unknown as Error;
  });
  app.use(answerNotFound);
  app.use(answerError);
  return { app, logger, lines };
}

describe("what a failure tells", () => {
  it("logs an error's kind, code, text and stack, and none of the values that it carries", async () => {
    const { app, lines } = openApp();
    const answer = await request(app).get("/fails?token=secret-token");
    const line = lines.find((text) => text.includes("unhandled error")) ?? "";
    expect(JSON.parse(line)).toMatchObject({
      err: {
        type: "QueryFailedError",
        code: "23505",
        message: expect.stringContaining("duplicate key"),
        stack: expect.stringContaining("leaks.test"),
      },
      req: { id: answer.headers["x-request-id"] },
    });
    expect(lines.join("")).not.toContain("secret");
  });

  it("does so for every logger that is made of this one", () => {
    const { logger, lines } = openApp();
    logger.child({ room: "store" }).error({ err: databaseError() }, "failed");
    logger.error(databaseError());
    logger.error({ err: new Error("outer", { cause: databaseError() }) }, "wrapped");
    expect(lines).toHaveLength(3);
    expect(lines.join("")).not.toContain("secret");
  });

  it("says nothing of it in the answer but the request's id", async () => {
    const { app, lines } = openApp();
    for (const path of ["/fails", "/fails-strangely"]) {
      const answer = await request(app).get(path);
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        error: { code: "INTERNAL", message: "INTERNAL", retryable: true, requestId: answer.headers["x-request-id"] },
      });
    }
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("logs no header, no query and no more than 200 characters of a path", async () => {
    const { app, lines } = openApp();
    await request(app)
      .get(`/${"a".repeat(500)}?token=secret-token`)
      .set("Cookie", "session=secret-cookie")
      .set("Authorization", "Bearer secret-bearer");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(600);
    expect(lines[0]).not.toContain("secret");
  });

  it.each(["short", "a b c d e f g h", "a".repeat(65), "<script>alert(1)</script>"])("takes no request id %j from outside", async (id) => {
    const { app } = openApp();
    const answer = await request(app).get("/none").set("X-Request-Id", id);
    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});
