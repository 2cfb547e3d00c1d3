import type { MountInside } from "./mount.js";

/** Milliseconds before now in which a sign of activity still explains a stall. */
const recent = 20_000;

/**
 * Frames of one origin share one thread, so one endless loop silences all of them. Signs, strongest first: a first run that
 * never ended, the last trusted event whose handler began, focus, and the widget that came last. Pure.
 */
export function findCulprit(stalled: readonly MountInside[], now: number, focused: Element | null): MountInside | undefined {
  const latest = (time: (mount: MountInside) => number | undefined) =>
    stalled
      .map((mount) => ({ mount, at: time(mount) }))
      .filter((entry): entry is { mount: MountInside; at: number } => entry.at !== undefined && now - entry.at < recent)
      .sort((a, b) => b.at - a.at)[0]?.mount;

  return (
    latest(({ activity }) => activity.startedAt) ??
    latest(({ activity }) => (activity.busyAt > 0 ? activity.busyAt : undefined)) ??
    stalled.find((mount) => mount.frame !== undefined && mount.frame === focused) ??
    [...stalled].sort((a, b) => b.activity.mountedAt - a.activity.mountedAt)[0]
  );
}
