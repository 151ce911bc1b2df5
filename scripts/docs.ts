/** Writes the pages of docs/ that are generated from the program's own tables. */
import fs from 'node:fs/promises';
import {pages} from './doc-pages.js';

await Promise.all(pages.map(async ({name, text}) => fs.writeFile(`docs/${name}`, text())));
