// The materials of one room, drawn once and shared by everything in it.
import { createRandom, type Random } from '../random/random.js';
import { drawArt } from '../texture/art.js';
import { createPalette, hex, hsl, linear, mix, type Palette, type Rgb } from '../texture/colour.js';
import { CLOTH_PATTERNS, drawPattern, WALL_PATTERNS, type PatternName } from '../texture/pattern.js';
import * as surfaces from '../texture/surfaces.js';
import { turnTexture, type Texture } from '../texture/texture.js';
import { vectorTexture } from '../texture/vector.js';
import { drawBookSpines, drawView } from '../texture/things.js';
import type { Surface } from './patch.js';
import type { Vec3 } from './vector3.js';

export interface Kit {
  readonly palette: Palette;
  readonly wall: Surface;
  readonly featureWall: Surface;
  readonly floor: Surface;
  readonly ceiling: Surface;
  /** Furniture wood, dark or light. */
  readonly wood: Surface;
  readonly wood2: Surface;
  /** The same with the grain upright: doors, sides of shelves. */
  readonly uprightWood: Surface;
  readonly uprightWood2: Surface;
  readonly trim: Surface;
  readonly cover: Surface;
  readonly cloth: Surface;
  readonly cloth2: Surface;
  readonly curtain: Surface;
  readonly rug: Surface;
  readonly linen: Surface;
  readonly metal: Surface;
  /** Colour print for boxes, balls and toys. */
  readonly print: Surface;
  readonly posters: readonly Surface[];
  readonly view: Texture;
  readonly spines: Texture;
  /** The recurring print, hung as a picture, or null. */
  readonly signature: Surface | null;
  /** Any single colour as paint or plastic. */
  readonly paint: (colour: Rgb, gloss?: number) => Surface;
}

export type FloorKind = 'planks' | 'herringbone' | 'tiles' | 'carpet';
export type WallKind = 'paper' | 'paint' | 'brick';

export interface KitChoice {
  readonly floor: FloorKind;
  readonly wall: WallKind;
  readonly posters: number;
  readonly night: boolean;
  /** Seed of a print that recurs in other rooms, or null. */
  readonly signature: string | null;
}

const cloth = async (
  random: Random,
  palette: Palette,
  names: readonly PatternName[],
  repeatM: number,
  size = 256,
): Promise<Surface> => {
  const pattern = drawPattern(random.pick(names), random, palette);
  return { texture: await vectorTexture(pattern.content, 100, size, pattern.ground, 'cloth'), repeatM };
};

const drawFloor = (random: Random, kind: FloorKind): Surface => {
  switch (kind) {
    case 'planks':
      return { texture: surfaces.plankTexture(random, 512), repeatM: random.range(1.5, 2), gloss: 0.35 };
    case 'herringbone':
      return { texture: surfaces.herringboneTexture(random, 512), repeatM: random.range(1.6, 2.2), gloss: 0.35 };
    case 'tiles':
      return { texture: surfaces.tileTexture(random, 512), repeatM: random.range(1.4, 2.4), gloss: 0.6 };
    case 'carpet':
      return { texture: surfaces.carpetTexture(random, 512), repeatM: 1.3 };
  }
};

const drawWall = async (random: Random, kind: WallKind, palette: Palette): Promise<Surface> => {
  if (kind === 'brick') return { texture: surfaces.brickTexture(random, 512), repeatM: 0.95 };
  if (kind === 'paint') return { texture: surfaces.plasterTexture(random, 256, palette.ground), repeatM: 1.5 };
  const quiet: Palette = {
    ...palette,
    soft: mix(palette.ground, palette.soft, 0.6),
    main: mix(palette.ground, palette.main, 0.6),
    deep: mix(palette.ground, palette.deep, 0.55),
    accent: mix(palette.ground, palette.accent, 0.6),
  };
  const pattern = drawPattern(random.pick(WALL_PATTERNS), random, random.chance(0.6) ? quiet : palette);
  return {
    texture: await vectorTexture(pattern.content, 100, 512, pattern.ground, 'paper'),
    repeatM: random.range(0.5, 1.1),
  };
};

export const createKit = async (random: Random, choice: KitChoice): Promise<Kit> => {
  const palette = createPalette(random.fork('walls'), random.chance(0.2) ? 'dark' : 'light');
  const textiles = createPalette(random.fork('textiles'), random.pick(['light', 'vivid', 'dark']));
  const plain = surfaces.plainTexture(random.fork('plain'));
  const paint = (colour: Rgb, gloss = 0.25): Surface => ({ texture: plain, tint: linear(colour), repeatM: 0.4, gloss });
  const white: Vec3 = linear([238, 236, 230]);
  const posters: Surface[] = [];
  for (let i = 0; i < choice.posters; i++) {
    const ground = hex(hsl(random.range(0, 360), 0.2, 0.9));
    posters.push({
      texture: await vectorTexture(drawArt(random.fork(`poster-${i}`)), 100, 256, ground, 'paper'),
      gloss: 0.2,
      shadow: false,
    });
  }
  const signature: Surface | null =
    choice.signature === null
      ? null
      : {
          texture: await vectorTexture(
            drawArt(createRandom(`signature/${choice.signature}`)),
            100,
            256,
            '#f2eee4',
            'paper',
          ),
          gloss: 0.2,
          shadow: false,
        };
  const woods = [
    surfaces.woodTexture(random.fork('wood'), 512),
    surfaces.woodTexture(random.fork('wood-2'), 512),
  ] as const;
  const lacquer = random.chance(0.25) ? paint(random.pick([[236, 234, 228], textiles.soft, [60, 62, 70]]), 0.3) : null;
  const timber = (texture: Texture): Surface => ({ texture, repeatM: 1.1, gloss: 0.25 });
  const wall = await drawWall(random.fork('wall'), choice.wall, palette);
  return {
    palette: textiles,
    wall,
    featureWall: random.chance(0.4)
      ? await drawWall(random.fork('feature'), 'paint', createPalette(random, 'light'))
      : wall,
    floor: drawFloor(random.fork('floor'), choice.floor),
    ceiling: { texture: plain, tint: white, repeatM: 1 },
    wood: lacquer ?? timber(woods[0]),
    wood2: timber(woods[1]),
    uprightWood: lacquer ?? timber(turnTexture(woods[0])),
    uprightWood2: timber(turnTexture(woods[1])),
    trim: paint([236, 233, 226], 0.3),
    cover: await cloth(random.fork('cover'), textiles, CLOTH_PATTERNS, random.range(0.7, 1.3), 512),
    cloth: await cloth(random.fork('cloth'), createPalette(random, 'vivid'), CLOTH_PATTERNS, random.range(0.25, 0.6)),
    cloth2: await cloth(random.fork('cloth-2'), textiles, ['plaid', 'stripes', 'scatter'], random.range(0.3, 0.7)),
    curtain: await cloth(
      random.fork('curtain'),
      createPalette(random, 'light'),
      ['stripes', 'scatter', 'vines', 'lattice'],
      random.range(0.5, 0.9),
    ),
    rug: {
      ...(await cloth(
        random.fork('rug'),
        createPalette(random, random.pick(['vivid', 'dark'])),
        ['medallions', 'chevron', 'triangles', 'lattice'],
        0,
        512,
      )),
      shadow: false,
    },
    linen: {
      texture: plain,
      tint: linear(
        random.pick([
          [240, 238, 232],
          [228, 232, 240],
          [244, 236, 222],
        ]),
      ),
      repeatM: 0.3,
    },
    metal: paint(
      random.pick([
        [150, 150, 155],
        [40, 40, 44],
        [176, 148, 84],
      ]),
      0.7,
    ),
    print: await cloth(
      random.fork('print'),
      createPalette(random, 'vivid'),
      ['scatter', 'stripes', 'chevron', 'lattice', 'triangles'],
      0.5,
    ),
    posters,
    signature,
    view: await drawView(random.fork('view'), choice.night),
    spines: await drawBookSpines(random.fork('spines')),
    paint,
  };
};
