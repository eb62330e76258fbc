const es = { title: "Inicio" };

export default es;
