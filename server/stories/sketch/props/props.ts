import type { ThingName } from "../language/thing-words.ts";
import { farProps } from "./far-props.ts";
import { handProps } from "./hand-props.ts";
import { nearProps } from "./near-props.ts";
import type { Prop } from "./prop.ts";
import { skyProps } from "./sky-props.ts";

/** How every thing that can be named is drawn. */
export const props: Readonly<Record<ThingName, Prop>> = { ...skyProps, ...farProps, ...nearProps, ...handProps };
