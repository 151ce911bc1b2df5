import {createEmulator, type Cell} from './emulator.js';

export const lineColumns = 40;

/** The cells of a terminal with one line after a program wrote a text. */
export const cellsOf = async (written: string): Promise<readonly Cell[]> => {
	const emulator = createEmulator({columns: lineColumns, rows: 2});
	await emulator.write(written);
	const cells = Array.from({length: lineColumns}, (_, column) => emulator.cell(0, column));
	emulator.dispose();
	return cells;
};
