const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

function sayRelative(date: Date): string {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  if (Math.abs(seconds) < 45) return "just now";
  for (const [unit, size] of steps) if (Math.abs(seconds) >= size * 0.95) return relative.format(Math.round(seconds / size), unit);
  return relative.format(Math.round(seconds / 60), "minute");
}

/** "3 minutes ago", the exact time on hover. */
export function Time({ value }: { value: unknown }) {
  const date = typeof value === "string" ? new Date(value) : undefined;
  if (!date || Number.isNaN(date.getTime())) return <span className="v-none">–</span>;
  return (
    <time dateTime={date.toISOString()} title={absolute.format(date)}>
      {sayRelative(date)}
    </time>
  );
}

export const dayOf = (iso: string): string => new Intl.DateTimeFormat(undefined, { dateStyle: "full" }).format(new Date(iso));
