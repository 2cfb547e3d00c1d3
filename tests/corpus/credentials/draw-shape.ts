import { alphabets, type Random } from "../random.js";

const bech32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

/** A value of a shape: `ghp_{alnum:36}`. */
export function drawShape(shape: string, random: Random): string {
  return shape.replaceAll(/\{(\w+)(?::(\d+))?\}/g, (_, alphabet: string, length: string | undefined) => {
    if (alphabet === "uuid" || alphabet === "uuidUpper") {
      const hex = random.text(alphabets.hex, 32).split("");
      hex[12] = "4";
      hex[16] = random.pick(["8", "9", "a", "b"]);
      const uuid = hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
      return alphabet === "uuid" ? uuid : uuid.toUpperCase();
    }
    const characters = alphabet === "bech32" ? bech32 : alphabets[alphabet as keyof typeof alphabets];
    if (characters === undefined) throw new Error(`No alphabet is called ${alphabet}`);
    return random.text(characters, Number(length));
  });
}
