import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

describe("picture providers", () => {
  test("without a word about them have no key, their own addresses, and no choice made", () => {
    expect(readConfig({}).imageProviders).toEqual({
      defaultProvider: null,
      fallbackProvider: null,
      gemini: { apiKey: null, baseUrl: "https://generativelanguage.googleapis.com", model: null },
      openai: { apiKey: null, baseUrl: "https://api.openai.com/v1", model: null },
    });
  });

  test("are taken from the environment, addresses without the slash at their end", () => {
    const config = readConfig({
      GEMINI_API_KEY: "key",
      GEMINI_BASE_URL: "http://127.0.0.1:9000/",
      OPENAI_BASE_URL: "http://127.0.0.1:9001/v1//",
      GEMINI_COMPATIBLE_ENDPOINT: "http://127.0.0.1:9000/v1beta/openai/",
      IMAGE_PROVIDER_DEFAULT: "openai",
      IMAGE_PROVIDER_FALLBACK: "none",
      IMAGE_MODEL_ID_OPENAI: "gpt-image-2",
    });
    expect(config.imageProviders).toMatchObject({
      defaultProvider: "openai",
      fallbackProvider: "none",
      gemini: { apiKey: "key", baseUrl: "http://127.0.0.1:9000" },
      openai: { baseUrl: "http://127.0.0.1:9001/v1", model: "gpt-image-2" },
    });
    expect(config.textEndpoint).toBe("http://127.0.0.1:9000/v1beta/openai");
  });

  test.each([
    ["IMAGE_PROVIDER_DEFAULT", "banana"],
    ["IMAGE_MODEL_ID_GEMINI", "../../v1/other:method"],
    ["GEMINI_BASE_URL", "ftp://host"],
    ["IMAGE_PROVIDER_DEFAULTS", "gemini"],
  ])("%s=%s stops the start with a sentence that names it", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name} is not`));
  });
});
