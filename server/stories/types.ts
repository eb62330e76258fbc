/** The pictures of a story in the order in which they are made (requirement 05, *Pipeline*). */
export const imageTypes = ["character", "cover", "scene_1", "scene_2", "scene_3", "scene_4", "closing"] as const;
export type ImageType = (typeof imageTypes)[number];

/** One description per picture: exactly these seven keys, passed to the provider as they are. */
export type Scenes = Readonly<Record<ImageType, string>>;

export const providerNames = ["gemini", "openai", "sketch"] as const;
export type ProviderName = (typeof providerNames)[number];

/** The sizes that may be asked for, `width`x`height` in pixels; any other is refused before it costs anything. */
export const imageSizes = ["1024x1536", "1024x1024", "1792x1024", "1024x1792"] as const;
export type ImageSize = (typeof imageSizes)[number];

export type StoryLanguage = "es" | "en";

export const pictureMimeTypes = ["image/png", "image/jpeg"] as const;
export type PictureMimeType = (typeof pictureMimeTypes)[number];
