/** How much room the header has for meters. */
import type {Size} from '../terminal/size.js';
import {meterHeight, type MeterRoom} from './draw.js';

/** Whether the rows of a terminal leave no room for lines of meters: the header then shows them in a few words beside what narrows the list. */
export const isLow = (rows: number): boolean => rows < 20;

export const meterRoom = (rows: number): MeterRoom => rows < 30 ? {bar: 1, gauges: 1} : {bar: 2, gauges: 3};

/** Lines of the header: what it is and what narrows the list, and the meters with these ids between. */
export const headerHeight = ({columns, rows}: Size, ids: readonly string[]): number => isLow(rows) ? 2 : 2 + meterHeight(ids, columns - 2, meterRoom(rows));
