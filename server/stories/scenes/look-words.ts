/** Colours and clothes in both languages, without accents, as stems: what a look is described with. */
const lookStems = [
  ..."roj azul verde amarill naranja rosa violeta morad lila marron negr blanc gris dorad platead celeste turquesa".split(
    " ",
  ),
  ..."red blue green yellow orange pink purple violet brown black white gray grey golden silver turquoise".split(" "),
  ..."vestid camis pantal falda zapat bota sombrer gorr bufand capa abrig chaquet delantal overol panuel".split(" "),
  ..."dress shirt trouser pants skirt shoe boot hat cap scarf cape coat jacket apron overall kerchief sweater".split(
    " ",
  ),
];

const stems = new RegExp(`(?:^|[^a-z])(?:${lookStems.join("|")})`);

/** Whether a description names a colour or a piece of clothing. */
export function tellsOfLook(description: string): boolean {
  return stems.test(plain(description));
}

/** Lower case, accents gone. */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
