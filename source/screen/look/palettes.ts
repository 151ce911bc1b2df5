/** Colours of the themes with their own palette, for terminals with 24-bit colour or 256 colours. */
import type {Rgb} from '../../text/paint.js';

const colour = (hexadecimal: number): Rgb => [hexadecimal >> 16, (hexadecimal >> 8) & 0xFF, hexadecimal & 0xFF];

/** Text colour and background colour. */
export type Block = {readonly text: Rgb; readonly on: Rgb};

const block = (text: number, on: number): Block => ({text: colour(text), on: colour(on)});

/** A colour for each role of text on the terminal's background, and a text and background colour for each role with its own background. */
export type Palette = {
	/** Terminal backgrounds that the palette is designed for. */
	readonly backgrounds: readonly Rgb[];
	readonly text: Readonly<Record<'dim' | 'good' | 'notice' | 'warning' | 'bad' | 'receive' | 'send' | 'fresh' | 'established' | 'closed', Rgb>>;
	readonly blocks: Readonly<Record<'heading' | 'sorted' | 'selected' | 'chip' | 'alert' | 'found' | 'keyLabel', Block>>;
};

const black = colour(0x00_00_00);
const white = colour(0xFF_FF_FF);

export const palettes = {
	dark: {
		backgrounds: [black, colour(0x1E_1E_1E), colour(0x28_2C_34)],
		text: {
			dim: colour(0x9A_A5_B1),
			good: colour(0x7E_D9_8A),
			notice: colour(0x6C_C7_F0),
			warning: colour(0xF2_C0_4E),
			bad: colour(0xFF_8A_80),
			receive: colour(0x7E_D9_8A),
			send: colour(0x6C_C7_F0),
			fresh: colour(0x9B_F0_A5),
			established: colour(0x9B_F0_A5),
			closed: colour(0x8E_98_A3),
		},
		blocks: {
			heading: block(0xE8_F1_F8, 0x2F_4A_5F),
			sorted: block(0x10_20_2B, 0x6C_C7_F0),
			selected: block(0x10_20_2B, 0x9B_D4_F0),
			chip: block(0x10_20_2B, 0x6C_C7_F0),
			alert: block(0x2B_10_10, 0xFF_8A_80),
			found: block(0x2B_20_05, 0xF2_C0_4E),
			keyLabel: block(0xE8_F1_F8, 0x2F_4A_5F),
		},
	},
	light: {
		backgrounds: [white, colour(0xF5_F5_F5), colour(0xFD_F6_E3)],
		text: {
			dim: colour(0x5A_63_6D),
			good: colour(0x0B_6B_2E),
			notice: colour(0x0B_5C_8A),
			warning: colour(0x8A_4B_00),
			bad: colour(0xB0_1E_1E),
			receive: colour(0x0B_6B_2E),
			send: colour(0x0B_5C_8A),
			fresh: colour(0x07_5E_26),
			established: colour(0x07_5E_26),
			closed: colour(0x62_6A_73),
		},
		blocks: {
			heading: block(0x12_22_2E, 0xC9_DC_EA),
			sorted: block(0xFF_FF_FF, 0x0B_5C_8A),
			selected: block(0xFF_FF_FF, 0x1E_5F_8C),
			chip: block(0xFF_FF_FF, 0x0B_5C_8A),
			alert: block(0xFF_FF_FF, 0xB0_1E_1E),
			found: block(0x2B_20_05, 0xF2_C0_4E),
			keyLabel: block(0x12_22_2E, 0xC9_DC_EA),
		},
	},
	// Blue and orange, which everyone can distinguish, with luminances midway between black and white.
	'colour-blind': {
		backgrounds: [black, white],
		text: {
			dim: colour(0x77_77_77),
			good: colour(0x1F_7A_D1),
			notice: colour(0x1F_7A_D1),
			warning: colour(0xB5_65_00),
			bad: colour(0xC7_55_00),
			receive: colour(0x1F_7A_D1),
			send: colour(0xB5_65_00),
			fresh: colour(0x1F_7A_D1),
			established: colour(0x1F_7A_D1),
			closed: colour(0x77_77_77),
		},
		blocks: {
			heading: block(0xFF_FF_FF, 0x1A_5F_A3),
			sorted: block(0x1A_10_00, 0xE6_9F_00),
			selected: block(0x06_18_28, 0x8C_C4_F5),
			chip: block(0xFF_FF_FF, 0x1A_5F_A3),
			alert: block(0x1A_10_00, 0xE6_9F_00),
			found: block(0x1A_10_00, 0xF0_E4_42),
			keyLabel: block(0xFF_FF_FF, 0x1A_5F_A3),
		},
	},
} as const satisfies Readonly<Record<string, Palette>>;

/** Component values in the colour cube of the 256 colours. */
const steps = [0, 95, 135, 175, 215, 255];

/** The colour of an index of the 256 colours, from 16 on: the cube, then the greys. */
export const indexedColour = (index: number): Rgb => {
	if (index >= 232) {
		const grey = 8 + (index - 232) * 10;
		return [grey, grey, grey];
	}

	const inCube = index - 16;
	return [steps[Math.floor(inCube / 36)], steps[Math.floor(inCube / 6) % 6], steps[inCube % 6]];
};

const distance = (a: Rgb, b: Rgb): number => a.reduce((sum, part, index) => sum + (part - b[index]) ** 2, 0);

/** The index, among the 256 colours, of the colour nearest to another one. The first 16 are not used, because users configure them. */
export const nearestIndex = (wanted: Rgb): number => {
	let nearest = 16;
	for (let index = 17; index < 256; index++) {
		nearest = distance(indexedColour(index), wanted) < distance(indexedColour(nearest), wanted) ? index : nearest;
	}

	return nearest;
};
