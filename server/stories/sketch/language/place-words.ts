import { vocabularyOf } from "./vocabulary.ts";

const table = {
  underwater: "submarin* underwater fondo_del_mar bajo_el_mar bajo_el_agua arrecife reef under_the_sea seabed coral",
  space: "espacio cosmos galaxia espacial space galaxy planeta planet universo universe orbita asteroide lunar",
  clouds:
    "entre_las_nubes sobre_las_nubes above_the_clouds in_the_clouds among_the_clouds en_el_cielo in_the_sky por_el_cielo through_the_sky",
  beach: "playa beach arena sand orilla_del_mar seaside seashore costa coast shore duna",
  sea: "mar sea oceano ocean ola wave puerto harbor harbour muelle dock altamar isla island",
  jungle: "selva jungla jungle rainforest tropical manigua",
  forest: "bosque forest woods arboleda wood woodland pinar claro_del_bosque grove alameda",
  mountain:
    "montaña montana mountain monte cumbre cima peak sierra cordillera volcan volcano cerro hill colina summit acantilado cliff",
  desert: "desierto desert oasis",
  castle: "castillo castle palacio palace reino kingdom fortaleza torre tower",
  cave: "cueva cave caverna cavern gruta grotto tunel tunnel mina madriguera burrow den guarida",
  farm: "granja farm establo stable granero barn corral huerta campo_de_trigo rancho ranch gallinero",
  garden: "jardin garden invernadero greenhouse huerto vivero macizo",
  river: "rio river arroyo stream riachuelo lago lake estanque pond laguna cascada waterfall brook orilla",
  market:
    "mercado market feria fair puesto stall bazar tienda shop store tiendecita fruteria panaderia bakery bodega almacen supermercado grocery bookshop libreria",
  school: "escuela school colegio aula classroom clase lesson maestra teacher recreo",
  library: "biblioteca library",
  kitchen: "cocina kitchen horno oven comedor cocinar cook* cocinand* hornea* bak*",
  bedroom: "dormitorio bedroom habitacion cuarto cama bed recamara alcoba bedtime",
  home: "salon sala living_room chimenea fireplace hogar attic desvan sillon sofa couch taller workshop indoors",
  city: "ciudad city calle street plaza avenida edificio building rascacielos skyscraper barrio town urban centro_de_la_ciudad tejado rooftop azotea",
  village: "pueblo village aldea pueblito cottage cabaña hut vecindario neighborhood neighbourhood",
  park: "parque park columpio swing tobogan playground circo circus",
  meadow: "prado meadow pradera campo field pasto grass hierba cesped valle valley llanura",
} as const;

export type PlaceName = keyof typeof table;

export const placeNames = Object.keys(table).filter((name): name is PlaceName => name in table);

export const places = vocabularyOf<PlaceName>(table);

/** Rooms: where the sky is seen through a window. */
const rooms: ReadonlySet<PlaceName> = new Set<PlaceName>(["kitchen", "school", "library", "bedroom", "home"]);

export function isRoom(place: PlaceName): boolean {
  return rooms.has(place);
}
