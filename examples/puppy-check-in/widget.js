// Puppy check-in: weight, meals, a note and a photo. See README.md.
(function () {
  "use strict";

  var MAX_PHOTO_BYTES = 5 * 1024 * 1024;
  var PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

  var MESSAGES = {
    USER_CANCELLED: "Nothing was saved.",
    RATE_LIMITED: "That was a little fast. Wait a moment, then try again.",
    UNSUPPORTED_MEDIA: "That photo could not be read. Choose a JPEG, PNG, WEBP or GIF.",
    TOO_LARGE: "That photo is too large. Choose one below 5 MB.",
    TIMEOUT: "No answer. Check your connection and try again.",
    CONFLICT: "The profile changed meanwhile. Reload the page and try again.",
    UNAUTHENTICATED: "You have been signed out. Sign in and try again.",
  };

  var CSS =
    ":root{--ink:#14181f;--soft:#545d6c;--line:#c5cbd6;--field:#fff;--quiet:#f1f3f7;--good:#116b3c;--bad:#b0202a;--edge:#8a93a3}" +
    'html[data-color-scheme="dark"]{--ink:#eceff4;--soft:#a3adbd;--line:#3a4250;--field:#1d222c;--quiet:#1d222c;--good:#7fd8a4;--bad:#ff9a9a;--edge:#737d8e}' +
    "*{box-sizing:border-box}" +
    ".pc{color:var(--ink);font:16px/1.5 var(--gro-font-family,system-ui),sans-serif;container-type:inline-size}" +
    ".pc h2{margin:0;font-size:18px;line-height:1.3}.pc p{margin:0}.pc .lead{color:var(--soft);margin:4px 0 16px}" +
    ".pc form{display:grid;gap:16px}" +
    ".pc .row{display:grid;gap:16px}@container (min-width:420px){.pc .row{grid-template-columns:1fr 1fr}}" +
    ".pc .field{display:grid;gap:4px;align-content:start;min-width:0}.pc fieldset{border:0;margin:0;padding:0}" +
    ".pc label,.pc legend{font-size:14px;font-weight:600;padding:0}.pc .hint{font-size:14px;font-weight:400;color:var(--soft)}" +
    ".pc input[type=number],.pc textarea{width:100%;min-height:44px;padding:8px 12px;font:inherit;color:inherit;background:var(--field);border:1px solid var(--edge);border-radius:var(--gro-border-radius,8px)}" +
    ".pc ::placeholder{color:var(--soft);opacity:1}" +
    ".pc textarea{min-height:72px;resize:vertical;display:block}" +
    ".pc .meals{display:flex;margin-top:4px;border:1px solid var(--edge);border-radius:var(--gro-border-radius,8px);overflow:hidden}" +
    ".pc .meals label{position:relative;flex:1;min-height:42px;display:grid;place-items:center;font-size:16px;font-weight:400;cursor:pointer}" +
    ".pc .meals label+label{border-left:1px solid var(--line)}" +
    ".pc .meals input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}" +
    ".pc .meals label:has(:checked){background:var(--brand);color:var(--brand-ink);font-weight:600}" +
    ".pc .meals label:has(:focus-visible){outline:2px solid var(--ink);outline-offset:-4px}" +
    ".pc .photo{position:relative;display:flex;align-items:center;gap:16px;min-height:88px;padding:8px;border:1px dashed var(--edge);border-radius:var(--gro-border-radius,8px);background:var(--quiet)}" +
    ".pc .photo:focus-within{outline:2px solid var(--ink);outline-offset:2px}" +
    ".pc .photo input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer;font-size:0}" +
    ".pc .photo .frame{flex:none;width:72px;height:72px;display:grid;place-items:center;border-radius:var(--gro-border-radius,8px);overflow:hidden;background:var(--field);color:var(--soft)}" +
    ".pc .photo img{width:100%;height:100%;object-fit:cover;display:block}" +
    ".pc .photo strong{display:block;overflow-wrap:anywhere}" +
    ".pc .foot{display:flex;flex-wrap:wrap;align-items:center;gap:12px}" +
    ".pc button{min-height:44px;padding:8px 20px;font:inherit;font-weight:600;color:var(--brand-ink);background:var(--brand);border:1px solid var(--edge);border-radius:var(--gro-border-radius,8px);cursor:pointer}" +
    ".pc button:disabled{opacity:.6;cursor:default}.pc :focus-visible{outline:2px solid var(--ink);outline-offset:2px}" +
    '.pc [role=status]{flex:1 1 160px}.pc [data-tone="good"]{color:var(--good)}.pc [data-tone="bad"]{color:var(--bad)}';

  // Black or white, whichever is easier to read on the community's colour (WCAG relative luminance).
  function inkOn(hex) {
    var match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex || "");
    if (!match) return "#fff";
    var parts = match.slice(1).map(function (pair) {
      var share = parseInt(pair, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    });
    var luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    return 1.05 / (luminance + 0.05) >= 4.5 ? "#fff" : "#000";
  }

  // el("p", { class: "hint" }, "text", child, …): text always lands as text.
  function el(tag, attributes) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      node.setAttribute(name, attributes[name]);
    });
    for (var i = 2; i < arguments.length; i += 1) node.append(arguments[i]);
    return node;
  }

  window.gro.onReady(function () {
    var gro = window.gro;
    var root = document.getElementById("gro-widget-root");
    var entities = gro.context.entities || [];
    var puppy =
      entities.find(function (entity) {
        return entity.entity_type === "dog";
      }) || entities[0];

    var brand = (gro.branding && gro.branding.primary_color) || "#4f46e5";
    document.documentElement.style.setProperty("--brand", brand);
    document.documentElement.style.setProperty("--brand-ink", inkOn(brand));
    root.append(el("style", {}, CSS));

    if (!puppy) {
      root.append(el("div", { class: "pc" }, el("p", {}, "There is no profile on this subscription yet.")));
      gro.resize();
      return;
    }

    var attributes = puppy.attributes || {};
    var weight = el("input", {
      id: "weight",
      name: "weight",
      type: "number",
      required: "",
      min: "0.1",
      max: "120",
      step: "0.1",
      inputmode: "decimal",
    });
    if (typeof attributes.weight === "number") weight.value = String(attributes.weight);

    var meals = el("div", { class: "meals" });
    ["1", "2", "3", "4"].forEach(function (count) {
      var radio = el("input", { type: "radio", name: "meals", value: count });
      radio.checked = count === "2";
      meals.append(el("label", {}, radio, count));
    });

    var notes = el("textarea", { id: "notes", name: "notes", maxlength: "500", rows: "2", placeholder: "Eating well, sleeping through …" });
    var photo = el("input", { id: "photo", type: "file", accept: PHOTO_TYPES.join(","), "aria-describedby": "photo-hint" });
    var photoFrame = el("span", { class: "frame", "aria-hidden": "true" }, "+");
    var photoName = el("strong", {}, "Add a photo");
    var photoHint = el("span", { class: "hint", id: "photo-hint" }, "Optional. JPEG, PNG, WEBP or GIF, up to 5 MB.");
    var save = el("button", { type: "submit" }, "Save check-in");
    var status = el("p", { role: "status" });

    var form = el(
      "form",
      {},
      el(
        "div",
        { class: "row" },
        el("div", { class: "field" }, el("label", { for: "weight" }, "Weight (kg)"), weight),
        el("fieldset", { class: "field" }, el("legend", {}, "Meals per day"), meals),
      ),
      el("div", { class: "field" }, el("label", { for: "notes" }, "How is it going?"), notes),
      el("div", { class: "photo" }, photoFrame, el("label", { for: "photo" }, photoName, photoHint), photo),
      el("div", { class: "foot" }, save, status),
    );

    root.append(
      el(
        "div",
        { class: "pc" },
        el("h2", {}, "How is " + puppy.name + " doing?"),
        el("p", { class: "lead" }, "A minute a week keeps the box the right size."),
        form,
      ),
    );

    function say(text, tone) {
      status.textContent = text;
      status.dataset.tone = tone || "";
      gro.resize();
    }

    var shown = "";
    function showPhoto() {
      if (shown) URL.revokeObjectURL(shown);
      shown = "";
      var file = photo.files && photo.files[0];
      if (!file) {
        photoName.textContent = "Add a photo";
        photoFrame.textContent = "+";
        return;
      }
      shown = URL.createObjectURL(file);
      photoName.textContent = file.name;
      photoFrame.replaceChildren(el("img", { src: shown, alt: "" }));
    }

    photo.addEventListener("change", function () {
      var file = photo.files && photo.files[0];
      var problem = "";
      if (file && PHOTO_TYPES.indexOf(file.type) < 0) problem = MESSAGES.UNSUPPORTED_MEDIA;
      else if (file && file.size > MAX_PHOTO_BYTES) problem = MESSAGES.TOO_LARGE;
      if (problem) photo.value = "";
      showPhoto();
      say(problem, problem ? "bad" : "");
    });

    async function checkIn() {
      var now = Number(weight.value);
      var was = typeof attributes.weight === "number" ? attributes.weight : null;
      var file = photo.files && photo.files[0];
      var urls = [];

      // The customer decides first. All attributes are sent: the host replaces them as a whole.
      if (now !== was) {
        var next = Object.assign({}, attributes, { weight: now });
        await gro.entity.update(puppy.id, { attributes: next });
        attributes = next;
      }
      if (file) {
        say("Uploading the photo …");
        urls.push((await gro.media.upload(file)).data.url);
      }
      await gro.activity.log({
        action: "widget_puppy_checkin",
        description: "Check-in for " + puppy.name,
        changes: now === was ? {} : { weight: { from: was, to: now } },
        metadata: {
          meals_per_day: new FormData(form).get("meals"),
          notes: notes.value.trim(),
          puppy_club_photo_urls: urls,
        },
      });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      save.disabled = true;
      say("Saving …");
      checkIn()
        .then(function () {
          say("Saved. Thank you!", "good");
          notes.value = "";
          photo.value = "";
          showPhoto();
        })
        .catch(function (error) {
          var calm = error.message === "USER_CANCELLED";
          say(MESSAGES[error.message] || "That did not work." + (error.retryable ? " Try again." : ""), calm ? "" : "bad");
        })
        .then(function () {
          save.disabled = false;
          gro.resize();
        });
    });

    gro.resize();
  });
})();
