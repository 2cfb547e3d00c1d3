window.gro.onReady(function () {
  const root = document.getElementById("gro-widget-root");
  const entity = (window.gro.context.entities || [])[0];
  if (!entity) {
    root.textContent = "No profile on this subscription.";
    window.gro.resize();
    return;
  }

  const was = entity.attributes && entity.attributes.weight;
  root.innerHTML =
    "<label>Weight (kg)</label>" +
    '<input id="w" type="number" step="0.1" value="' +
    (was ?? "") +
    '" /> ' +
    '<button id="save">Save</button> <span id="s"></span>';

  document.getElementById("save").addEventListener("click", function () {
    const now = Number(document.getElementById("w").value);
    const status = document.getElementById("s");
    status.textContent = "Saving…";

    // keep existing attributes (host replaces them wholesale) + update weight
    const attributes = Object.assign({}, entity.attributes, { weight: now });

    window.gro.entity
      .update(entity.id, { attributes })
      .then(function () {
        return window.gro.activity
          .log({
            action: "widget_weight_updated",
            description: "Weight updated for " + entity.name,
            changes: { weight: { from: was ?? null, to: now } },
          })
          .catch(function () {}); // activity log is best-effort
      })
      .then(function () {
        status.textContent = "Saved!";
      })
      .catch(function (err) {
        status.textContent = err.message === "USER_CANCELLED" ? "Cancelled" : "Failed";
      });

    window.gro.resize();
  });

  window.gro.resize();
});
