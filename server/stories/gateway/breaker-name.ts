import type { ProviderName } from "../types.ts";

/** Of the breaker of a provider, and of the places at it. */
export const breakerNameOf = ({ name }: { readonly name: ProviderName }): string => `images-${name}`;
