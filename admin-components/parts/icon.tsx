import type { FC } from "react";
import * as Feather from "react-feather";

const icons = Feather as unknown as Readonly<Record<string, FC<{ size?: number; "aria-hidden"?: boolean }> | undefined>>;

/** An icon of the one set that the panel uses. Decoration only: the words beside it carry the meaning. */
export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  const Shape = icons[name] ?? icons["Circle"];
  return Shape ? <Shape size={size} aria-hidden={true} /> : null;
}
