import { vocabularyOf } from "./vocabulary.ts";

const people = {
  grandmother: "abuela abuelita grandmother grandma granny nana yaya anciana old_woman old_lady bisabuela",
  grandfather: "abuelo abuelito grandfather grandpa anciano old_man yayo",
  princess: "princesa princess reina queen hada_madrina",
  prince: "principe prince rey king",
  fairy: "hada fairy",
  witch: "bruja witch hechicera",
  wizard: "mago wizard hechicero magician sorcerer",
  pirate: "pirata pirate",
  knight: "caballero knight",
  astronaut: "astronauta astronaut cosmonauta",
  mother: "madre mama mother mom mum mujer woman señora lady tia aunt maestra teacher vendedora shopkeeper",
  father:
    "padre papa father dad hombre man señor tio uncle pescador fisherman panadero baker granjero farmer marinero sailor maestro",
  girl: "niña nina girl hija daughter hermana sister muchacha chica nena amiga nieta granddaughter",
  boy: "niño nino boy hijo son hermano brother muchacho nene chico nieto grandson",
  child: "child kid bebe baby children pequeñajo criatura toddler peque",
} as const;

const animals = {
  fox: "zorro zorra fox vulpine",
  bear: "oso osa bear osezno cub",
  panda: "panda",
  koala: "koala",
  rabbit: "conejo coneja rabbit bunny liebre hare",
  cat: "gato gata cat kitten kitty minino felino",
  lion: "leon leona lion lioness cachorro_de_leon",
  tiger: "tigre tiger",
  dog: "perro perra dog puppy cachorro perrito doggy hound",
  wolf: "lobo loba wolf",
  mouse: "raton mouse mice ratoncita ratona",
  hedgehog: "erizo hedgehog",
  squirrel: "ardilla squirrel",
  raccoon: "mapache raccoon",
  deer: "ciervo deer fawn venado reno reindeer cervatillo",
  elephant: "elefante elefanta elephant",
  giraffe: "jirafa giraffe",
  monkey: "mono monkey mona_traviesa chimpance chimp",
  pig: "cerdo pig cerdito piglet chancho puerco",
  sheep: "oveja sheep lamb cordero",
  cow: "vaca cow ternero calf toro bull",
  horse: "caballo horse poni pony yegua potro burro donkey",
  unicorn: "unicornio unicorn",
  frog: "rana frog sapo toad",
  turtle: "tortuga turtle tortoise",
  dragon: "dragon dragona dragoncito",
  dinosaur: "dinosaurio dinosaur dino",
  owl: "buho owl lechuza mochuelo tecolote",
  songbird: "pajarito pajarita canario canary petirrojo robin colibri hummingbird",
  chick: "pollito chick pollo gallina hen gallo rooster chicken",
  duck: "pato duck duckling patito ganso goose cisne swan",
  penguin: "pinguino penguin",
  parrot: "loro parrot papagayo guacamaya macaw toucan tucan",
  fish: "pez fish peces pececito pescado",
  whale: "ballena whale delfin dolphin",
  octopus: "pulpo octopus",
  robot: "robot androide android automata",
  monster: "monstruo monster alien extraterrestre ogro ogre troll yeti creature",
  ghost: "fantasma ghost",
} as const;

const table = { ...people, ...animals } as const;

/** Who somebody is. */
export type KindName = keyof typeof table;
export type PersonKind = keyof typeof people;
export type AnimalKind = keyof typeof animals;

export const kindNames = Object.keys(table).filter((name): name is KindName => name in table);

export const kinds = vocabularyOf<KindName>(table);

export function isPerson(kind: KindName): kind is PersonKind {
  return kind in people;
}
