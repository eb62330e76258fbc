const es = {
  title: "Entrar",
  lead: "La trastienda de su negocio.",
  email: "Correo electrónico",
  password: "Contraseña",
  remember: "Mantener la sesión en este dispositivo",
  submit: "Entrar",
  signingIn: "Entrando…",
  wrong: {
    happened: "El correo o la contraseña no son correctos",
    kept: "Su sesión y sus datos siguen como estaban.",
    todo: "Revise ambos y vuelva a intentar. Quien administra la tienda puede darle una contraseña nueva.",
  },
  first:
    "¿Primera vez? Bodega mostró el correo y la contraseña en la terminal al iniciar, y los dejó en su carpeta de datos.",
};

export default es;
