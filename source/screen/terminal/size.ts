import type {TerminalOutput} from './paced-output.js';

/** Columns and rows of a terminal. */
export type Size = {readonly columns: number; readonly rows: number};

/** Returns the size of a terminal. If it does not know its size (a serial line, a container) it reports nothing or 0; the result is then 80×24. */
export const sizeOf = ({columns = 0, rows = 0}: Pick<TerminalOutput, 'columns' | 'rows'>): Size => ({columns: columns === 0 ? 80 : columns, rows: rows === 0 ? 24 : rows});

export const isSameSize = (a: Size, b: Size): boolean => a.columns === b.columns && a.rows === b.rows;
