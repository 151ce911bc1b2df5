import fs from 'node:fs';
import path from 'node:path';
import type {Tables} from './tables.js';

/** The file of the tables in `dist/`. */
export const tablesFile = 'completion.json';

/** Reads the tables that were made when conntop was built. */
export const readTables = (folder: string): Tables => JSON.parse(fs.readFileSync(path.join(folder, tablesFile), 'utf8')) as Tables;
