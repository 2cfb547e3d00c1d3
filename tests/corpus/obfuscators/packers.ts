import type { Random } from "../random.js";

/** Dean Edwards' scheme: words become base-36 or base-62 numbers in one text, put back with a regular expression. */
export function deanPack(text: string, base: 36 | 62): string {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/\w+/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
  const encode = (value: number): string =>
    (value < base ? "" : encode(Math.floor(value / base))) +
    (value % base > 35 ? String.fromCharCode((value % base) + 29) : (value % base).toString(36));
  const numbers = new Map(words.map((word, index) => [word, encode(index)]));
  const packed = text.replaceAll(/\w+/g, (word) => numbers.get(word) ?? word);
  const payload = packed.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\r", "");
  const encoder =
    base === 62
      ? "function(c){return(c<a?'':e(parseInt(c/a)))+((c=c%a)>35?String.fromCharCode(c+29):c.toString(36))}"
      : "function(c){return c.toString(a)}";
  return `eval(function(p,a,c,k,e,d){e=${encoder};if(!''.replace(/^/,String)){while(c--){d[e(c)]=k[c]||e(c)}k=[function(e){return d[e]}];e=function(){return'\\\\w+'};c=1};while(c--){if(k[c]){p=p.replace(new RegExp('\\\\b'+e(c)+'\\\\b','g'),k[c])}}return p}('${payload}',${base},${words.length},'${words.join("|")}'.split('|'),0,{}))`;
}

const runners: readonly ((expression: string) => string)[] = [
  (expression) => `eval(${expression});`,
  (expression) => `(0,eval)(${expression});`,
  (expression) => `new Function(${expression})();`,
  (expression) => `window["ev"+"al"](${expression});`,
  (expression) => `setTimeout(${expression},10);`,
  (expression) => `[].constructor.constructor(${expression})();`,
  (expression) => `var s=document.createElement("script");s.text=${expression};document.head.appendChild(s);`,
];
const run = (random: Random, expression: string): string => random.pick(runners)(expression);
const codes = (text: string): number[] => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const hex = (value: number, length: number): string => value.toString(16).padStart(length, "0");
const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

/** Wrappers that people write by hand: the program as data, a decoder, something that runs it. */
export const wrappers: Readonly<Record<string, (text: string, random: Random) => string>> = {
  base64: (text, random) => run(random, `decodeURIComponent(escape(atob("${base64(text)}")))`),
  "base64-split": (text, random) =>
    `var p=[${(base64(text).match(/.{1,60}/g) ?? []).map((part) => `"${part}"`).join(",")}];${run(random, `decodeURIComponent(escape(atob(p.join(""))))`)}`,
  "char-codes": (text, random) => run(random, `String.fromCharCode(${codes(text).join(",")})`),
  "char-code-array": (text, random) => {
    const shift = random.int(1, 40);
    return `var c=[${codes(text)
      .map((code) => code + shift)
      .join(",")}],o="";for(var i=0;i<c.length;i++)o+=String.fromCharCode(c[i]-${shift});${run(random, "o")}`;
  },
  "hex-escapes": (text, random) =>
    run(
      random,
      `"${codes(text)
        .map((code) => (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`))
        .join("")}"`,
    ),
  "unicode-escapes": (text, random) =>
    run(
      random,
      `"${codes(text)
        .map((code) => `\\u${hex(code, 4)}`)
        .join("")}"`,
    ),
  "octal-escapes": (text, random) =>
    run(
      random,
      `"${codes(text)
        .map((code) => (code < 256 ? `\\${code.toString(8).padStart(3, "0")}` : `\\u${hex(code, 4)}`))
        .join("")}"`,
    ),
  percent: (text, random) =>
    run(
      random,
      `unescape("${codes(text)
        .map((code) => (code < 256 ? `%${hex(code, 2)}` : `%u${hex(code, 4)}`))
        .join("")}")`,
    ),
  reversed: (text, random) => run(random, `${JSON.stringify([...text].reverse().join(""))}.split("").reverse().join("")`),
  xor: (text, random) => {
    const key = random.text("abcdefghijklmnopqrstuvwxyz", 6);
    const data = codes(text).map((code, index) => code ^ key.charCodeAt(index % key.length));
    return `(function(d,k){var r="";for(var i=0;i<d.length;i++)r+=String.fromCharCode(d[i]^k.charCodeAt(i%k.length));${run(random, "r")}})([${data.join(",")}],"${key}");`;
  },
  "hex-text": (text, random) =>
    run(random, `"${Buffer.from(text, "latin1").toString("hex")}".replace(/../g,function(h){return String.fromCharCode(parseInt(h,16))})`),
  "shuffled-letters": (text, random) => {
    const letters = [...new Set(text)].sort(() => random.next() - 0.5);
    const places = new Map(letters.map((letter, index) => [letter, index]));
    return `var t=${JSON.stringify(letters.join(""))},n="${[...text].map((letter) => places.get(letter)).join(".")}".split("."),r="";for(var i in n)r+=t.charAt(+n[i]);${run(random, "r")}`;
  },
  filler: (text, random) => {
    const filler = random.pick(["zxq", "#@!", "~~", "qWq"]);
    const cut = (text.match(/[^]{1,3}/g) ?? []).join(filler);
    return run(random, `${JSON.stringify(cut)}.replace(/${filler}/g,"")`);
  },
  nested: (text) => {
    const inner = `eval(decodeURIComponent(escape(atob("${base64(text)}"))))`;
    const middle = `eval(unescape("${codes(inner)
      .map((code) => `%${hex(code, 2)}`)
      .join("")}"))`;
    return `eval(String.fromCharCode(${codes(middle).join(",")}))`;
  },
  "function-comment": (text, random) => {
    const body = text.replaceAll("*/", "* /");
    return `var f=function(){/*${Buffer.from(body, "utf8").toString("base64")}*/};${run(random, `decodeURIComponent(escape(atob(f.toString().match(/\\/\\*([^]*)\\*\\//)[1])))`)}`;
  },
  "document-write": (text) => `document.write(unescape("${escape(`<script>${text}</script>`)}"));`,
  "zero-width": (text, random) => {
    const bits = codes(text)
      .map((code) => code.toString(2).padStart(16, "0"))
      .join("")
      .replaceAll("0", "\u200b")
      .replaceAll("1", "\u200c");
    return `var z="${bits}".split("").map(function(c){return c=="\\u200b"?0:1}).join("").replace(/.{16}/g,function(b){return String.fromCharCode(parseInt(b,2))});${run(random, "z")}`;
  },
  "white-space": (text, random) => {
    const bits = codes(text)
      .map((code) => code.toString(2).padStart(16, "0"))
      .join("")
      .replaceAll("0", " ")
      .replaceAll("1", "\\t");
    return `var w="${bits}";w=w.replace(/[^]/g,function(c){return c==" "?0:1}).match(/.{16}/g).map(function(b){return String.fromCharCode(parseInt(b,2))}).join("");${run(random, "w")}`;
  },
  "proxy-getters": (text, random) => {
    const parts = text.match(/[^]{1,40}/g) ?? [];
    const order = parts.map((_, index) => index).sort(() => random.next() - 0.5);
    return `var q={};${order.map((index) => `q["k${index}"]=function(){return ${JSON.stringify(Buffer.from(parts[index] ?? "", "utf8").toString("base64"))}};`).join("")}var s="";for(var i=0;i<${parts.length};i++)s+=decodeURIComponent(escape(atob(q["k"+i]())));${run(random, "s")}`;
  },
};
