import { Router } from "express";

/** `/healthz`: the process answers. `/readyz`: it may be sent traffic. Neither says anything about versions or parts. */
export function createHealthRoutes(isReady: () => Promise<boolean>): Router {
  let asking: Promise<boolean> | undefined;
  // Anybody may ask, as often as they like: one look at the database serves all who ask meanwhile.
  const ask = () =>
    (asking ??= isReady()
      .catch(() => false)
      .finally(() => {
        asking = undefined;
      }));
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const ready = await ask();
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({ status: ready ? "ready" : "not ready" });
  });
  return router;
}
