/**
 * A widget of `size` bytes that draws a list, waits for what its page gives it and says so. The bulk is a table of small
 * functions as minified libraries have them: a parser has to look at all of it, nothing of it runs.
 */
export function makeBundle(size: number, draw: string): string {
  const parts = [`(function(){"use strict";${draw}\nvar library={`];
  let length = (parts[0] ?? "").length + 10;
  for (let index = 0; length < size; index++) {
    const seed = (index * 2654435761) % 4294967296;
    const word = ((seed * 40503) % 4294967296).toString(36);
    const part = `f${index}:function(a,b){var c=a[${seed % 977}]||"${seed.toString(36)}${word}";for(var d=0;d<b.length;d++)c+=b[d].${word.replace(/^\d/, "k")};return c},\n`;
    parts.push(part);
    length += part.length;
  }
  return `${parts.join("")}};return library})();\n`;
}
