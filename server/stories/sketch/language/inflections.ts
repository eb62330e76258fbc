const endings: readonly (readonly [ending: string, bases: readonly string[]])[] = [
  ["quitos", ["co"]],
  ["quitas", ["ca"]],
  ["quito", ["co"]],
  ["quita", ["ca"]],
  ["citos", ["", "e"]],
  ["citas", ["", "e"]],
  ["cito", ["", "e"]],
  ["cita", ["", "e"]],
  ["itos", ["o", "", "e", "a"]],
  ["itas", ["a", "", "o"]],
  ["illos", ["o", "a"]],
  ["illas", ["a", "o"]],
  ["ito", ["o", "", "e", "a"]],
  ["ita", ["a", "", "o"]],
  ["illo", ["o", "a"]],
  ["illa", ["a", "o"]],
  ["ces", ["z", "x"]],
  ["ies", ["y"]],
  ["ves", ["f", "fe"]],
  ["es", [""]],
  ["s", [""]],
];

/** The forms under which a vocabulary may list a Spanish or English word: itself, singular, without its diminutive. */
export function baseForms(word: string): readonly string[] {
  const forms = [word];
  for (const [ending, bases] of endings) {
    if (word.length - ending.length < 2 || !word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    for (const base of bases) forms.push(stem + base);
  }
  return forms;
}
