const frame = {
  title: "Existencias",
  tabs: {
    label: "Partes de Existencias",
    stock: "Existencias",
    movements: "Movimientos",
    reservations: "Reservas",
    counts: "Conteos",
    orders: "Pedidos",
    prices: "Precios",
    labels: "Etiquetas",
    tasks: "Tareas",
  },
};

export default frame;
