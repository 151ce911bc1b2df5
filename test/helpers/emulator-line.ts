import {createEmulator, type Cell} from './emulator.js';

export const lineColumns = 40;

/** What a terminal of one line shows after a program wrote this. */
export const cellsOf = async (written: string): Promise<readonly Cell[]> => {
	const emulator = createEmulator({columns: lineColumns, rows: 2});
	await emulator.write(written);
	const cells = Array.from({length: lineColumns}, (_, column) => emulator.cell(0, column));
	emulator.dispose();
	return cells;
};
