const es = {
  title: "Inicio",
  pulse: "¿Está todo bien?",
  checking: "Comprobando el estado…",
  allGood: "Todo está en orden.",
  attention: "Qué pide atención",
  nothing: "Nada pide atención",
  nothingText:
    "Cuando una foto falle, algo se agote o haga falta una decisión, aparecerá aquí con lo que hay que hacer.",
  happened: "Qué pasó hoy",
  severity: { bad: "Urgente", warning: "Aviso", info: "Para saber" },
};

export default es;
