/** What Inicio says of the stock, on its own: the texts of all the screens would come with the first page. */
const home = {
  out_one: "{{count}} producto sin stock",
  out_other: "{{count}} productos sin stock",
  low_one: "{{count}} producto con stock bajo",
  low_other: "{{count}} productos con stock bajo",
  expiring_one: "{{count}} producto por vencer",
  expiring_other: "{{count}} productos por vencer",
  see: "Ver",
  moved: "Salió hoy",
  movedDetail: "entró {{entries}}",
  attention: "Pida o traslade antes de que falte.",
  history: "Salidas de los últimos {{count}} días: {{values}}",
};

export default home;
