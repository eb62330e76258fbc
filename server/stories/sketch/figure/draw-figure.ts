import type { Color } from "../drawing/color.ts";
import type { Definitions } from "../drawing/definitions.ts";
import { none, placed, type Svg } from "../drawing/svg.ts";
import type { PersonKind } from "../language/kind-words.ts";
import type { Acting, Figure } from "./acting.ts";
import { animalHead, type HeadPieces, robotHead } from "./animal-head.ts";
import { drawBehind, drawStraps } from "./behind.ts";
import { drawBird } from "./bird.ts";
import type { Expression } from "./expression.ts";
import { drawFace } from "./face.ts";
import { drawFloating } from "./floating.ts";
import { drawHatBack, drawHeadwear } from "./headwear.ts";
import { drawArm, drawLeg, handOf, type LegDress, type Sleeve } from "./limbs.ts";
import type { Look } from "./look.ts";
import { beardOf, personHead } from "./person-head.ts";
import { type Pose, poseTable } from "./pose.ts";
import { type Point, type Rig, rigOf } from "./rig.ts";
import { species } from "./species.ts";
import { drawNeckwear, drawTorso } from "./torso.ts";

/** Draws somebody as they look, doing what they do. */
export function drawFigure(definitions: Definitions, look: Look, acting: Acting): Figure {
  const build = look.is === "animal" ? species[look.kind].build : "plush";
  const drawn =
    look.is === "animal" && build === "bird"
      ? drawBird(definitions, look, acting)
      : look.is === "animal" && (build === "fish" || build === "octopus" || build === "ghost")
        ? drawFloating(definitions, look, acting, build)
        : drawStander(definitions, look, acting);
  return {
    svg: placed(drawn.svg, { scale: look.size }),
    height: drawn.height * look.size,
    halfWidth: drawn.halfWidth * look.size,
    hand: { x: drawn.hand.x * look.size, y: drawn.hand.y * look.size },
  };
}

function drawStander(definitions: Definitions, look: Look, acting: Acting): Figure {
  const rig = rigOf(look);
  const pose = poseTable[acting.pose];
  const skin = look.is === "person" ? look.skin : look.fur;
  const hand = handColor(look);
  const sleeve = sleeveOf(look);
  const hasLegs = acting.hasNoLegs !== true;
  const down = pose.isSitting && hasLegs ? -rig.hipY - 18 : 0;
  const legs = hasLegs
    ? placed(
        drawLeg(rig, pose.leftLeg, -1, legDress(look), pose.isSitting) +
          drawLeg(rig, pose.rightLeg, 1, legDress(look), pose.isSitting),
        { y: pose.isSitting ? -2 : 0 },
      )
    : none;
  const held = handOf(rig, pose.right, 1);
  const inHands = acting.pose === "reading" ? { x: 0, y: rig.shoulderY + 34 } : held;
  const upper =
    drawTorso(definitions, rig, look) +
    drawStraps(rig, look) +
    drawArm(rig, pose.left, -1, skin, sleeve, hand) +
    drawNeckwear(definitions, rig, look.wardrobe) +
    head(look, rig, acting.expression, pose.tilt) +
    placed(acting.held, inHands) +
    drawArm(rig, pose.right, 1, skin, sleeve, hand);
  // Seated legs come towards us, over the lap; standing ones come out from under the clothes.
  const body =
    pose.isSitting && hasLegs
      ? placed(drawBehind(rig, look) + upper, { y: down }) + legs
      : drawBehind(rig, look) + legs + upper;
  const svg = placed(body, { y: -pose.hop, turn: pose.lean });
  return {
    svg,
    height: -rig.headY + 50 * rig.headScale - down,
    halfWidth: 60,
    hand: turned({ x: held.x, y: held.y + down }, pose),
  };
}

function turned({ x, y }: Point, { lean, hop }: Pose): Point {
  const angle = (lean * Math.PI) / 180;
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) - hop };
}

function head(look: Look, rig: Rig, expression: Expression, tilt: number): Svg {
  const pieces: HeadPieces =
    look.is === "person" ? personHead(look) : look.kind === "robot" ? robotHead(look) : animalHead(look);
  const isOnTop = look.is === "animal" && species[look.kind].extra?.includes("eyesOnTop") === true;
  const isSnouty =
    look.is === "animal" && ["snout", "wide", "long", "patch", "mask"].includes(species[look.kind].muzzle ?? "none");
  const eyeX = isOnTop ? 24 : 19;
  const eyeY = isOnTop ? -38 : isSnouty ? -3 : 3;
  const mouthY = isSnouty ? (look.kind === "monkey" ? 22 : 26) : 20;
  const face = drawFace(
    {
      eyes: look.eyes,
      skin:
        look.is === "person"
          ? look.skin
          : look.kind === "robot"
            ? "#fbf6ea"
            : look.kind === "panda"
              ? look.detail
              : look.fur,
      eyeX,
      eyeY,
      mouthY,
      hasLashes: look.is === "person" && lashed.has(look.kind),
      eyeScale: 1,
    },
    expression,
  );
  const nose = pieces.nose;
  const drawn = drawHatBack(look.wardrobe) + pieces.back + pieces.shape + pieces.marks + face + nose;
  const over = look.is === "person" ? beardOf(look) + personHead(look).over : none;
  return placed(drawn + over + drawHeadwear(look.wardrobe, eyeX, eyeY), {
    y: rig.headY,
    scale: rig.headScale,
    turn: tilt,
  });
}

const lashed: ReadonlySet<string> = new Set<PersonKind>([
  "girl",
  "princess",
  "mother",
  "grandmother",
  "fairy",
  "witch",
]);

function handColor(look: Look): Color {
  if (look.wardrobe.gloves) return look.wardrobe.gloves.color;
  if (look.is === "person") return look.skin;
  return species[look.kind].extra?.includes("socks") ? look.detail : look.fur;
}

function sleeveOf({ wardrobe }: Look): Sleeve {
  if (wardrobe.coat) return { color: wardrobe.coat.color, isLong: true };
  if (wardrobe.top) return { color: wardrobe.top.color, isLong: wardrobe.top.hasLongSleeves };
  if (wardrobe.dress) return { color: wardrobe.dress.color, isLong: false };
  return { color: null, isLong: false };
}

function legDress(look: Look): LegDress {
  const { trousers, overalls, socks, shoes, boots } = look.wardrobe;
  const skin = look.is === "person" ? look.skin : look.fur;
  return {
    skin: look.is === "animal" && species[look.kind].extra?.includes("socks") ? look.detail : skin,
    trousers: overalls?.color ?? trousers?.color ?? null,
    isShort: overalls === undefined && trousers?.isShort === true,
    socks: socks?.color ?? null,
    shoe: shoes?.color ?? null,
    boot: boots?.color ?? null,
  };
}
