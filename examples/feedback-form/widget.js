// Feedback form: stars and a comment. See README.md.
(function () {
  "use strict";

  var WORDS = ["", "Not good", "So-so", "Fine", "Good", "Wonderful"];

  var CSS =
    ":root{--ink:#14181f;--soft:#545d6c;--field:#fff;--edge:#8a93a3;--star:#8a93a3;--good:#116b3c;--bad:#b0202a}" +
    'html[data-color-scheme="dark"]{--ink:#eceff4;--soft:#a3adbd;--field:#1d222c;--edge:#737d8e;--star:#737d8e;--good:#7fd8a4;--bad:#ff9a9a}' +
    "*{box-sizing:border-box}" +
    ".fb{color:var(--ink);font:16px/1.5 var(--gro-font-family,system-ui),sans-serif}" +
    ".fb h2{margin:0 0 12px;font-size:18px;line-height:1.3}.fb p{margin:0}" +
    ".fb form{display:grid;gap:16px}.fb fieldset{border:0;margin:0;padding:0;min-width:0}" +
    ".fb legend,.fb .label{padding:0;font-size:14px;font-weight:600}" +
    ".fb .stars{display:flex;align-items:center;flex-wrap:wrap;margin:4px 0 0 -6px}" +
    ".fb .star{position:relative;width:44px;height:44px;display:grid;place-items:center;color:var(--star);cursor:pointer}" +
    ".fb .star input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}" +
    ".fb .star svg{width:30px;height:30px;fill:transparent;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round}" +
    // A star is lit when it or a later one is chosen.
    ".fb .star:has(:checked),.fb .star:has(~ .star :checked){color:var(--brand-line)}" +
    ".fb .star:has(:checked) svg,.fb .star:has(~ .star :checked) svg{fill:currentColor}" +
    ".fb .star:has(:focus-visible){outline:2px solid var(--ink);outline-offset:-2px;border-radius:8px}" +
    ".fb .word{padding-left:8px;color:var(--soft)}" +
    ".fb textarea{display:block;width:100%;min-height:96px;margin-top:4px;padding:8px 12px;font:inherit;color:inherit;background:var(--field);border:1px solid var(--edge);border-radius:var(--gro-border-radius,8px);resize:vertical}" +
    ".fb ::placeholder{color:var(--soft);opacity:1}" +
    ".fb .foot{display:flex;flex-wrap:wrap;align-items:center;gap:12px}" +
    ".fb button{min-height:44px;padding:8px 20px;font:inherit;font-weight:600;color:var(--brand-ink);background:var(--brand);border:1px solid var(--edge);border-radius:var(--gro-border-radius,8px);cursor:pointer}" +
    ".fb button:disabled{opacity:.6;cursor:default}.fb :focus-visible{outline:2px solid var(--ink);outline-offset:2px}" +
    '.fb [role=status]{flex:1 1 160px}.fb [data-tone="bad"]{color:var(--bad)}' +
    ".fb .thanks{display:grid;gap:8px;justify-items:start}.fb .thanks strong{font-size:18px;color:var(--good)}";

  function luminance(hex) {
    var match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex || "");
    if (!match) return 0.1;
    var parts = match.slice(1).map(function (pair) {
      var share = parseInt(pair, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  function contrast(a, b) {
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  function el(tag, attributes) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      node.setAttribute(name, attributes[name]);
    });
    for (var i = 2; i < arguments.length; i += 1) node.append(arguments[i]);
    return node;
  }

  function starShape() {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    var path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17.1 6.6 20l1.1-6.1-4.5-4.3 6.1-.8z");
    svg.append(path);
    return svg;
  }

  window.gro.onReady(function () {
    var gro = window.gro;
    var root = document.getElementById("gro-widget-root");
    var line = (gro.context.lines || [])[0];
    var product = line ? line.product_title : "your last delivery";

    var style = document.documentElement.style;
    var brand = (gro.branding && gro.branding.primary_color) || "#4f46e5";
    var bright = luminance(brand);
    var paper = gro.colorScheme === "dark" ? 0.01 : 1;
    style.setProperty("--brand", brand);
    style.setProperty("--brand-ink", contrast(bright, 1) >= 4.5 ? "#fff" : "#000");
    // Stars stand on the page itself: a brand colour that would vanish there is replaced by the text colour.
    style.setProperty("--brand-line", contrast(bright, paper) >= 3 ? brand : "var(--ink)");
    root.append(el("style", {}, CSS));

    var word = el("span", { class: "word", "aria-hidden": "true" }, "Choose a star");
    var stars = el("div", { class: "stars" });
    [1, 2, 3, 4, 5].forEach(function (count) {
      var input = el("input", {
        type: "radio",
        name: "rating",
        value: String(count),
        required: "",
        "aria-label": count + (count === 1 ? " star: " : " stars: ") + WORDS[count],
      });
      input.addEventListener("change", function () {
        word.textContent = WORDS[count];
      });
      stars.append(el("label", { class: "star" }, input, starShape()));
    });
    stars.append(word);

    var comment = el("textarea", {
      id: "comment",
      name: "comment",
      maxlength: "1000",
      rows: "3",
      placeholder: "What did you like? What should be different?",
    });
    var send = el("button", { type: "submit" }, "Send feedback");
    var status = el("p", { role: "status" });
    var form = el(
      "form",
      {},
      el("fieldset", {}, el("legend", {}, "Your rating"), stars),
      el("div", {}, el("label", { class: "label", for: "comment" }, "Your comment (optional)"), comment),
      el("div", { class: "foot" }, send, status),
    );
    var box = el("div", { class: "fb" }, el("h2", {}, "How did you like " + product + "?"), form);
    root.append(box);

    function thank(rating) {
      var thanks = el(
        "div",
        { class: "thanks", role: "status", tabindex: "-1" },
        el("strong", {}, "Thank you!"),
        el("p", {}, rating >= 4 ? "We are glad to hear it." : "We will read this carefully and do better."),
      );
      box.replaceChildren(thanks);
      thanks.focus();
      gro.resize();
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var rating = Number(new FormData(form).get("rating"));
      send.disabled = true;
      status.dataset.tone = "";
      status.textContent = "Sending …";
      gro.activity
        .log({
          action: "widget_feedback",
          description: "Feedback: " + rating + " of 5 stars",
          metadata: { rating: rating, comment: comment.value.trim(), product: product },
        })
        .then(function () {
          thank(rating);
        })
        .catch(function (error) {
          send.disabled = false;
          if (error.message === "USER_CANCELLED") {
            status.textContent = gro.isPreview ? "Preview: nothing was sent." : "Nothing was sent.";
          } else {
            status.dataset.tone = "bad";
            status.textContent = error.retryable ? "That did not work. Try again in a moment." : "That did not work.";
          }
          gro.resize();
        });
    });

    gro.resize();
  });
})();
