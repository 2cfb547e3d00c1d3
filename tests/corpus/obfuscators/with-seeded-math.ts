import type { Random } from "../random.js";

/** Runs a tool that takes its chance from `Math.random` with a seeded one. One at a time: it is the whole process's. */
export async function withSeededMath<Result>(random: Random, work: () => Promise<Result>): Promise<Result> {
  const original = Math.random;
  Math.random = () => random.next();
  try {
    return await work();
  } finally {
    Math.random = original;
  }
}
