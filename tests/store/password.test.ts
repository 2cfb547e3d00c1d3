import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../src/store/index.js";

test("a password matches its own hash only, and each hash has its own salt", async () => {
  const [first, second] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
  expect(first).toMatch(/^scrypt\$N=32768,r=8,p=3\$/);
  expect(first.length).toBeLessThan(255);
  expect(first).not.toBe(second);
  expect(await verifyPassword("correct horse", first)).toBe(true);
  expect(await verifyPassword("correct horse ", first)).toBe(false);
  expect(await verifyPassword("", first)).toBe(false);
});

test("the same characters typed in another encoding match", async () => {
  expect(await verifyPassword("ca\u0066e\u0301", await hashPassword("caf\u00e9"))).toBe(true);
});

test("up to 1024 characters all count; more are refused unread", async () => {
  const long = "x".repeat(1024);
  const hash = await hashPassword(long);
  expect(await verifyPassword(long, hash)).toBe(true);
  expect(await verifyPassword(`${long.slice(0, -1)}y`, hash)).toBe(false);
  await expect(hashPassword(`${long}x`)).rejects.toMatchObject({ code: "INVALID_PARAMS" });
  expect(await verifyPassword("x".repeat(10_000_000), hash)).toBe(false);
});

// Some twenty honest hashes: slow on purpose, slower on a busy machine.
test("a missing or unreadable hash takes as long as a wrong password and never matches", async () => {
  const hash = await hashPassword("right");
  const time = async (stored: string | null) => {
    const rounds: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now();
      expect(await verifyPassword("wrong", stored)).toBe(false);
      rounds.push(performance.now() - start);
    }
    return Math.min(...rounds);
  };
  const wrong = await time(hash);
  for (const stored of [null, "", "plain", "scrypt$N=1073741824,r=8,p=1$c2FsdHNhbHRzYWx0c2E$x", hash.replace("N=32768", "N=9999999")]) {
    expect((await time(stored)) / wrong).toBeGreaterThan(0.3);
  }
}, 90_000);
