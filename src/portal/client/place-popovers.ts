const gap = 8;

/** Puts a popover below its button, inside the window. Without this it opens in the middle, which works too. */
export function placePopovers(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[popovertarget]")) {
    const popover = document.getElementById(button.getAttribute("popovertarget") ?? "");
    if (!popover || !("showPopover" in popover)) continue;
    const place = () => {
      const anchor = button.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = popover;
      const left = Math.min(Math.max(gap, anchor.right - width), window.innerWidth - width - gap);
      const below = anchor.bottom + gap;
      const fits = below + height <= window.innerHeight - gap;
      popover.style.margin = "0";
      popover.style.left = `${Math.max(gap, left)}px`;
      popover.style.top = `${fits ? below : Math.max(gap, anchor.top - gap - height)}px`;
    };
    const close = () => (popover as HTMLElement & { hidePopover(): void }).hidePopover();
    popover.addEventListener("toggle", (event) => {
      const isOpen = (event as Event & { newState?: string }).newState === "open";
      button.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) place();
      // It would float away from its button.
      window[isOpen ? "addEventListener" : "removeEventListener"]("scroll", close, { passive: true });
      window[isOpen ? "addEventListener" : "removeEventListener"]("resize", close);
    });
  }
}
