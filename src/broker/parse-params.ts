import type { z } from "zod";
import type { Capability } from "../contracts/index.js";
import { denied, Refusal } from "./decision.js";

const mostIssues = 20;
const longestPath = 120;

function readPath(path: z.core.$ZodIssue["path"]): string {
  return path.map(String).join(".").slice(0, longestPath);
}

/** Unknown keys are one issue with a list; authors want a path each. */
function spread(issue: z.core.$ZodIssue): readonly { path: string; message: string }[] {
  if (issue.code !== "unrecognized_keys") return [{ path: readPath(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ path: readPath([...issue.path, key]), message: "Unknown parameter" }));
}

/** The parameters as the capability's schema knows them. Throws INVALID_PARAMS with paths and reasons, never with values. */
export function parseParams(capability: Capability, params: unknown): unknown {
  const parsed = capability.params.safeParse(params);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(spread).slice(0, mostIssues);
  throw new Refusal(denied("INVALID_PARAMS", "params_schema", { issues }));
}
