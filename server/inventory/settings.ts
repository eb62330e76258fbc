import { z } from "zod";
import type { SettingDefinition } from "../foundation/module.ts";
import { measuredCodes } from "./codes/measured-code.ts";

export const expiringDays: SettingDefinition<number> = {
  key: "alerts.expiringDays",
  schema: z.int().min(0).max(3650),
  fallback: 30,
  description: "How many days before a lot expires people are told.",
  isPublic: true,
};

export const inventorySettings: readonly SettingDefinition[] = [expiringDays, measuredCodes];
