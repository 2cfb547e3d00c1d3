let shown = false;

/** One calm line with the way back in. What was typed stays on the page. */
export function showSignedOut(): void {
  if (shown) return;
  shown = true;
  const notice = document.createElement("p");
  notice.className = "notice floating";
  const link = document.createElement("a");
  link.href = `/portal/sign-in?${new URLSearchParams({ next: location.pathname + location.search }).toString()}`;
  link.textContent = "Sign in again";
  notice.append("You have been signed out. ", link, " to go on.");
  document.getElementById("notices")?.append(notice);
}

/** Tells when the session has ended: at its time, or when the page comes back to the front and the server says so. */
export function watchSession(endsAt: number | null): void {
  if (endsAt === null) return;
  const check = () => {
    if (Date.now() >= endsAt) showSignedOut();
  };
  window.setInterval(check, 60_000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || shown) return;
    fetch("/portal/session", { credentials: "same-origin", redirect: "error", cache: "no-store" })
      .then((response) => response.status === 401 && showSignedOut())
      // Offline is no reason to say anything.
      .catch(() => undefined);
  });
}
