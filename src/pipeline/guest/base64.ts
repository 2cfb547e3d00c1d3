import { expose, native } from "./natives.js";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** linkedom decodes its entity tables while it loads: these two must exist before it. */
function installBase64(): void {
  const values = new Map([...alphabet].map((character, index) => [character, index] as const));
  const fail = (): never => {
    const error = new Error("The string is not correctly encoded.");
    error.name = "InvalidCharacterError";
    throw error;
  };
  expose("atob", (input: unknown) => {
    const text = native
      .String(input)
      .replace(/[\t\n\f\r ]/g, "")
      .replace(/={1,2}$/, "");
    if (text.length % 4 === 1) fail();
    const parts: string[] = [];
    let bits = 0;
    let count = 0;
    for (const character of text) {
      bits = ((bits << 6) | (values.get(character) ?? fail())) & 0xffffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        parts.push(String.fromCharCode((bits >> count) & 255));
      }
    }
    return parts.join("");
  });
  expose("btoa", (input: unknown) => {
    const text = native.String(input);
    const parts: string[] = [];
    for (let index = 0; index < text.length; index += 3) {
      const [a, b, c] = [text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2)];
      if (a > 255 || b > 255 || c > 255) fail();
      parts.push(
        `${alphabet[a >> 2]}${alphabet[((a & 3) << 4) | (b >> 4)]}${index + 1 < text.length ? alphabet[((b & 15) << 2) | (c >> 6)] : "="}${index + 2 < text.length ? alphabet[c & 63] : "="}`,
      );
    }
    return parts.join("");
  });
}

installBase64();
