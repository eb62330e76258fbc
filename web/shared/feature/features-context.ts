import { createContext, useContext } from "react";
import type { Feature } from "./feature.ts";

/** All features, for those few places that show what each of them offers (rail, search, Inicio). */
export const FeaturesContext = createContext<readonly Feature[]>([]);

export const useFeatures = (): readonly Feature[] => useContext(FeaturesContext);
