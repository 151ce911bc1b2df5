/** The height of the header and its room for meters. */
import type {Size} from '../terminal/size.js';
import {meterHeight, type MeterRoom} from './draw.js';

/** Whether a terminal has too few rows for lines of meters. The header then shows their brief form beside the active filters. */
export const isLow = (rows: number): boolean => rows < 20;

export const meterRoom = (rows: number): MeterRoom => rows < 30 ? {bar: 1, gauges: 1} : {bar: 2, gauges: 3};

/** Number of header lines: the title line, the meters with these IDs, and the line of active filters. */
export const headerHeight = ({columns, rows}: Size, ids: readonly string[]): number => isLow(rows) ? 2 : 2 + meterHeight(ids, columns - 2, meterRoom(rows));
