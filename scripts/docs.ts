/** Writes the pages of docs/, and the files of deploy/, that are made from the program's own tables. */
import fs from 'node:fs/promises';
import {pages} from './doc-pages.js';
import {monitoringFiles} from './monitoring/files.js';

await Promise.all(pages.map(async ({name, text}) => fs.writeFile(`docs/${name}`, text())));
await Promise.all(monitoringFiles.map(async ({name, text}) => fs.writeFile(`deploy/${name}`, text())));
