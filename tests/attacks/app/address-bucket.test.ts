import { expect, it } from "vitest";
import { addressBucket } from "../../../src/contracts/index.js";

it.each([
  [
    "an IPv4 address",
    ["203.0.113.9", "::ffff:203.0.113.9", "::FFFF:203.0.113.9", "::ffff:cb00:7109", "0:0:0:0:0:ffff:203.0.113.9"],
    "203.0.113.9",
  ],
  ["an IPv4 address with the port of each connection", ["203.0.113.9:1024", "203.0.113.9:65535", "[::ffff:203.0.113.9]:80"], "203.0.113.9"],
  [
    "an IPv6 line",
    ["2001:db8:1:2::1", "2001:0DB8:0001:2:ffff:ffff:ffff:ffff", "2001:db8:1:2:0:0:0:9%eth0", "[2001:db8:1:2::7]:443", "[2001:db8:1:2::7]"],
    "2001:db8:1:2::/64",
  ],
  ["this machine", ["::1", "0:0:0:0:0:0:0:1"], "0:0:0:0::/64"],
  ["nothing at all", [""], ""],
])("one place has one name: %s", (_name, spellings, expected) => {
  expect(spellings.map(addressBucket)).toEqual(spellings.map(() => expected));
});

it.each([
  ["203.0.113.9", "203.0.113.10"],
  ["2001:db8:1:2::1", "2001:db8:1:3::1"],
  ["::ffff:203.0.113.9", "::203.0.113.9"],
])("two places have two: %s and %s", (one, other) => {
  expect(addressBucket(one)).not.toBe(addressBucket(other));
});

it.each(["unknown", "a".repeat(5000), "[::1", "1.2.3.4:99999999", "::ffff:1.2.3.4:80", "[]:80", "%", "1.2.3.4, 5.6.7.8"])(
  "what is no address has a short name and breaks nothing: %j",
  (text) => {
    expect(addressBucket(text).length).toBeLessThanOrEqual(64);
  },
);
