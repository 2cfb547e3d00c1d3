/** Thumbnails open large in a dialog of this page; modified clicks and browsers without dialogs open the picture itself. */
export function openPictures(): void {
  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-picture]") : null;
    if (!link || typeof HTMLDialogElement === "undefined") return;
    event.preventDefault();
    show(link.href, link.dataset["picture"] ?? "Picture", link);
  });
}

function show(address: string, name: string, opener: HTMLElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "picture-dialog";
  dialog.setAttribute("aria-label", name);
  const picture = document.createElement("img");
  picture.src = address;
  picture.alt = name;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  dialog.append(picture, close);
  document.body.append(dialog);
  dialog.showModal();
}
