import { type Color, darken, lightnessOf, mix } from "../drawing/color.ts";
import { circle, ellipse, line, n, none, path, type Svg } from "../drawing/svg.ts";
import type { Expression } from "./expression.ts";

export interface Face {
  readonly eyes: Color;
  /** What the face is drawn on. */
  readonly skin: Color;
  readonly eyeX: number;
  readonly eyeY: number;
  readonly mouthY: number;
  readonly hasLashes: boolean;
  readonly eyeScale: number;
}

const dark: Color = "#3a2b33";

/** Eyes, brows, cheeks and mouth, about the middle of a head. */
export function drawFace(face: Face, expression: Expression): Svg {
  const { eyeX, eyeY, mouthY } = face;
  const isDark = lightnessOf(face.skin) < 0.42;
  const line = isDark ? mix(face.skin, "#ffffff", 0.75) : dark;
  const blush = mix(face.skin, isDark ? "#ff9c98" : "#f2737b", 0.5);
  return (
    ellipse(-eyeX - 11, mouthY - 6, 8, 5.4, { fill: blush, opacity: 0.6 }) +
    ellipse(eyeX + 11, mouthY - 6, 8, 5.4, { fill: blush, opacity: 0.6 }) +
    eye(face, expression, -1, line) +
    eye(face, expression, 1, line) +
    brow(expression, -1, eyeX, eyeY, line) +
    brow(expression, 1, eyeX, eyeY, line) +
    mouth(expression, mouthY, line) +
    (expression.hasTear ? tear(-eyeX - 3, eyeY + 9) + tear(eyeX + 3, eyeY + 13) : none)
  );
}

function eye(face: Face, { eyes }: Expression, side: -1 | 1, ink: Color): Svg {
  const x = face.eyeX * side;
  const y = face.eyeY;
  const lash = face.hasLashes ? line(`M${n(x + side * 5)} ${n(y - 4)} l${side * 4.4} -3.2`, ink, 1.8) : none;
  switch (eyes) {
    case "closed":
      return line(`M${n(x - 7)} ${n(y + 1)} q7 6.5 14 0`, ink, 2.6) + lash;
    case "happy":
      return line(`M${n(x - 7)} ${n(y + 3)} q7 -9 14 0`, ink, 2.8);
    case "open":
    case "worried":
    case "wide": {
      const size = face.eyeScale * (eyes === "wide" ? 1.22 : 1);
      return openEye(x, y, size, face.eyes, face.skin) + lash;
    }
  }
}

function openEye(x: number, y: number, size: number, color: Color, skin: Color): Svg {
  const rx = 5.8 * size;
  const ry = 7.6 * size;
  const rim = lightnessOf(skin) < 0.5 ? ellipse(x, y, rx + 2.4, ry + 2.4, { fill: "#fffaf2" }) : none;
  return (
    rim +
    ellipse(x, y, rx, ry, { fill: mix(dark, color, 0.35) }) +
    ellipse(x, y + ry * 0.36, rx * 0.74, ry * 0.52, { fill: mix(color, "#ffffff", 0.22), opacity: 0.55 }) +
    circle(x + rx * 0.32, y - ry * 0.36, 2.3 * size, { fill: "#ffffff" }) +
    circle(x - rx * 0.36, y + ry * 0.36, 1.1 * size, { fill: "#ffffff", opacity: 0.85 })
  );
}

function brow({ brows, eyes }: Expression, side: -1 | 1, eyeX: number, eyeY: number, ink: Color): Svg {
  const x = eyeX * side;
  const y = eyeY - (eyes === "wide" ? 15 : 13);
  switch (brows) {
    case "none":
      return line(`M${n(x - 5)} ${n(y)} q5 -3 10 0`, ink, 1.8, 0.55);
    case "raised":
      return line(`M${n(x - 6)} ${n(y - 3)} q6 -5 12 0`, ink, 2, 0.7);
    case "sad":
      return line(`M${n(x + side * 7)} ${n(y + 2)} q${-side * 6} -1 ${-side * 12} -5`, ink, 2.2, 0.8);
    case "angry":
      return line(`M${n(x + side * 7)} ${n(y - 3)} q${-side * 6} 1 ${-side * 12} 6`, ink, 2.4, 0.85);
  }
}

function mouth({ mouth: shape }: Expression, y: number, ink: Color): Svg {
  switch (shape) {
    case "smile":
      return line(`M-8 ${n(y - 1)} q8 8 16 0`, ink, 2.4);
    case "grin":
      return (
        path(`M-11 ${n(y - 3)} q11 3.4 22 0 q-1.4 14.5 -11 14.5 q-9.600 0 -11 -14.5 z`, {
          fill: "#8c3340",
          stroke: ink,
          width: 1.8,
        }) + path(`M-6.500 ${n(y + 8)} q6.500 -6 13 0 q-6.500 5.600 -13 0 z`, { fill: "#ef7f86" })
      );
    case "frown":
      return line(`M-7 ${n(y + 4)} q7 -7.500 14 0`, ink, 2.4);
    case "round":
      return ellipse(0, y + 2, 4.8, 6, { fill: "#8c3340", stroke: ink, width: 1.8 });
    case "wavy":
      return line(`M-9 ${n(y + 1)} q3 -4 6 0 t6 0 t6 0`, ink, 2.2);
    case "small":
      return line(`M-4 ${n(y)} q4 4 8 0`, ink, 2.2);
  }
}

function tear(x: number, y: number): Svg {
  const blue: Color = "#8fd0f2";
  return path(`M${n(x)} ${n(y)} q5 8 0 11 q-5 -3 0 -11 z`, { fill: blue, stroke: darken(blue, 0.25), width: 1 });
}
