const es = { title: "Operación" };

export default es;
