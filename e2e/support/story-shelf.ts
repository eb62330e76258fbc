import { expect } from "vitest";
import { type BodegaClient, type components, dataOf } from "../../sdk/index.ts";

type NewStory = components["schemas"]["NewStory"];

export interface NewTale extends Pick<NewStory, "title">, Partial<Pick<NewStory, "author" | "language" | "scenes">> {
  /** Paragraphs. */
  readonly content: readonly string[];
}

/** A story of a fox with all its scenes. */
export const foxTale: NewTale = {
  title: "Luna y el mar",
  content: [
    "Había una vez una zorra naranja llamada Luna que vivía en el bosque. Luna llevaba una bufanda roja.",
    "Una mañana, Luna encontró un mapa bajo un roble. El mapa llevaba al mar.",
    "Caminó entre pinos y cruzó un puente de madera. Una lechuza la saludó desde una rama.",
    "Al atardecer, Luna vio el mar por primera vez. Las olas brillaban como estrellas.",
    "Volvió a casa de noche y contó su viaje. Todos durmieron felices.",
  ],
  scenes: {
    character:
      "Luna es una zorra de pelaje naranja y ojos verdes que lleva una bufanda roja y botas amarillas, siempre alegre y curiosa.",
    cover: "Luna mira el mar al atardecer.",
    scene_1: "Luna en el bosque.",
    scene_2: "Luna encuentra un mapa bajo un árbol.",
    scene_3: "Luna cruza un puente y saluda a una lechuza.",
    scene_4: "Luna en la playa al atardecer.",
    closing: "Luna duerme en su cama de noche.",
  },
};

/** Puts a story into the shop, as a program would; answers its id. */
export async function addStory(api: BodegaClient, tale: Partial<NewTale>): Promise<string> {
  const { content, ...rest } = { ...foxTale, ...tale };
  return (await dataOf(api.http.POST("/v1/stories", { body: { ...rest, content: content.join("\n\n") } }))).id;
}

/** Asks for all pictures, and waits until they are there. */
export async function illustrate(api: BodegaClient, id: string): Promise<void> {
  const path = { path: { id } };
  await dataOf(api.http.POST("/v1/stories/{id}/illustrations", { params: path, body: { force: false } }));
  const pictures = async () => (await dataOf(api.http.GET("/v1/stories/{id}", { params: path }))).images.length;
  await expect.poll(pictures, { timeout: 120_000 }).toBe(7);
}
