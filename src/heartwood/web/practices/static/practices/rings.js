/** The rings of heartwood: one more is lit as a sitting goes on, from the centre outwards. */

export const RINGS = 8;
const CENTRE = 150;
const INNERMOST = 26;
const APART = 15;
const POINTS = 48;

/**
 * How many rings are lit.
 *
 * @param {number} ms position
 * @param {number} lengthMs
 * @returns {number} 0 before the beginning, 1 from there on, RINGS at the end
 */
export function lit(ms, lengthMs) {
  if (ms <= 0) return 0;
  return Math.min(RINGS, 1 + Math.floor((ms / lengthMs) * RINGS));
}

/**
 * One ring as an SVG path: a circle as trees draw it, never quite round.
 *
 * @param {number} ring counted from the centre, from 0
 * @returns {string}
 */
export function ringPath(ring) {
  const radius = INNERMOST + APART * ring;
  const points = Array.from({ length: POINTS }, (_, step) => {
    const angle = (step / POINTS) * 2 * Math.PI;
    const bend = 1 + 0.028 * Math.sin(3 * angle + 0.5 * ring) + 0.018 * Math.cos(5 * angle - 0.3 * ring);
    return [CENTRE + radius * bend * Math.cos(angle), CENTRE + radius * bend * Math.sin(angle)];
  });
  return `${smooth(points)}Z`;
}

/** A closed curve through the middles of neighbouring points. */
function smooth(points) {
  const middle = (at) => points[at].map((part, axis) => (part + points[(at + 1) % POINTS][axis]) / 2);
  const text = (point) => point.map((part) => part.toFixed(1)).join(" ");
  const curves = points.map((_, at) => `Q${text(points[(at + 1) % POINTS])} ${text(middle((at + 1) % POINTS))}`);
  return `M${text(middle(0))}${curves.join("")}`;
}

/** The rings in a page. */
export class Rings {
  #paths;

  /** @param {SVGElement} picture an empty SVG of 300 by 300 */
  constructor(picture) {
    const draw = (name, attributes) => {
      const shape = picture.ownerDocument.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      picture.append(shape);
      return shape;
    };
    this.#paths = Array.from({ length: RINGS }, (_, ring) =>
      draw("path", { d: ringPath(ring), class: "rings__ring", fill: "none" }));
    draw("circle", { cx: CENTRE, cy: CENTRE, r: 9, class: "rings__heart" });
  }

  /** @param {number} ms @param {number} lengthMs */
  show(ms, lengthMs) {
    const count = lit(ms, lengthMs);
    this.#paths.forEach((path, ring) => path.classList.toggle("rings__ring--lit", ring < count));
  }
}
