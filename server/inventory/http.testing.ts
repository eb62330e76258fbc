/** The JSON of an answer, taken for what the test says it is. */
export async function bodyOf<T>(answer: Response): Promise<T> {
  const body: T = JSON.parse(await answer.text());
  return body;
}
