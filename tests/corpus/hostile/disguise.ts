import type { Random } from "../random.js";

const quote = (text: string): string => JSON.stringify(text);
const parts = (random: Random, text: string): string[] => {
  const found: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const length = random.int(2, 7);
    found.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return found;
};
const base64 = (text: string): string => Buffer.from(text, "latin1").toString("base64");

/** Ways to write a text so that it does not stand in the source. Each gives an expression. */
const ways: readonly ((random: Random, text: string) => string)[] = [
  (random, text) => parts(random, text).map(quote).join("+"),
  (random, text) => `[${parts(random, text).map(quote).join(",")}].join("")`,
  (_, text) => `atob(${quote(base64(text))})`,
  (_, text) => `window.atob(${quote(base64(text))})`,
  (_, text) => `String.fromCharCode(${[...text].map((character) => character.charCodeAt(0)).join(",")})`,
  (random, text) => {
    const shift = random.int(1, 9);
    const codes = [...text].map((character) => character.charCodeAt(0) + shift).join(",");
    return `[${codes}].map(function(n){return String.fromCharCode(n-${shift})}).join("")`;
  },
  (_, text) => `${quote([...text].reverse().join(""))}.split("").reverse().join("")`,
  (_, text) =>
    `decodeURIComponent(${quote([...text].map((character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""))})`,
  (_, text) => `"${[...text].map((character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`).join("")}"`,
  (random, text) => {
    const filler = random.pick(["#", "~", "!!", "zq"]);
    return `${quote([...text].join(filler))}.split(${quote(filler)}).join("")`;
  },
  (_, text) => {
    const codes = [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return `${quote(codes)}.replace(/../g,function(h){return String.fromCharCode(parseInt(h,16))})`;
  },
  (random, text) => {
    const key = random.int(1, 60);
    return `[${[...text].map((character) => character.charCodeAt(0) ^ key).join(",")}].reduce(function(s,c){return s+String.fromCharCode(c^${key})},"")`;
  },
];

/** An expression that gives `text`: as it is, or in one of the ways in which it is hidden. */
export function disguise(random: Random, text: string, share = 0.5): string {
  return random.chance(share) ? random.pick(ways)(random, text) : quote(text);
}
