import { vocabularyOf } from "./vocabulary.ts";

const timeTable = {
  night:
    "noche nocturn* night midnight medianoche anochec* moonlight luna moon estrellad* starry estrella star dream* sueño luciernaga firefly bedtime dusk",
  dawn: "amanec* alba dawn sunrise madrugada aurora early_morning",
  sunset: "atardecer* ocaso sunset puesta_de_sol crepuscul* twilight evening tardecer golden_hour",
  day: "dia day mañana manana morning mediodia noon sol sun solead* sunny tarde afternoon",
} as const;
export type TimeOfDay = keyof typeof timeTable;
export const times = vocabularyOf<TimeOfDay>(timeTable);

const weatherTable = {
  storm: "tormenta storm* rayo lightning trueno thunder* tempestad huracan",
  rain: "lluvia lluvios* llov* llueve* rain* aguacero chubasco drizzle charco puddle",
  snow: "nieve nevad* nevand* nieva snow* invierno winter navidad christmas hielo ice helad* frozen",
  rainbow: "arcoiris arco_iris rainbow",
  fog: "niebla neblina fog* mist* bruma",
  wind: "viento ventoso vendaval wind* breeze brisa",
} as const;
export type Weather = keyof typeof weatherTable;
export const weathers = vocabularyOf<Weather>(weatherTable);

const moodTable = {
  asleep: "dorm* duerm* sleep* asleep nap siesta soñ* soñando dreaming bostez* yawn*",
  crying: "llor* cry cries cried crying tears lagrima sob sobbing sollozo*",
  sad: "trist* sad sadly sadness melancol* lonely solitari* lost perdid* extrañ* miss missing nostalg* sorrow* apenad* unhappy",
  scared: "miedo asusta* scared afraid fear* frighten* terror tembl* trembl* nervios* nervous worried preocupad*",
  angry: "enfad* enoj* angry angrily furios* furious rabia mad grun* grumpy",
  surprised:
    "sorpre* surpris* asombr* amaz* wow descubr* discover* maravill* astonish* wonder* find finds found encuentra encontr* suddenly pront*",
  loving: "abraz* hug* amor love* cariño* ternura tender* beso kiss* querer quier*",
  joyful:
    "alegr* joy* ri* laugh* fiesta party celebr* cheer* jug* play* baila* danc* salt* jump* feliz felic* happily happy divert* fun excited emocionad* contento contenta triumph*",
  calm: "calm* tranquil* peace* paz sereno serena relax* piens* think* mira* look* watch* gaz* contempl* soft quiet escuch* listen* smil* sonri*",
} as const;
export type Mood = keyof typeof moodTable;
export const moods = vocabularyOf<Mood>(moodTable);

const poseTable = {
  sleeping: "dorm* duerm* sleep* asleep nap siesta acostad* lying tumbad* descans* rest resting",
  swimming: "nad* swim* swam bucea* buce* div* dive* flota* floating_in_the_water",
  flying: "vuel* vola* fly* flew flies flight soar*",
  running: "corr* run* ran persig* chas* escap* carrera race racing huye* galop*",
  jumping: "salt* jump* leap* brinc* hop hops hopping bounc*",
  dancing: "baila* danc* bailarin*",
  hugging: "abraz* hug* embrac* cuddl* snuggl*",
  reading: "lee leer leyend* leia read reads reading estudia* study*",
  sitting: "sentad* sienta sentar* sit sits sat sitting seated arrodill* kneel* pesca* fishing",
  waving: "salud* wav* hello hola adios goodbye bye despid* despedid* farewell welcome bienvenid*",
  cheering: "celebr* cheer* gan* win wins won victor* triumph* hurra hooray feliz alegr* joy* happily jugand* play*",
  pointing: "señal* point* muestr* mostr* show* descubr* discover* indica*",
  walking:
    "camin* walk* anda andar andand* pase* stroll* march* explor* viaj* travel* journey* wander* sigue follow* busc* search* look_for looking_for",
  holding:
    "sostien* sosten* hold* carga* carr* llev* lleva* carrying agarra* trae bring* tiene ofrec* offer* give gives dar regal* entreg*",
  thinking: "piens* think* pens* wonder* pregunt* duda* mira* look* watch* gaz* observ* contempl*",
} as const;
export type PoseName = keyof typeof poseTable | "standing";
export const poses = vocabularyOf<keyof typeof poseTable>(poseTable);
