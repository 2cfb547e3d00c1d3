import { describe, expect, it } from "vitest";
import { html, jsonBlock } from "../../src/portal/html.js";
import { humanise, initial, plainText } from "../../src/portal/plain-text.js";

describe("html", () => {
  it("escapes every interpolated string in content and in attributes", () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\``;
    const markup = html`<p title="${hostile}">${hostile}</p>`.toString();
    expect(markup).not.toContain("<script");
    expect(markup).not.toContain("<img");
    expect(markup.match(/"/g)).toHaveLength(2);
    expect(markup).toContain("&amp;&#96;");
  });

  it("keeps nested markup, joins lists and leaves out nothing-values", () => {
    expect(html`<ul>${["a", "<b>"].map((item) => html`<li>${item}</li>`)}${null}${undefined}${false}${0}</ul>`.toString()).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
    );
  });

  it("does not take a look-alike object for markup", () => {
    const lookAlike = { toString: () => "<script>" } as unknown as string;
    expect(html`${lookAlike}`.toString()).toBe("&lt;script&gt;");
  });
});

describe("jsonBlock", () => {
  it("cannot be ended or commented out by a string in it, and reads back unchanged", () => {
    const data = { name: "</script><!--<script>", line: "\u2028", amp: "&lt;" };
    const block = jsonBlock("data", data).toString();
    expect(block.match(/<\/script/g)).toHaveLength(1);
    expect(block).not.toContain("<!--");
    expect(JSON.parse(block.replace(/^<script[^>]*>|<\/script>$/g, ""))).toEqual(data);
  });
});

describe("plainText", () => {
  it("removes what turns a sentence around or hides in it", () => {
    expect(plainText("Fluffy\u202Egnp.exe\u2066\u200B\u0000\u001B[31m")).toBe("Fluffygnp.exe[31m");
  });

  it("keeps letters of other scripts, emoji and joiners", () => {
    expect(plainText("فلافي 👩‍🚀 Zoë")).toBe("فلافي 👩‍🚀 Zoë");
  });

  it("cuts at the cap without halving a character", () => {
    expect(plainText("🐶".repeat(300), 5)).toBe("🐶🐶🐶🐶…");
    expect(plainText("x".repeat(100_000), 200)).toHaveLength(200);
  });

  it("reads keys as words", () => {
    expect(humanise("meals_per_day")).toBe("Meals per day");
    expect(humanise("mealsPerDay")).toBe("Meals per day");
    expect(humanise("___")).toBe("Value");
    expect(initial("👩‍🚀 Ada")).toBe("👩‍🚀");
    expect(initial("")).toBe("");
  });
});
