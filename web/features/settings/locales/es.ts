const es = { title: "Ajustes" };

export default es;
