/** Dates and numbers as one customer reads them. */
export interface Format {
  day(date: Date): string;
  /** Sorts and groups by calendar day in the customer's zone: `2026-11-20`. */
  dayKey(date: Date): string;
  time(date: Date): string;
  moment(date: Date): string;
  /** "in 3 days", "tomorrow", "5 minutes ago". */
  relative(date: Date, now?: Date): string;
  /** A price in hundredths. The currency is the community's and is not part of the record, so none is claimed. */
  price(cents: number): string;
}

/** true for a time zone that this runtime knows. */
export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== "string" || zone.length > 60 || !/^[A-Za-z0-9_+\-/]+$/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The locale as BCP 47 when it is well formed, else `en`. */
export function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
}

const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** The interface is written in English; the locale decides how English dates and numbers are ordered (en-GB, en-US). */
export function createFormat(locale: string, timeZone: string): Format {
  const safe = safeLocale(locale);
  const tag = safe.startsWith("en") ? safe : "en-GB";
  const zone = isTimeZone(timeZone) ? timeZone : "UTC";
  const day = new Intl.DateTimeFormat(tag, { timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const key = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const time = new Intl.DateTimeFormat(tag, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const moment = new Intl.DateTimeFormat(tag, { timeZone: zone, dateStyle: "long", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const price = new Intl.NumberFormat(safe, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    day: (date) => day.format(date),
    dayKey: (date) => key.format(date),
    time: (date) => time.format(date),
    moment: (date) => `${moment.format(date)}${zone === "UTC" ? " UTC" : ""}`,
    relative(date, now = new Date()) {
      let amount = (date.getTime() - now.getTime()) / 1000;
      for (const [unit, size] of steps) {
        if (Math.abs(amount) < size) return unit === "second" ? "just now" : relative.format(Math.round(amount), unit);
        amount /= size;
      }
      return day.format(date);
    },
    price: (cents) => price.format(cents / 100),
  };
}
