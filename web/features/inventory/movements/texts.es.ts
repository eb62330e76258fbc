const movements = {
  title: "Nuevo movimiento",
  type: "Qué pasa",
  types: {
    entry: "Entrada",
    exit: "Salida",
    adjustment: "Ajuste",
  },
  location: "Ubicación",
  reason: "Motivo",
  reasons: {
    entry: "Compra, devolución…",
    exit: "Rotura, consumo propio…",
    adjustment: "Diferencia hallada…",
  },
  reference: "Referencia",
  referenceHint: "Remito, factura…",
  sending: "Movimiento en proceso…",
  signedNeeded: "Escriba cuánto sobra o falta, como +2 o -2.",
  submit: {
    entry_one: "Registrar {{count}} entrada",
    entry_other: "Registrar {{count}} entradas",
    exit_one: "Registrar {{count}} salida",
    exit_other: "Registrar {{count}} salidas",
    adjustment_one: "Registrar {{count}} ajuste",
    adjustment_other: "Registrar {{count}} ajustes",
  },
  doneLabel: "Lo último que se registró",
  done_one: "Registrado: {{count}} movimiento",
  done_other: "Registrado: {{count}} movimientos",
  doneLine: "{{name}}: {{change}} en {{location}}, quedan {{balance}}",
  undo: "Deshacer",
  undone: "Deshecho: quedó asentado el movimiento contrario.",
  seeInLedger: "Ver en el libro",
};

export default movements;
