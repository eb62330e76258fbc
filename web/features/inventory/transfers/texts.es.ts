const transfers = {
  title: "Traslado entre ubicaciones",
  from: "Desde",
  to: "Hacia",
  reason: "Motivo",
  sending: "Traslado en proceso…",
  samePlace: "Elija otra ubicación de destino.",
  onlyOne: "Hay una sola ubicación: no hay adónde trasladar.",
  addLocation: "Añadir una ubicación",
  submit_zero: "Trasladar",
  submit_one: "Trasladar {{count}} producto",
  submit_other: "Trasladar {{count}} productos",
};

export default transfers;
