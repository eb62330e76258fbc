const shared = {
  states: { ok: "Bien", low: "Bajo", out: "Sin stock" },
  clearSearch: "Borrar la búsqueda",
};

export default shared;
