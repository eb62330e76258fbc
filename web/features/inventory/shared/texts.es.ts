const shared = {
  states: {
    ok: "Bien",
    low: "Bajo",
    out: "Sin stock",
  },
  save: "Guardar",
  lines: {
    add: "Añadir producto",
    label: "Líneas",
    empty: "Escanee o busque productos",
    emptyText: "Cada lectura suma 1, o el peso que lleva la etiqueta. Ctrl+Enter registra.",
    quantityOf: "Cantidad de {{name}}",
    lot: "Lote",
    lotOf: "Lote de {{name}}",
    expiresOf: "Vencimiento de {{name}}",
    remove: "Quitar {{name}}",
    needed: "Escriba una cantidad mayor que 0, con hasta 3 decimales.",
  },
  work: {
    unknown: "No llegó la respuesta",
    unknownKept: "No se sabe todavía si se hizo. Averiguarlo no lo hace dos veces.",
    unknownTodo: "Averigüe qué pasó, o cancele: si se hizo, se deshace.",
    ask: "Averiguar",
    cancel: "Cancelar",
    cancelled: "Cancelado: no quedó nada hecho.",
  },
  short: {
    title: "No hay suficiente libre",
    kept: "No se hizo nada: van todas las líneas o ninguna.",
    todo: "Corrija las líneas marcadas y envíe de nuevo.",
    line: "Hay {{available}} libre.",
  },
};

export default shared;
