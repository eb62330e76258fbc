const picking = {
  placeholder: "Nombre, SKU o código de barras",
  nothing: "Ningún producto coincide",
};

export default picking;
