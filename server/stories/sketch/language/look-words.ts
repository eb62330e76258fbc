import { vocabularyOf } from "./vocabulary.ts";

const garmentTable = {
  dress: "vestido dress gown tunic tunica robe toga camison nightgown",
  skirt: "falda skirt tutu pollera",
  shirt: "camisa shirt camiseta t_shirt tshirt tee blusa blouse playera remera polo",
  sweater: "sueter sweater jersey jumper sudadera hoodie pullover cardigan rebeca chaleco vest waistcoat",
  coat: "abrigo coat chaqueta jacket impermeable raincoat gabardina chubasquero anorak parka bata",
  trousers: "pantalon trousers pants jeans vaqueros leggings mallas",
  shorts: "shorts pantalones_cortos bermudas",
  overalls: "overol overall peto dungaree mono_de_trabajo enterizo tirantes suspenders mameluco mahon",
  pajamas: "pijama pajamas pyjamas",
  apron: "delantal apron mandil",
  cape: "capa cape cloak manto poncho",
  shawl: "chal shawl manton mantilla",
  scarf: "bufanda scarf pañuelo bandana foulard kerchief",
  hat: "sombrero hat chistera bowler",
  strawHat: "sombrero_de_paja straw_hat",
  cap: "gorra cap visera",
  beanie: "gorro beanie woolly_hat gorro_de_lana knit_hat boina beret capucha hood",
  pointedHat: "sombrero_puntiagudo pointed_hat pointy_hat sombrero_de_mago sombrero_de_bruja witch_hat wizard_hat",
  helmet: "casco helmet escafandra",
  crown: "corona crown tiara diadema",
  flowerCrown: "corona_de_flores flower_crown flor_en_el_pelo flower_in_her_hair",
  bow: "lazo bow cinta ribbon",
  boots: "botas bota boots boot",
  shoes: "zapato zapatos shoes shoe zapatillas sneakers slippers tenis deportivas botines mocasines",
  sandals: "sandalia sandals",
  socks: "calcetin calcetines socks medias stockings",
  glasses: "gafas lentes glasses spectacles anteojos goggles",
  backpack: "mochila backpack rucksack bag bolso zurron satchel",
  necklace: "collar necklace colgante medallon medalla pendant",
  bowTie: "pajarita bow_tie corbata tie bowtie corbatin",
  gloves: "guantes gloves mitones mittens manoplas",
  wings: "ala alas wing wings",
  beard: "barba beard perilla",
  mustache: "bigote mustache moustache",
  freckles: "pecas freckles pecoso pecosa freckled",
} as const;
export type GarmentName = keyof typeof garmentTable;
export const garments = vocabularyOf<GarmentName>(garmentTable);

/** Parts of a body, and what colours may belong to without being worn. */
export const bodyParts = vocabularyOf<"hair" | "eyes" | "skin" | "fur" | "belly" | "tail" | "nose" | "other">({
  hair: "pelo hair cabello cabellera melena trenza braid coleta ponytail rizo curl flequillo bangs moño bun rodete mechon",
  eyes: "ojo eye mirada",
  skin: "piel skin tez complexion",
  fur: "pelaje fur pelo_del_cuerpo plumas feather plumaje plumage escama scale cuerpo body metal lana wool",
  belly: "barriga belly pancita panza vientre tummy pecho chest",
  tail: "cola tail",
  nose: "nariz nose hocico snout pico beak oreja ear pata paw mejilla cheek cuerno horn cuello neck",
  other:
    "boton button bolsillo pocket borde edge cinturon belt detalle detail raya stripe lunar dot estampado pattern cordon lace",
});

const hairTable = {
  braids: "trenza braid plait",
  ponytail: "coleta ponytail cola_de_caballo",
  pigtails: "coletas pigtails bunches dos_coletas two_ponytails",
  bun: "moño rodete bun chignon recogido",
  afro: "afro",
  curly: "rizo riza* rizad* curl* ondulad* wavy crespo crespa",
  long: "largo larga largos long melena",
  bob: "melena_corta bob media_melena shoulder_length",
  short: "corto corta cortito short",
  spiky: "despeinad* messy spiky alborotad* revuelto tousled puntas",
  bald: "calvo calva bald",
} as const;
export type HairStyle = keyof typeof hairTable;
export const hairStyles = vocabularyOf<HairStyle>(hairTable);

export const patterns = vocabularyOf<"stripes" | "dots" | "stars" | "flowers">({
  stripes: "raya rayado rayada rayas stripe striped a_rayas",
  dots: "lunares topos dotted polka polka_dot dot puntitos spotted",
  stars: "estrellas stars estrellado estrellada starry",
  flowers: "flores floral flowers flowered floreado florecitas",
});
export type Pattern = "stripes" | "dots" | "stars" | "flowers";

export const skinTones = vocabularyOf<"fair" | "tan" | "brown" | "dark">({
  fair: "piel_clara piel_blanca fair_skin light_skin pale_skin pale_complexion piel_palida",
  tan: "piel_trigueña piel_dorada tan_skin tanned bronceada bronceado olive_skin piel_canela trigueño trigueña",
  brown: "piel_morena morena moreno brown_skin piel_marron light_brown_skin",
  dark: "piel_oscura piel_negra dark_skin black_skin dark_brown_skin dark_skinned deep_brown_skin",
});
